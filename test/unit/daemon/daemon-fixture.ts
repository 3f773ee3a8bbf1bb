import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createId, systemClock } from '../../../src/base/index.ts'
import { openCatalog } from '../../../src/catalog/index.ts'
import { createContainerRuntime } from '../../../src/container/index.ts'
import { Daemon } from '../../../src/daemon/index.ts'
import { discoverEngine, Instances, PortRangeAllocator } from '../../../src/instance/index.ts'
import { EmbeddedQueue, Operations } from '../../../src/operation/index.ts'
import { openStore } from '../../../src/store/index.ts'
import { createQuietLogger } from '../../support/quiet-logger.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

/** Far from the ports other tests use. */
const PORTS = { first: 17_900, last: 17_909 }

/**
 * A daemon of real parts over a folder of its own, whose instances are started from `enginePath`.
 * It does nothing until the test reconciles or starts it.
 */
export async function createDaemonFixture(options: { readonly enginePath?: string } = {}) {
  const scratch = await createScratchFolder()
  const folder = scratch.path
  const { logger } = createQuietLogger()
  const catalog = await openCatalog({ stateRoot: folder })
  const { driver: store } = await openStore({
    root: path.join(folder, 'store'),
    driver: 'copy',
    limitBytes: 1024 ** 3,
    logger,
  })
  const { runtime } = await createContainerRuntime({
    root: path.join(folder, 'containers'),
    namespace: `test-${createId().slice(0, 12)}`,
    logger,
  })
  const engine = await discoverEngine({ ...options, cacheFolder: path.join(folder, 'cache') })
  const instances = new Instances({
    containers: runtime,
    engine,
    folder: path.join(folder, 'instances'),
    host: '127.0.0.1',
    memoryMb: 256,
    logger,
  })
  const operations = new Operations({ catalog, queue: new EmbeddedQueue(), logger })
  const daemon = new Daemon({
    catalog,
    store,
    instances,
    operations,
    ports: new PortRangeAllocator({ catalog, host: '127.0.0.1', range: PORTS }),
    clock: systemClock,
    logger,
    host: '127.0.0.1',
    health: { version: '0', startedAt: new Date(), storeReason: 'test', isolation: 'test' },
  })
  return {
    folder,
    catalog,
    store,
    runtime,
    operations,
    daemon,
    ports: PORTS,
    async close(): Promise<void> {
      await daemon.close()
      for (const id of await runtime.list()) await runtime.remove(id)
      await store.close()
      catalog.close()
      await scratch[Symbol.asyncDispose]()
    },
  }
}

export type DaemonFixture = Awaited<ReturnType<typeof createDaemonFixture>>

/** An image that is ready, with one file that is no real database. */
export async function addImage(
  { catalog, folder, store }: DaemonFixture,
  options: { readonly name?: string; readonly status?: 'ready' | 'removing' | 'importing' } = {},
): Promise<string> {
  const { name = 'northwind', status = 'ready' } = options
  const id = createId()
  const source = path.join(folder, `${id}.mdf`)
  await writeFile(source, 'pages')
  await store.commit(id, [{ name: 'data.mdf', path: source }])
  const file = { fileId: 1, kind: 'data', logicalName: 'Northwind', name: 'data.mdf' } as const
  catalog.images.insert({
    id,
    name,
    status,
    createdAt: new Date().toISOString(),
    databaseName: 'Northwind',
    sqlServerVersion: 'SQL Server 2008',
    internalVersion: 655,
    compatibilityLevel: 100,
    collation: 'Latin1_General_CI_AI',
    files: [{ ...file, sourcePath: source, sizeBytes: 5 }],
  })
  return id
}
