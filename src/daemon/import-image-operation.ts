import { PlatformError } from '../base/index.ts'
import { copyFiles, publishImageEvent, recordTables, setImageStatus } from '../image/index.ts'
import type { OperationHandler } from '../operation/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/** `image.import`: files into the store, tables into the catalog. One that fails leaves no image. */
export function importImageOperation(parts: DaemonParts): OperationHandler {
  const { catalog, store, logger } = parts
  return {
    steps: ['copy-files', 'read-tables'],
    async run({ subject }, context) {
      const image = catalog.images.find(subject.id)
      if (image === undefined) {
        throw new PlatformError('IMAGE_NOT_FOUND', `no image ${subject.name}`)
      }
      try {
        await context.step('copy-files', (onProgress) =>
          copyFiles(parts, image, { signal: context.signal, onProgress }),
        )
        await context.step('read-tables', () => recordTables(parts, image))
      } catch (error) {
        await store.remove(image.id).catch((removal: unknown) => {
          logger.error('clear an import that failed', { imageId: image.id, error: removal })
        })
        throw error
      }
    },
    succeeded: ({ subject }) => setImageStatus(parts, subject.id, 'ready'),
    failed({ subject }, error) {
      const image = catalog.images.find(subject.id)
      if (image === undefined) return
      catalog.images.delete(image.id)
      publishImageEvent(parts, { image, type: 'image.failed', error })
    },
  }
}
