import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { copyFileSparse } from '../../../src/store/copy-file.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

const MIB = 1024 ** 2

describe('copyFileSparse', () => {
  it('copies a file of any size byte for byte', async () => {
    await using scratch = await createScratchFolder()
    for (const size of [0, 1, 8192, 256 * 1024, 256 * 1024 + 1, MIB - 1]) {
      const source = path.join(scratch.path, `source-${size}`)
      const target = path.join(scratch.path, `target-${size}`)
      await writeFile(source, randomBytes(size))
      await copyFileSparse(source, target)
      assert.deepEqual(await readFile(target), await readFile(source))
    }
  })

  it('turns long stretches of written zeros into holes', async () => {
    await using scratch = await createScratchFolder()
    const source = path.join(scratch.path, 'source')
    const target = path.join(scratch.path, 'target')
    const content = Buffer.concat([randomBytes(MIB), Buffer.alloc(8 * MIB), randomBytes(MIB)])
    await writeFile(source, content)
    await copyFileSparse(source, target)
    assert.deepEqual(await readFile(target), content)
    await using handle = await open(target, 'r')
    await handle.sync()
    const { blocks } = await stat(target)
    assert.ok(blocks * 512 <= 3 * MIB, `it takes ${blocks * 512} bytes`)
  })

  it('refuses to write over a file', async () => {
    await using scratch = await createScratchFolder()
    const source = path.join(scratch.path, 'source')
    await writeFile(source, 'x')
    await assert.rejects(copyFileSparse(source, source), { code: 'EEXIST' })
    assert.equal(await readFile(source, 'utf8'), 'x')
  })
})
