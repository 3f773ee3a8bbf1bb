import { PlatformError, systemErrorCode } from '../base/index.ts'
import type { CloneRecord } from '../catalog/index.ts'
import type { StoreUsage } from '../store/index.ts'
import type { CloneParts } from './clone-resources.ts'
import { formatConnectionStrings } from './connection-strings.ts'

const USER = 'sa'
const NO_CONNECTION = { adonet: '', jdbc: '', odbc: '', url: '' }

/**
 * A clone as users see it, with what they need to connect. One that failed has no instance: its port is
 * 0, its password and connection strings are empty.
 */
export async function describeClone(parts: CloneParts & { host: string }, clone: CloneRecord) {
  const { catalog, instances, store } = parts
  const instance = catalog.instances.ofClone(clone.id)
  const { port, password } = instance ?? { port: 0, password: '' }
  const target = { host: parts.host, port, database: clone.databaseName, user: USER, password }
  return {
    id: clone.id,
    name: clone.name,
    image: catalog.images.find(clone.imageId)?.name ?? clone.imageId,
    imageId: clone.imageId,
    status: clone.status,
    createdAt: clone.createdAt,
    ...(clone.expiresAt !== undefined && { expiresAt: clone.expiresAt }),
    ...target,
    connectionStrings: instance === undefined ? NO_CONNECTION : formatConnectionStrings(target),
    engine: instance?.engine ?? instances.engine.name,
    store: { driver: store.capabilities.name, ...(await readUsage(parts, clone)) },
    ...(clone.error !== undefined && { error: clone.error }),
  }
}

/** Nothing for a clone whose files are not there yet, or no longer. */
async function readUsage({ store }: CloneParts, clone: CloneRecord): Promise<StoreUsage> {
  try {
    return await store.usage(clone.id)
  } catch (error) {
    if (!isGone(error)) throw error
    return { exclusiveBytes: 0, apparentBytes: 0 }
  }
}

/** No such clone in the store, or none any more since its files were looked for. */
function isGone(error: unknown): boolean {
  if (error instanceof PlatformError) return error.code === 'STORE_KEY_NOT_FOUND'
  return systemErrorCode(error) === 'ENOENT'
}
