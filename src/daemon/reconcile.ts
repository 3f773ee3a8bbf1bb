import type { CloneRecord, ImageRecord } from '../catalog/index.ts'
import { setCloneStatus } from '../clone/index.ts'
import type { DaemonParts } from './daemon-parts.ts'
import { submitRemoval } from './remove-clone.ts'
import { finishImageRemoval } from './remove-image.ts'

/**
 * Makes disk and records agree before anything else runs: removes instances, clones and bases that no
 * row knows, finishes removals of images, adopts instances that run, and notes those that don't.
 * Operations that were interrupted are left to themselves.
 */
export async function reconcile(parts: DaemonParts): Promise<void> {
  await removeUnknownInstances(parts)
  await removeUnknownFiles(parts)
  for (const image of parts.catalog.images.list()) {
    if (image.status === 'removing') await resumeImageRemoval(parts, image)
  }
  for (const clone of parts.catalog.clones.list()) {
    if (clone.status === 'ready') await adopt(parts, clone)
  }
}

/** Has stopped clones started and interrupted removals finished; once operations run. */
export function resumeClones(parts: DaemonParts): void {
  const { catalog, operations } = parts
  for (const { id, name, status } of catalog.clones.list()) {
    if (status === 'removing') submitRemoval(parts, id)
    if (status !== 'stopped' || catalog.operations.unfinishedOfSubject(id).length > 0) continue
    operations.submit('clone.start', { kind: 'clone', id, name })
  }
}

async function removeUnknownInstances({ catalog, instances, logger }: DaemonParts): Promise<void> {
  const known = new Set(catalog.instances.ids())
  for (const id of await instances.list()) {
    if (known.has(id)) continue
    logger.warn('remove an instance that no clone has', { instanceId: id })
    await instances.remove(id)
  }
}

/** Clones before bases, which have to be free of clones. */
async function removeUnknownFiles({ catalog, logger, store }: DaemonParts): Promise<void> {
  const clones = new Set(
    catalog.clones
      .list()
      .filter(({ status }) => status !== 'failed')
      .map(({ id }) => id),
  )
  const images = new Set(catalog.images.list().map(({ id }) => id))
  const entries = await store.list()
  for (const kind of ['clone', 'base'] as const) {
    const known = kind === 'clone' ? clones : images
    for (const { key } of entries.filter((entry) => entry.kind === kind && !known.has(entry.key))) {
      logger.warn(`remove a ${kind} that no row has`, { key })
      await store.remove(key)
    }
  }
}

async function resumeImageRemoval(parts: DaemonParts, image: ImageRecord): Promise<void> {
  try {
    await finishImageRemoval(parts, image)
  } catch (error) {
    parts.logger.error('finish the removal of an image', { imageId: image.id, error })
  }
}

async function adopt(parts: DaemonParts, clone: CloneRecord): Promise<void> {
  const { catalog, instances, logger } = parts
  const instance = catalog.instances.ofClone(clone.id)
  const status = instance === undefined ? 'absent' : (await instances.status(instance.id)).status
  if (status === 'running') return
  logger.warn('the instance of a clone does not run; it is started again', { cloneId: clone.id })
  setCloneStatus(parts, { id: clone.id, status: 'stopped' })
}
