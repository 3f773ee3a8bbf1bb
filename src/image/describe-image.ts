import { PlatformError } from '../base/index.ts'
import type { ImageRecord } from '../catalog/index.ts'
import { type ImageParts, sizeOf } from './import-files.ts'

/** An image as a list shows it. */
export function describeImage(image: ImageRecord, cloneCount: number) {
  const { id, name, status, createdAt, databaseName, sqlServerVersion } = image
  const sizeBytes = sizeOf(image)
  return { id, name, status, createdAt, databaseName, sqlServerVersion, sizeBytes, cloneCount }
}

/** An image with everything that is known of it. */
export async function describeImageDetail(parts: ImageParts, image: ImageRecord) {
  const { catalog, store } = parts
  const { internalVersion, compatibilityLevel, collation } = image
  return {
    ...describeImage(image, catalog.clones.namesOfImage(image.id).length),
    internalVersion,
    compatibilityLevel,
    collation,
    files: image.files.map(({ fileId, kind, logicalName, name, sizeBytes }) => ({
      fileId,
      kind,
      logicalName,
      name,
      sizeBytes,
    })),
    tables: catalog.images.tables(image.id),
    store: {
      driver: store.capabilities.name,
      exclusiveBytes: await readExclusiveBytes(parts, image),
    },
  }
}

async function readExclusiveBytes({ store }: ImageParts, image: ImageRecord): Promise<number> {
  try {
    return (await store.usage(image.id)).exclusiveBytes
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'STORE_KEY_NOT_FOUND') throw error
    return 0 // its import has not come so far
  }
}
