import { setCloneStatus } from '../clone/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/** Shuts the instances of ready clones down, for a daemon that ends; the next start brings them back. */
export async function stopClones(parts: DaemonParts): Promise<void> {
  const { catalog, instances, logger } = parts
  const ready = catalog.clones.list().filter(({ status }) => status === 'ready')
  await Promise.all(
    ready.map(async ({ id }) => {
      try {
        // First the record: whatever becomes of the instance, it is not to be relied on any more.
        setCloneStatus(parts, { id, status: 'stopped' })
        const instance = catalog.instances.ofClone(id)
        if (instance !== undefined) await instances.stop(instance.id)
      } catch (error) {
        logger.error('stop the instance of a clone', { cloneId: id, error })
      }
    }),
  )
}
