import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PlatformError } from '../../../src/base/index.ts'
import {
  DatabaseReader,
  PageFile,
  type PageSource,
  readVerifiedPage,
} from '../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../support/corpus.ts'

const DATABASES = [
  'northwnd.mdf',
  'pubs.mdf',
  'AdventureWorksLT2012_Data.mdf',
  'MvcMusicStore.mdf',
  'School.mdf',
] as const
const ROUNDS = 4_000
const LONGEST_ROUND_MS = 2_000

/** Repeatable pseudo-random numbers below `limit`. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** The file with one page replaced; it notes the pages that are read. */
class AlteredFile implements PageSource {
  readonly path = 'altered.mdf'
  readonly pageCount: number
  readonly read = new Set<number>()
  readonly #file: PageFile
  readonly #replaced: ReadonlyMap<number, Uint8Array>

  constructor(file: PageFile, replaced: ReadonlyMap<number, Uint8Array> = new Map()) {
    this.pageCount = file.pageCount
    this.#file = file
    this.#replaced = replaced
  }

  readPage(pageNumber: number): Uint8Array {
    this.read.add(pageNumber)
    return this.#replaced.get(pageNumber) ?? this.#file.readPage(pageNumber)
  }

  close(): void {}
}

function scan(source: PageSource, objectId: number): number {
  let count = 0
  for (const _row of DatabaseReader.open([source]).scanTable(objectId)) count += 1
  return count
}

/** A page with some bytes changed, and no checksum that would give it away. */
function spoil(file: PageFile, pageNumber: number, random: (limit: number) => number): Buffer {
  const page = Buffer.from(readVerifiedPage(file, 1, pageNumber).bytes)
  page.writeUInt16LE(page.readUInt16LE(4) & ~0x300, 4)
  const changes = 1 + random(4)
  for (let change = 0; change < changes; change++) {
    // Headers, the first record and the slot array matter more than the middle of the page.
    const at = [random(96), 96 + random(64), 8191 - random(100), random(8192)][random(4)] ?? 0
    page[at] = random(2) === 0 ? random(256) : page.readUInt8(at) ^ (1 << random(8))
  }
  return page
}

describe('DatabaseReader on damaged files', () => {
  for (const name of DATABASES) {
    it(`ends in a result or a clear error, whatever the bytes (${name})`, {
      skip: skipWithoutCorpus(name),
    }, () => {
      const file = PageFile.open(corpusFile(name))
      const random = randomNumbers(7)
      const { objects } = DatabaseReader.open([file]).catalog
      const tables = objects
        .filter(({ type }) => type === 'U' || type === 'S')
        .map(({ objectId }) => {
          const intact = new AlteredFile(file)
          scan(intact, objectId)
          return { objectId, pages: [...intact.read] }
        })
      let refused = 0
      for (let round = 0; round < ROUNDS; round++) {
        const table = tables[random(tables.length)]
        const pageNumber = table?.pages[random(table.pages.length)]
        assert.ok(table !== undefined && pageNumber !== undefined)
        const altered = new Map([[pageNumber, spoil(file, pageNumber, random)]])
        const started = performance.now()
        try {
          scan(new AlteredFile(file, altered), table.objectId)
        } catch (error) {
          assert.ok(error instanceof PlatformError, `round ${round}: ${String(error)}`)
          assert.notEqual(error.code, 'INTERNAL')
          refused += 1
        }
        assert.ok(performance.now() - started < LONGEST_ROUND_MS)
      }
      file.close()
      assert.ok(refused > ROUNDS / 10)
    })
  }

  it('reports a changed byte of a checksummed page', {
    skip: skipWithoutCorpus('northwnd.mdf'),
  }, () => {
    const file = PageFile.open(corpusFile('northwnd.mdf'))
    const reader = DatabaseReader.open([file])
    const customers = reader.catalog.objects.find((object) => object.name === 'Customers')
    const tracing = new AlteredFile(file)
    scan(tracing, customers?.objectId ?? 0)
    const last = [...tracing.read].at(-1) ?? 0
    const page = Buffer.from(file.readPage(last))
    page[5_000] = page.readUInt8(5_000) ^ 1
    assert.throws(
      () => scan(new AlteredFile(file, new Map([[last, page]])), customers?.objectId ?? 0),
      (error: unknown) => {
        assert.ok(error instanceof PlatformError)
        assert.equal(error.code, 'FILE_DAMAGED')
        assert.deepEqual(
          [error.details['fileId'], error.details['pageNumber'], error.details['reason']],
          [1, last, 'checksum'],
        )
        return true
      },
    )
    file.close()
  })

  it('notices leaves that are linked in a circle', {
    skip: skipWithoutCorpus('northwnd.mdf'),
  }, () => {
    const file = PageFile.open(corpusFile('northwnd.mdf'))
    const reader = DatabaseReader.open([file])
    const orders = reader.catalog.objects.find((object) => object.name === 'Orders')?.objectId ?? 0
    const tracing = new AlteredFile(file)
    scan(tracing, orders)
    const leaves = [...tracing.read].filter(
      (number) => readVerifiedPage(file, 1, number).type === 1,
    )
    const last = leaves.at(-1) ?? 0
    const page = Buffer.from(file.readPage(last))
    page.writeUInt16LE(0, 4)
    page.writeUInt32LE(leaves.at(-3) ?? 0, 16)
    page.writeUInt16LE(1, 20)
    assert.throws(() => scan(new AlteredFile(file, new Map([[last, page]])), orders), {
      code: 'FILE_DAMAGED',
      message: /circle/,
    })
    file.close()
  })
})
