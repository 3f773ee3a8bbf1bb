/**
 * The container core: one process tree per container that outlives the daemon, held together by the
 * best isolation the machine has.
 *
 * @module
 */
export type {
  ContainerRuntime,
  ContainerSpec,
  ContainerStatus,
  IsolationCapabilities,
} from './contract.ts'
export {
  type CreateContainerRuntimeOptions,
  createContainerRuntime,
  ISOLATION_CHOICES,
  type IsolationChoice,
} from './select-isolation.ts'
