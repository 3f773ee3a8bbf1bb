import type { Catalog, ImageRecord } from '../catalog/index.ts'
import type { StoreDriver } from '../store/index.ts'
import { readTables } from './inspect-database.ts'

/** What importing and showing images works with. */
export interface ImageParts {
  readonly catalog: Catalog
  readonly store: StoreDriver
}

/** Takes the image's files into the store as its base, unless an earlier attempt got that far. */
export async function copyFiles(
  { store }: ImageParts,
  image: ImageRecord,
  options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<void> {
  const entries = await store.list()
  if (entries.some(({ key }) => key === image.id)) return
  const totalBytes = sizeOf(image)
  await store.commit(
    image.id,
    image.files.map(({ name, sourcePath }) => ({ name, path: sourcePath })),
    {
      signal: options.signal,
      onProgress: (copiedBytes) => options.onProgress(copiedBytes / totalBytes),
    },
  )
}

/** Records the tables of the image's database, as its base in the store has them. */
export async function recordTables(
  { catalog, store }: ImageParts,
  image: ImageRecord,
): Promise<void> {
  const paths = new Map((await store.files(image.id)).map(({ name, path }) => [name, path]))
  const files = image.files.map(({ name }) => paths.get(name) ?? name)
  catalog.images.setTables(image.id, readTables(image, files))
}

/** Bytes of all files of the image. */
export function sizeOf(image: ImageRecord): number {
  return image.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
