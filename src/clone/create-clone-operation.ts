import { PlatformError } from '../base/index.ts'
import type { CloneRecord } from '../catalog/index.ts'
import type { OperationContext, OperationHandler } from '../operation/index.ts'
import { attachClone, type CloneParts, clearClone, startInstance } from './clone-resources.ts'
import { setCloneStatus } from './clone-states.ts'
import { cloneOf, instanceOf } from './operation-subject.ts'

/**
 * `clone.create`: files, instance, attached database. Whatever stops it, nothing of the attempt is
 * left; one that was interrupted begins again with the same id, name, port and password. A clone that
 * could not be created stays listed as failed, without port, process or files, until it is removed.
 */
export function createCloneOperation(parts: CloneParts): OperationHandler {
  const { catalog } = parts
  return {
    steps: ['prepare-files', 'start-instance', 'attach-database'],
    async run(operation, context) {
      const clone = cloneOf(catalog, operation)
      if (clone.status !== 'creating') {
        throw new PlatformError('CANCELLED', `clone ${clone.name} is being removed`)
      }
      if (context.resumed) await clearClone(parts, clone.id)
      try {
        await build(parts, clone, context)
      } catch (error) {
        await clearAfterFailure(parts, clone)
        throw error
      }
    },
    succeeded({ subject }) {
      if (catalog.clones.find(subject.id)?.status !== 'creating') return // its removal follows
      setCloneStatus(parts, { id: subject.id, status: 'ready' })
    },
    failed({ subject }, error) {
      if (catalog.clones.find(subject.id)?.status !== 'creating') return // its removal follows
      const instance = catalog.instances.ofClone(subject.id)
      if (instance !== undefined) catalog.instances.delete(instance.id)
      setCloneStatus(parts, { id: subject.id, status: 'failed', error })
    },
  }
}

async function build(
  parts: CloneParts,
  clone: CloneRecord,
  context: OperationContext,
): Promise<void> {
  const { signal } = context
  await context.step('prepare-files', (report) =>
    parts.store.prepare(clone.id, clone.imageId, {
      signal,
      onProgress: reportShare(parts, clone, report),
    }),
  )
  const connection = await context.step('start-instance', () =>
    startInstance(parts, instanceOf(parts.catalog, clone), signal),
  )
  await context.step('attach-database', () => attachClone(parts, clone, connection))
  signal.throwIfAborted()
}

function reportShare(
  { catalog }: CloneParts,
  clone: CloneRecord,
  report: (fraction: number) => void,
): (copiedBytes: number) => void {
  const files = catalog.images.find(clone.imageId)?.files ?? []
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return (copiedBytes) => report(copiedBytes / totalBytes)
}

/** What cannot be cleared now is cleared when the clone is removed, or at the next start. */
async function clearAfterFailure(parts: CloneParts, clone: CloneRecord): Promise<void> {
  try {
    await clearClone(parts, clone.id)
  } catch (error) {
    parts.logger.error('clear a clone that could not be created', { cloneId: clone.id, error })
  }
}
