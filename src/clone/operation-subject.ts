import { PlatformError } from '../base/index.ts'
import type { Catalog, CloneRecord, InstanceRecord, OperationRecord } from '../catalog/index.ts'

/** @throws PlatformError CLONE_NOT_FOUND when the operation's clone is gone */
export function cloneOf(catalog: Catalog, { subject }: OperationRecord): CloneRecord {
  const clone = catalog.clones.find(subject.id)
  if (clone === undefined) throw new PlatformError('CLONE_NOT_FOUND', `no clone ${subject.name}`)
  return clone
}

/** The instance of a clone that has one: any but a failed one. */
export function instanceOf(catalog: Catalog, clone: CloneRecord): InstanceRecord {
  const instance = catalog.instances.ofClone(clone.id)
  if (instance !== undefined) return instance
  throw new PlatformError('INVALID_STATE_TRANSITION', `clone ${clone.name} has no instance`)
}
