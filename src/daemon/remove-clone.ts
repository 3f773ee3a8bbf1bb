import type { CloneRecord, OperationRecord } from '../catalog/index.ts'
import { describeClone, setCloneStatus } from '../clone/index.ts'
import { describeOperation } from '../operation/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

const REMOVE = 'clone.remove'

/**
 * Records the removal of a clone; asked again meanwhile, it gives the removal that is under way.
 *
 * @throws PlatformError CLONE_NOT_FOUND, INVALID_ARGUMENT (an ambiguous id prefix)
 */
export async function removeClone(parts: DaemonParts, reference: string) {
  const { id } = parts.catalog.clones.resolve(reference)
  const operation = submitRemoval(parts, id)
  return {
    clone: await describeClone(parts, parts.catalog.clones.resolve(id)),
    operation: describeOperation(operation),
  }
}

/** The removal of a clone, recorded now unless it is under way; whatever else is done to it is cancelled. */
export function submitRemoval(parts: DaemonParts, cloneId: string): OperationRecord {
  const { catalog, operations } = parts
  const unfinished = catalog.operations.unfinishedOfSubject(cloneId)
  const underWay = unfinished.find(({ type }) => type === REMOVE)
  if (underWay !== undefined) return underWay
  const removal = catalog.transaction(() => {
    const { id, name }: CloneRecord = catalog.clones.resolve(cloneId)
    setCloneStatus(parts, { id, status: 'removing' })
    return operations.submit(REMOVE, { kind: 'clone', id, name })
  })
  for (const operation of unfinished) operations.cancel(operation)
  return removal
}
