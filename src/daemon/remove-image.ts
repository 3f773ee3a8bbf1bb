import { PlatformError } from '../base/index.ts'
import type { ImageRecord } from '../catalog/index.ts'
import { publishImageEvent, setImageStatus } from '../image/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/**
 * Removes an image that no clone descends from. One that is being imported is given up first.
 *
 * @throws PlatformError IMAGE_NOT_FOUND, IMAGE_IN_USE
 */
export async function removeImage(parts: DaemonParts, reference: string): Promise<void> {
  const { catalog, imageLocks } = parts
  const { id } = catalog.images.resolve(reference)
  await cancelImport(parts, id)
  await imageLocks.withLock(id, 'exclusive', async () => {
    const image = catalog.images.find(id)
    if (image === undefined) return // its import was cancelled, or somebody else was first
    catalog.transaction(() => {
      assertUnused(parts, image)
      setImageStatus(parts, id, 'removing')
    })
    await finishImageRemoval(parts, image)
  })
}

/** The second half of a removal, from the status `removing` on. */
export async function finishImageRemoval(parts: DaemonParts, image: ImageRecord): Promise<void> {
  const { catalog, store } = parts
  await store.remove(image.id)
  catalog.transaction(() => {
    catalog.images.delete(image.id)
    publishImageEvent(parts, { image, type: 'image.removed' })
  })
}

async function cancelImport({ catalog, operations }: DaemonParts, imageId: string): Promise<void> {
  for (const operation of catalog.operations.unfinishedOfSubject(imageId)) {
    operations.cancel(operation)
    await operations.waitFor(operation.id, { signal: new AbortController().signal })
  }
}

function assertUnused({ catalog }: DaemonParts, image: ImageRecord): void {
  const clones = catalog.clones.namesOfImage(image.id)
  if (clones.length === 0) return
  const shown = clones.slice(0, 5).join(', ')
  const more = clones.length > 5 ? ` and ${clones.length - 5} more` : ''
  throw new PlatformError('IMAGE_IN_USE', `image ${image.name} has clones: ${shown}${more}`, {
    details: { clones },
  })
}
