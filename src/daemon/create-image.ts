import { PlatformError } from '../base/index.ts'
import type { ImageRecord } from '../catalog/index.ts'
import {
  checkName,
  describeImage,
  inspectBackup,
  inspectDatabase,
  publishImageEvent,
} from '../image/index.ts'
import { type BackupChoice, isBackupFile } from '../mdf/index.ts'
import { describeOperation } from '../operation/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/** Files of a database, or one backup that holds it. */
export interface ImageRequest {
  readonly name: string
  readonly files: readonly string[]
  /** Which set of the backup is meant; only for a backup. */
  readonly backup?: BackupChoice
}

/**
 * Looks at the files first, so that what can't become an image leaves no trace; then reserves the name
 * and records the import.
 *
 * @throws PlatformError INVALID_ARGUMENT, IMAGE_NAME_IN_USE, and as `inspectFileSet`, `inspectBackup`
 */
export async function createImage(parts: DaemonParts, request: ImageRequest) {
  const { catalog, clock, operations } = parts
  checkName(request.name)
  const image = await inspect(request, clock.now().toISOString())
  const type = image.backupPosition === undefined ? 'image.import' : 'image.restore'
  const operation = catalog.transaction(() => {
    catalog.images.insert(image)
    publishImageEvent(parts, { image, type: 'image.importing' })
    return operations.submit(type, { kind: 'image', id: image.id, name: image.name })
  })
  return { image: describeImage(image, 0), operation: describeOperation(operation) }
}

async function inspect(request: ImageRequest, createdAt: string): Promise<ImageRecord> {
  const { name, files, backup } = request
  const [file = '', ...others] = files
  if (backup === undefined && !isBackupFile(file))
    return inspectDatabase({ name, files, createdAt })
  if (others.length > 0) {
    throw new PlatformError(
      'INVALID_ARGUMENT',
      `${file} is a backup; an image is made of one backup file, and ${files.length} files were given`,
    )
  }
  return await inspectBackup({ name, file, choice: backup ?? {}, createdAt })
}
