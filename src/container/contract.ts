/** What an isolation driver can and cannot promise; frozen, shown to the user. */
export interface IsolationCapabilities {
  readonly name: 'cgroup' | 'none'
  /** No process of the tree can leave, so `terminate` reaches all of them. */
  readonly containsTree: boolean
  readonly memoryLimit: boolean
  readonly cpuLimit: boolean
  readonly processLimit: boolean
}

/** What is needed to start a container's one process tree. */
export interface ContainerSpec {
  /** 64 hexadecimal digits (createId). */
  readonly id: string
  readonly command: readonly [string, ...string[]]
  /** All of it, except for SLIPWAY_CONTAINER, which is added; PWD, OLDPWD and SHLVL are not passed on. */
  readonly environment: Readonly<Record<string, string>>
  readonly workingDirectory: string
  /** Standard output and standard error, appended. */
  readonly logFile: string
  readonly limits?: {
    readonly memoryBytes?: number
    readonly processCount?: number
  }
}

export type ContainerStatus =
  | { readonly status: 'running'; readonly pid: number; readonly startedAt: Date }
  | {
      readonly status: 'exited'
      /** As a shell reports it: 128 + signal number when a signal ended it. */
      readonly exitCode: number
      readonly finishedAt: Date
    }
  /** No trace of a process or of its end. */
  | { readonly status: 'absent' }

/**
 * The container core, first form: one process tree per container that outlives this process. State
 * that must survive (pid, start time, exit code) is in files under the container's folder, written by
 * the container's own shim, so a daemon that was killed finds everything again.
 */
export interface ContainerRuntime {
  readonly capabilities: IsolationCapabilities
  /**
   * Starts the container; resolves when its first process runs.
   * @throws PlatformError ENGINE_START_FAILED (cannot be executed), INVALID_STATE_TRANSITION (it runs)
   */
  start(spec: ContainerSpec): Promise<{ readonly pid: number }>
  inspect(id: string): Promise<ContainerStatus>
  /** SIGTERM to the first process, then after `graceMs` terminates the whole tree; idempotent. */
  stop(id: string, options: { readonly graceMs: number }): Promise<void>
  /** Kills every process of the tree and waits until they are gone; idempotent. */
  kill(id: string): Promise<void>
  /** Resolves when the container is no longer running. */
  waitForExit(id: string, options?: { readonly signal?: AbortSignal }): Promise<ContainerStatus>
  /** Resident memory and processor time of the tree. */
  usage(id: string): Promise<{ readonly memoryBytes: number; readonly cpuMs: number }>
  /** Kills what is left and removes the container's folder, cgroup and records; idempotent. */
  remove(id: string): Promise<void>
  /** Ids of every container there is a trace of: folder, cgroup or process. For reconciliation. */
  list(): Promise<readonly string[]>
  /** Gives back what is held for containers that do not run; those that run go on. */
  close(): Promise<void>
}
