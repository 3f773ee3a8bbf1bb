import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { PlatformError } from '../../../src/base/index.ts'
import { openCatalog } from '../../../src/catalog/index.ts'
import { PortRangeAllocator } from '../../../src/instance/index.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

const HOST = '127.0.0.1'
const RANGE = { first: 17_880, last: 17_882 }

async function createAllocator(folder: string) {
  const catalog = await openCatalog({ stateRoot: folder })
  return { catalog, allocator: new PortRangeAllocator({ catalog, host: HOST, range: RANGE }) }
}

describe('PortRangeAllocator', () => {
  it('goes round the range, so that a port just released is used again last', async () => {
    await using scratch = await createScratchFolder()
    const { catalog, allocator } = await createAllocator(scratch.path)
    const given: number[] = []
    for (let count = 0; count < 4; count += 1) await allocator.reserve((port) => given.push(port))
    assert.deepEqual(given, [17_880, 17_881, 17_882, 17_880])
    catalog.close()
  })

  it('passes over ports that are listened on, and those the write finds taken', async () => {
    await using scratch = await createScratchFolder()
    const { catalog, allocator } = await createAllocator(scratch.path)
    const other = createServer().listen(RANGE.first, HOST)
    await once(other, 'listening')
    try {
      const tried: number[] = []
      const port = await allocator.reserve((candidate) => {
        tried.push(candidate)
        if (tried.length === 1) throw new PlatformError('PORT_IN_USE', 'somebody was first')
        return candidate
      })
      assert.deepEqual(tried, [17_881, 17_882])
      assert.equal(port, 17_882)
    } finally {
      other.close()
      catalog.close()
    }
  })

  it('gives up when all are taken, and passes on any other error at once', async () => {
    await using scratch = await createScratchFolder()
    const { catalog, allocator } = await createAllocator(scratch.path)
    const taken = allocator.reserve(() => {
      throw new PlatformError('PORT_IN_USE', 'taken')
    })
    await assert.rejects(taken, { code: 'NO_FREE_PORT', message: /17880-17882/ })
    const failing = allocator.reserve(() => {
      throw new PlatformError('CLONE_NAME_IN_USE', 'taken')
    })
    await assert.rejects(failing, { code: 'CLONE_NAME_IN_USE' })
    catalog.close()
  })
})
