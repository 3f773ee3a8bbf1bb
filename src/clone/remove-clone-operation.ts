import type { OperationHandler } from '../operation/index.ts'
import type { CloneParts } from './clone-resources.ts'
import { publishCloneEvent, setCloneStatus } from './clone-states.ts'
import { cloneOf } from './operation-subject.ts'

/**
 * `clone.remove`: ends the instance, removes its files, releases name and port. Its data goes away with
 * it, so the instance is not asked to detach first. Repeating it finishes what an earlier one began.
 */
export function removeCloneOperation(parts: CloneParts): OperationHandler {
  const { catalog } = parts
  return {
    steps: ['remove-instance', 'remove-files'],
    async run(operation, context) {
      const { id } = cloneOf(catalog, operation)
      const instance = catalog.instances.ofClone(id)
      await context.step('remove-instance', async () => {
        if (instance !== undefined) await parts.instances.remove(instance.id)
      })
      await context.step('remove-files', () => parts.store.remove(id))
    },
    succeeded(operation) {
      const clone = cloneOf(catalog, operation)
      catalog.clones.delete(clone.id)
      publishCloneEvent(parts, { clone, type: 'clone.removed' })
    },
    failed({ subject }, error) {
      if (catalog.clones.find(subject.id) === undefined) return
      setCloneStatus(parts, { id: subject.id, status: 'removing', error })
    },
  }
}
