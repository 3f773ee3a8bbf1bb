import type { ContainerSpec, IsolationCapabilities } from '../contract.ts'

/** How the processes of one container are recognised. */
export interface ProcessTree {
  readonly id: string
  /** The shim, while it runs. It keeps the tree and is no part of it. */
  readonly shimPid: number | undefined
  /** The session the tree started in, while the shim or the engine of it runs. */
  readonly sessionId: number | undefined
}

/** `cgroup.procs` files that processes join by writing to them, before they do anything else. */
export interface JoinFiles {
  readonly engine: readonly string[]
  readonly shim?: string
}

/**
 * One way to hold a container's processes together. A **tree** is the engine and everything that
 * descends from it. Every method may be called again after a crash between any two.
 */
export interface IsolationDriver {
  readonly capabilities: IsolationCapabilities
  /** Makes an empty place for the tree; limits the driver is not capable of are left out. */
  create(id: string, limits: ContainerSpec['limits']): Promise<JoinFiles>
  /** Processes of the tree that run now. */
  listPids(tree: ProcessTree): Promise<readonly number[]>
  /** Sends SIGKILL to all of them and keeps new ones from starting, as far as it is able to. */
  terminate(tree: ProcessTree): Promise<void>
  /** Processor time of the tree, in milliseconds. */
  readCpuMs(tree: ProcessTree): Promise<number>
  /** Removes what `create` made; the tree has ended. */
  remove(id: string): Promise<void>
  /** Ids of the containers there is a trace of. */
  list(): Promise<readonly string[]>
  /** Gives back what is held for containers that do not run; what runs keeps running. */
  close(): Promise<void>
}

/** Name of the variable every process of a container inherits; its value is NAMESPACE/ID. */
export const CONTAINER_VARIABLE = 'SLIPWAY_CONTAINER'

/** A container id: 64 hexadecimal digits. */
export const CONTAINER_ID = /^[0-9a-f]{64}$/
