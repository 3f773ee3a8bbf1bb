import { PlatformError } from '../base/index.ts'
import {
  copyFiles,
  publishImageEvent,
  recordTables,
  restoreFiles,
  setImageStatus,
} from '../image/index.ts'
import type { OperationHandler } from '../operation/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/** How the files get into the store: `store` does nothing when they are there already. */
interface ImportSource {
  readonly step: string
  readonly store: typeof copyFiles
}

/** `image.import`: files into the store, tables into the catalog. One that fails leaves no image. */
export function importImageOperation(parts: DaemonParts): OperationHandler {
  return importOperation(parts, { step: 'copy-files', store: copyFiles })
}

/** `image.restore`: the same for a database in a backup. */
export function restoreImageOperation(parts: DaemonParts): OperationHandler {
  return importOperation(parts, { step: 'restore-backup', store: restoreFiles })
}

function importOperation(parts: DaemonParts, source: ImportSource): OperationHandler {
  const { catalog, store, logger } = parts
  return {
    steps: [source.step, 'read-tables'],
    async run({ subject }, context) {
      const image = catalog.images.find(subject.id)
      if (image === undefined) {
        throw new PlatformError('IMAGE_NOT_FOUND', `no image ${subject.name}`)
      }
      try {
        await context.step(source.step, (onProgress) =>
          source.store(parts, image, { signal: context.signal, onProgress }),
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
