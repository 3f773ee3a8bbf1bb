/**
 * Clones: writable copies of an image's database, each one attached to an instance of its own. Holds
 * the operations on them, what keeps their records true, and how they are shown.
 *
 * Decision: a clone's lane is its lock. Whatever changes a clone is an operation of that lane, or one
 * transaction, so that no two of them ever work side by side.
 *
 * @module
 */
export { generateCloneName } from './clone-name.ts'
export { CloneReaper } from './clone-reaper.ts'
export type { CloneParts } from './clone-resources.ts'
export { cloneStates, publishCloneEvent, setCloneStatus } from './clone-states.ts'
export { CloneWatcher } from './clone-watcher.ts'
export {
  type ConnectionStrings,
  type ConnectionTarget,
  formatConnectionStrings,
} from './connection-strings.ts'
export { createCloneOperation } from './create-clone-operation.ts'
export { describeClone } from './describe-clone.ts'
export { removeCloneOperation } from './remove-clone-operation.ts'
export { startCloneOperation } from './start-clone-operation.ts'
