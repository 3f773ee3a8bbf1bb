import { mkdir } from 'node:fs/promises'
import { type Logger, PlatformError } from '../base/index.ts'
import type { ContainerRuntime } from './contract.ts'
import { openCgroupDriver } from './isolation/cgroup-driver.ts'
import type { IsolationDriver } from './isolation/isolation-driver.ts'
import { NoneDriver } from './isolation/none-driver.ts'
import { ProcessContainerRuntime } from './process-container-runtime.ts'

export const ISOLATION_CHOICES = ['auto', 'cgroup', 'none'] as const
export type IsolationChoice = (typeof ISOLATION_CHOICES)[number]

const NAMESPACE = /^[a-z0-9][a-z0-9-]{0,31}$/

export interface CreateContainerRuntimeOptions {
  /** Folder for the containers' records. */
  readonly root: string
  /** Short id of the state root ([a-z0-9-]): two daemons on one machine do not see each other's. */
  readonly namespace: string
  readonly logger: Logger
  readonly isolation?: IsolationChoice
}

/**
 * The container runtime with the best isolation that works here: cgroups, else none.
 *
 * @returns the runtime and, in one line for the user, what they got and why not something better
 * @throws PlatformError ISOLATION_UNSUPPORTED when the wanted one does not work here,
 *   INVALID_ARGUMENT for a namespace that cannot be part of a path
 */
export async function createContainerRuntime(
  options: CreateContainerRuntimeOptions,
): Promise<{ readonly runtime: ContainerRuntime; readonly reason: string }> {
  const { root, namespace } = options
  if (!NAMESPACE.test(namespace)) {
    throw new PlatformError('INVALID_ARGUMENT', `"${namespace}" is not a container namespace`)
  }
  await mkdir(root, { recursive: true, mode: 0o700 })
  const { isolation, reason } = await selectIsolation(options)
  options.logger.debug('containers', { isolation: isolation.capabilities, reason })
  return { runtime: new ProcessContainerRuntime({ root, namespace, isolation }), reason }
}

async function selectIsolation(
  options: CreateContainerRuntimeOptions,
): Promise<{ readonly isolation: IsolationDriver; readonly reason: string }> {
  const none = new NoneDriver(options.namespace)
  if (options.isolation === 'none') return { isolation: none, reason: 'none: as configured' }
  try {
    const cgroup = await openCgroupDriver(options.namespace)
    return { isolation: cgroup, reason: describeCgroup(cgroup) }
  } catch (error) {
    if (!(error instanceof PlatformError) || options.isolation === 'cgroup') throw error
    const cost = 'no limits, and a process that hides is not found'
    return { isolation: none, reason: `none (${cost}); not cgroup: ${error.message}` }
  }
}

function describeCgroup({ capabilities }: IsolationDriver): string {
  const missing = [
    ...(capabilities.memoryLimit ? [] : ['memory']),
    ...(capabilities.processLimit ? [] : ['processes']),
  ]
  return missing.length === 0 ? 'cgroup' : `cgroup, without limits on ${missing.join(' and ')}`
}
