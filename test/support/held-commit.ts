import { openStore } from '../../src/store/index.ts'
import { createQuietLogger } from './quiet-logger.ts'

/** Begins a commit and stops in the middle of it, for a test that then kills this process. */
const [root = '', driverName = '', source = ''] = process.argv.slice(2)
const { logger } = createQuietLogger()
const { driver } = await openStore({
  root,
  driver: driverName === 'reflink' ? 'reflink' : 'copy',
  limitBytes: 0,
  logger,
})
await driver.commit('base', [{ name: 'data.mdf', path: source }], {
  onProgress() {
    process.stdout.write('copying\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
  },
})
