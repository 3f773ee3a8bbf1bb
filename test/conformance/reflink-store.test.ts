import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { openStore } from '../../src/store/index.ts'
import { createQuietLogger } from '../support/quiet-logger.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'
import { mountScratch, skipWithoutMounts } from '../support/scratch-mount.ts'
import { describeStoreDriver, type StorePlace } from './store-suite.ts'

const MIB = 1024 ** 2

const skip = skipWithoutMounts('mkfs.xfs')
const mountXfs = async (): Promise<StorePlace> =>
  createPlace(await mountScratch({ type: 'xfs', sizeBytes: 320 * MIB }))

describeStoreDriver({
  name: 'reflink',
  skip,
  createPlace: mountXfs,
  createSmallPlace: mountXfs,
  skipSmall: skip,
})

async function createPlace(holder: ScratchFolder): Promise<StorePlace> {
  await using stack = new AsyncDisposableStack()
  stack.use(holder)
  const sources = stack.use(await createScratchFolder())
  const root = path.join(holder.path, 'store')
  await mkdir(root)
  const { logger } = createQuietLogger()
  const undo = stack.move()
  return {
    root,
    sources: sources.path,
    open: async () => (await openStore({ root, driver: 'reflink', limitBytes: 0, logger })).driver,
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  }
}
