import { type Clock, type Logger, PlatformError } from '../base/index.ts'
import type { Catalog, CloneRecord, InstanceRecord } from '../catalog/index.ts'
import {
  attachDatabase,
  type Instances,
  type PortRangeAllocator,
  type SqlConnection,
} from '../instance/index.ts'
import type { StoreDriver } from '../store/index.ts'

/** What the operations on clones work with. */
export interface CloneParts {
  readonly catalog: Catalog
  readonly store: StoreDriver
  readonly instances: Instances
  readonly ports: PortRangeAllocator
  readonly clock: Clock
  readonly logger: Logger
}

/** Times another port is tried when somebody else took the reserved one. */
const PORT_ATTEMPTS = 5

/**
 * Starts the clone's instance and logs in. A port that another program has taken since it was reserved
 * is replaced by the next one.
 *
 * @throws PlatformError as `Instances.start`
 */
export async function startInstance(
  { catalog, instances, ports, logger }: CloneParts,
  instance: InstanceRecord,
  signal: AbortSignal,
): Promise<SqlConnection> {
  let { port } = instance
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await instances.start({ ...instance, port }, signal)
    } catch (error) {
      if (attempt === PORT_ATTEMPTS || !isPortInUse(error)) throw error
      logger.warn('the port of an instance was taken', { instanceId: instance.id, port })
      port = await ports.reserve((free) => {
        catalog.instances.setPort(instance.id, free)
        return free
      })
    }
  }
}

/** Attaches the clone's files over `connection`, which it closes. */
export async function attachClone(
  { catalog, store }: CloneParts,
  clone: CloneRecord,
  connection: SqlConnection,
): Promise<void> {
  try {
    const paths = new Map((await store.files(clone.id)).map(({ name, path }) => [name, path]))
    const image = catalog.images.find(clone.imageId)
    const files = (image?.files ?? []).map(({ name }) => paths.get(name) ?? name)
    await attachDatabase(connection, { name: clone.databaseName, files })
  } finally {
    connection.close()
  }
}

/** Removes everything a clone is made of but its rows. Idempotent. */
export async function clearClone(
  { catalog, store, instances }: CloneParts,
  cloneId: string,
): Promise<void> {
  const instance = catalog.instances.ofClone(cloneId)
  if (instance !== undefined) await instances.remove(instance.id)
  await store.remove(cloneId)
}

function isPortInUse(error: unknown): boolean {
  return error instanceof PlatformError && error.code === 'PORT_IN_USE'
}
