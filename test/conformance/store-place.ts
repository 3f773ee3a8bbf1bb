import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { openStore } from '../../src/store/index.ts'
import { createQuietLogger } from '../support/quiet-logger.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'
import type { StorePlace } from './store-suite.ts'

/** A place for a store with the given driver, in `holder`, which goes with it. */
export async function createStorePlace(
  holder: ScratchFolder,
  driver: 'copy' | 'reflink',
): Promise<StorePlace> {
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
    open: async () => (await openStore({ root, driver, limitBytes: 0, logger })).driver,
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  }
}
