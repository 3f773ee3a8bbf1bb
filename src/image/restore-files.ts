import path from 'node:path'
import { PlatformError } from '../base/index.ts'
import type { ImageRecord } from '../catalog/index.ts'
import { Backup, inspectBackupSet, restoreBackup } from '../mdf/index.ts'
import type { StoreDriver } from '../store/index.ts'
import type { ImageParts } from './import-files.ts'

/**
 * Restores the image's database from its backup straight into the store, as its base, unless an earlier
 * attempt got that far.
 *
 * @throws PlatformError FILE_CHANGED when the backup is another one meanwhile, STORE_FULL, and as
 *   `restoreBackup`
 */
export async function restoreFiles(
  { store }: ImageParts,
  image: ImageRecord,
  options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<void> {
  const entries = await store.list()
  if (entries.some(({ key }) => key === image.id)) return
  const backup = Backup.open(image.files[0]?.sourcePath ?? '')
  try {
    const set = backup.select({ position: image.backupPosition })
    refuseOtherDatabase(image, await inspectBackupSet(set, options))
    await requireSpace(store, set.savedBytes, image)
    const names = image.files.map(({ name }) => name)
    await store.commitWritten(image.id, names, async (folder) => {
      const paths = new Map(image.files.map((file) => [file.fileId, path.join(folder, file.name)]))
      await restoreBackup(
        set,
        { paths },
        {
          signal: options.signal,
          onProgress: ({ doneBytes, totalBytes }) => options.onProgress(doneBytes / totalBytes),
        },
      )
    })
  } catch (error) {
    throw toStoreFull(error)
  } finally {
    backup.close()
  }
}

/** The record was made of the backup as it was then. */
function refuseOtherDatabase(
  image: ImageRecord,
  found: Awaited<ReturnType<typeof inspectBackupSet>>,
): void {
  const isSame =
    found.databaseName === image.databaseName &&
    found.files.length === image.files.length &&
    found.files.every(({ fileId, sizeBytes }) =>
      image.files.some((file) => file.fileId === fileId && file.sizeBytes === sizeBytes),
    )
  if (isSame) return
  const file = image.files[0]?.sourcePath ?? ''
  throw new PlatformError('FILE_CHANGED', `${file} changed since the import of ${image.name} began`)
}

/** Better one clear line now than a full disk, for everybody, after an hour. */
async function requireSpace(
  store: StoreDriver,
  neededBytes: number,
  image: ImageRecord,
): Promise<void> {
  const { freeBytes } = await store.space()
  if (neededBytes <= freeBytes) return
  throw new PlatformError(
    'STORE_FULL',
    `restore ${image.name}: it needs ${neededBytes} bytes, the store has ${freeBytes} left`,
    { details: { neededBytes, freeBytes } },
  )
}

/** The store's disk is not one that the user chose a folder on. */
function toStoreFull(error: unknown): unknown {
  if (!(error instanceof PlatformError) || error.code !== 'DISK_FULL') return error
  return new PlatformError('STORE_FULL', error.message, { cause: error })
}
