import type { OperationHandler } from '../operation/index.ts'
import { attachClone, type CloneParts, startInstance } from './clone-resources.ts'
import { setCloneStatus } from './clone-states.ts'
import { cloneOf, instanceOf } from './operation-subject.ts'

/**
 * `clone.start`: brings the instance of a stopped clone back on its port, with its files as they are.
 * An engine that remembers its databases has attached it again itself. When it does not start, the
 * clone stays stopped, with the reason.
 */
export function startCloneOperation(parts: CloneParts): OperationHandler {
  const { catalog, instances } = parts
  return {
    steps: ['start-instance', 'attach-database'],
    async run(operation, context) {
      const clone = cloneOf(catalog, operation)
      if (clone.status !== 'stopped') return
      const instance = instanceOf(catalog, clone)
      const connection = await context.step('start-instance', async () => {
        await instances.stop(instance.id) // one that was on its way down, or an earlier attempt's
        return startInstance(parts, instance, context.signal)
      })
      await context.step('attach-database', () => attachClone(parts, clone, connection))
    },
    succeeded({ subject }) {
      if (catalog.clones.find(subject.id)?.status !== 'stopped') return
      setCloneStatus(parts, { id: subject.id, status: 'ready' })
    },
    failed({ subject }, error) {
      if (catalog.clones.find(subject.id)?.status !== 'stopped') return
      setCloneStatus(parts, { id: subject.id, status: 'stopped', error })
    },
  }
}
