import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from '../../../../../src/mdf/page/page.ts'
import type { Problem } from '../../../../../src/mdf/verify/problem.ts'
import {
  corpusFile,
  editPage,
  missing,
  pageAt,
  seededRandom,
  slotEntry,
  swapSlots,
  verifyBytes,
  withContext,
} from './structure-harness.ts'

const NORTHWIND = 'northwnd.mdf'
const CORPUS_FILES = [
  NORTHWIND,
  'pubs.mdf',
  'School.mdf',
  'MvcMusicStore.mdf',
  'AdventureWorksLT2012_Data.mdf',
]
const MUTATIONS = Number(process.env['SLIPWAY_MUTATIONS'] ?? 150)

describe('verifyStructures', () => {
  for (const name of CORPUS_FILES) {
    it(`finds nothing wrong with ${name}`, { skip: missing(name) }, () => {
      const { problems, tablesChecked, rowsChecked } = verifyBytes(corpusFile(name))
      const kinds = new Set(problems.map(({ kind, severity }) => `${severity} ${kind}`))
      assert.deepEqual(
        [...kinds].filter((kind) => kind !== 'warning not-checked'),
        [],
      )
      assert.ok(tablesChecked > 50 && rowsChecked > 4000)
    })
  }

  describe('of a damaged Northwind', { skip: missing(NORTHWIND) }, () => {
    it('finds two keys in the wrong order', () => {
      const { bytes, leaf } = leafOf('Products', 1)
      editPage(bytes, leaf.pageNumber, (page) => swapSlots(page, 3, 4))
      assert.deepEqual(summary(bytes), [`index-order dbo.Products ${leaf.pageNumber}:4`])
    })

    it('finds a key that repeats', () => {
      const { bytes, leaf } = leafOf('Products', 1)
      editPage(bytes, leaf.pageNumber, (page) => {
        page.writeInt32LE(page.readInt32LE(leaf.slotOffset(3) + 4), leaf.slotOffset(4) + 4)
      })
      const [first] = verifyBytes(bytes).errors
      assert.equal(first?.kind, 'index-order')
      assert.match(first?.message ?? '', /no two may be equal/)
    })

    it('finds a link to the wrong next page', () => {
      const { bytes, leaf } = leafOf('Order Details', 1)
      editPage(bytes, leaf.pageNumber, (page) => page.writeUInt32LE(leaf.pageNumber, 16))
      assert.deepEqual(summary(bytes), [`page-link dbo.Order Details ${leaf.pageNumber}`])
    })

    it('finds a link to the wrong previous page', () => {
      const { bytes, leaf } = leafOf('Order Details', 1)
      const next = leaf.nextPage?.pageNumber ?? 0
      editPage(bytes, next, (page) => page.writeUInt32LE(1, 8))
      assert.deepEqual(summary(bytes), [`page-link dbo.Order Details ${next}`])
    })

    it('finds a separator that does not fit the page below', () => {
      const { bytes, root } = leafOf('Orders', 1)
      const key = root.slotOffset(5) + 1
      const child = root.bytes.readUInt32LE(root.slotOffset(5) + 5)
      editPage(bytes, root.pageNumber, (page) => page.writeInt32LE(page.readInt32LE(key) + 1, key))
      assert.deepEqual(summary(bytes), [`index-order dbo.Orders ${child}:0`])
    })

    it('finds a child that has been reached before, and goes on behind it', () => {
      const { bytes, root } = leafOf('Orders', 1)
      const child = root.bytes.readUInt32LE(root.slotOffset(2) + 5)
      const lost = root.bytes.readUInt32LE(root.slotOffset(3) + 5)
      editPage(bytes, root.pageNumber, (page) => page.writeUInt32LE(child, root.slotOffset(3) + 5))
      const { errors, problems } = verifyBytes(bytes)
      assert.deepEqual(errors.map(brief), [`index-structure dbo.Orders ${root.pageNumber}:3`])
      assert.match(problems.at(-1)?.message ?? '', new RegExp(`does not lead to: \\(1:${lost}\\)`))
    })

    it('finds a root that is its own child', () => {
      const { bytes, root } = leafOf('Orders', 1)
      editPage(bytes, root.pageNumber, (page) =>
        page.writeUInt32LE(root.pageNumber, root.slotOffset(3) + 5),
      )
      assert.deepEqual(summary(bytes), [`index-structure dbo.Orders ${root.pageNumber}:3`])
    })

    it("finds a child that is another table's page", () => {
      const { bytes, root } = leafOf('Orders', 1)
      const { leaf } = leafOf('Products', 1)
      editPage(bytes, root.pageNumber, (page) =>
        page.writeUInt32LE(leaf.pageNumber, root.slotOffset(3) + 5),
      )
      const { errors } = verifyBytes(bytes)
      assert.match(errors[0]?.message ?? '', /belongs to dbo\.Products/)
    })

    it('finds a date that no calendar has', () => {
      const { bytes, leaf, offsetOf } = leafOf('Orders', 1)
      const requiredDate = leaf.slotOffset(7) + offsetOf('RequiredDate')
      editPage(bytes, leaf.pageNumber, (page) => page.writeInt32LE(3_000_000, requiredDate + 4))
      const { errors } = verifyBytes(bytes)
      assert.deepEqual(errors.map(brief), [`value dbo.Orders ${leaf.pageNumber}:7`])
      assert.match(errors[0]?.consequence ?? '', /RequiredDate/)
    })

    it('finds a record that reaches outside its page', () => {
      const { bytes, leaf } = leafOf('Products', 1)
      editPage(bytes, leaf.pageNumber, (page) => page.writeUInt16LE(8000, leaf.slotOffset(9) + 2))
      const { errors } = verifyBytes(bytes)
      assert.deepEqual(errors.map(brief), [`record dbo.Products ${leaf.pageNumber}:9`])
      assert.equal(errors[0]?.consequence, 'this row is lost')
    })

    it('finds an index row that says something else than its row', () => {
      const { bytes, leaf } = leafOf('Products', 3)
      // CategoryID, then the clustered key: the last row of a category can have any product.
      const key = leaf.slotOffset(76) + 5
      editPage(bytes, leaf.pageNumber, (page) => page.writeInt32LE(1_000, key))
      const { errors } = verifyBytes(bytes)
      assert.deepEqual(
        errors.map(({ kind }) => kind),
        ['index-row', 'index-row'],
      )
      assert.ok(
        errors.some((problem) => brief(problem) === `index-row dbo.Products ${leaf.pageNumber}:76`),
      )
      assert.match(
        errors.map(({ consequence }) => consequence).join(),
        /may miss this row; rebuild/,
      )
    })

    it('finds a row that an index leaves out', () => {
      const { bytes, leaf } = leafOf('Products', 4)
      const data = leafOf('Products', 1).leaf
      editPage(bytes, leaf.pageNumber, (page) => removeSlot(page, 5))
      const { errors } = verifyBytes(bytes)
      assert.equal(errors.length, 1)
      assert.equal(errors[0]?.kind, 'index-row')
      assert.equal(errors[0]?.pageNumber, data.pageNumber)
      assert.equal(errors[0]?.object?.indexId, 4)
    })

    it('finds a wrong row address in an index on a heap', () => {
      const { bytes, leaf } = leafOf('Region', 2)
      const address = leaf.slotOffset(1) + 1 + 4
      editPage(bytes, leaf.pageNumber, (page) => page.writeUInt16LE(77, address + 6))
      const { errors } = verifyBytes(bytes)
      assert.deepEqual(
        errors.map(({ kind }) => kind),
        ['index-row', 'index-row'],
      )
    })

    it('finds a large value that has lost its end', () => {
      const { bytes, leaf } = leafOf('Categories', 1)
      const part = pageAt(bytes, 121)
      editPage(bytes, 121, (page) => page.writeUInt16LE(5000, part.slotOffset(0) + 2))
      const { errors } = verifyBytes(bytes)
      assert.deepEqual(errors.map(brief), [`lob dbo.Categories ${leaf.pageNumber}:0`])
      assert.match(
        errors[0]?.message ?? '',
        /column Picture: its part at \(1:121:0\) has 4986 bytes/,
      )
    })

    it('finds a part of a large value that is of another value', () => {
      const { bytes } = leafOf('Categories', 1)
      const part = pageAt(bytes, 121)
      editPage(bytes, 121, (page) => page.writeUInt32LE(77, part.slotOffset(0) + 4))
      assert.match(verifyBytes(bytes).errors[0]?.message ?? '', /is of the large value 77/)
    })

    it('finds a part of a large value that no row has', () => {
      const { bytes, leaf, offsetOf } = leafOf('Categories', 1)
      // The row's Description becomes NULL: its part stays behind.
      assert.ok(offsetOf('CategoryID') === 4)
      editPage(bytes, leaf.pageNumber, (page) => {
        const start = leaf.slotOffset(0)
        const bitmap = start + page.readUInt16LE(start + 2) + 2
        const variables = bitmap + 1 + 2
        const description = start + (page.readUInt16LE(variables) & 0x7fff)
        page.fill(0, description, description + 16)
      })
      const { errors, problems } = verifyBytes(bytes)
      assert.deepEqual(errors, [])
      assert.ok(problems.length > 0)
      for (const { kind, message } of problems) {
        assert.equal(`${kind} ${message}`, 'lob this part of a large value belongs to no row')
      }
    })

    it('finds pointers into a file that the database does not have', () => {
      const { bytes, leaf } = leafOf('Categories', 1)
      for (const slot of [0, 1, 2]) {
        editPage(bytes, leaf.pageNumber, (page) => {
          const start = leaf.slotOffset(slot)
          const variables = start + page.readUInt16LE(start + 2) + 5
          const description = start + (page.readUInt16LE(variables) & 0x7fff)
          page.writeUInt16LE(7, description + 12)
        })
      }
      const { errors } = verifyBytes(bytes)
      assert.deepEqual(
        errors.map(({ kind }) => kind),
        ['lob', 'lob', 'lob'],
      )
      assert.match(errors[0]?.message ?? '', /the database has no file 7/)
    })

    it('finds a forwarded row that does not name its stub', () => {
      const bytes = withForwardedRow()
      const { leaf } = leafOf('Region', 0, bytes)
      const moved = leaf.slotOffset(4)
      const backPointer = moved + leaf.bytes.readUInt16LE(moved + 2) + 3 + 4
      editPage(bytes, leaf.pageNumber, (page) => page.writeUInt16LE(0x0500, backPointer))
      assert.deepEqual(summary(bytes), [`forwarding dbo.Region ${leaf.pageNumber}:4`])
    })

    it('follows a forwarded row both ways', () => {
      assert.deepEqual(verifyBytes(withForwardedRow()).errors, [])
    })

    it('finds a stub that points to nowhere', () => {
      const bytes = withForwardedRow()
      const { leaf } = leafOf('Region', 0, bytes)
      editPage(bytes, leaf.pageNumber, (page) => page.writeUInt16LE(60, leaf.slotOffset(2) + 7))
      assert.deepEqual(summary(bytes).sort(), [
        `forwarding dbo.Region ${leaf.pageNumber}:2`,
        `forwarding dbo.Region ${leaf.pageNumber}:4`,
      ])
    })

    it('ends after any change of any page', () => {
      const original = corpusFile(NORTHWIND)
      const pages = original.length / 8192
      let found = 0
      for (let seed = 1; seed <= MUTATIONS; seed++) {
        const random = seededRandom(seed)
        const bytes = Buffer.from(original)
        editPage(bytes, 10 + random(pages - 10), (page) => {
          const changes = 1 + random(4)
          for (let change = 0; change < changes; change++) page[random(8192)] = random(256)
        })
        const started = performance.now()
        if (verifyBytes(bytes).errors.length > 0) found += 1
        assert.ok(performance.now() - started < 20_000, `seed ${seed} takes too long`)
      }
      assert.ok(found > 0)
    })
  })
})

function brief({ kind, object, pageNumber, slot }: Problem): string {
  return `${kind} ${object?.name} ${pageNumber}${slot === undefined ? '' : `:${slot}`}`
}

function summary(bytes: Buffer): string[] {
  return verifyBytes(bytes).errors.map(brief)
}

function removeSlot(page: Buffer, slot: number): void {
  const count = page.readUInt16LE(22)
  for (let index = slot; index + 1 < count; index++) {
    page.writeUInt16LE(page.readUInt16LE(slotEntry(index + 1)), slotEntry(index))
  }
  page.writeUInt16LE(count - 1, 22)
}

/** A copy of Northwind; the root and first leaf of an index of it, or the first page of a heap. */
function leafOf(table: string, indexId: number, bytes: Buffer = corpusFile(NORTHWIND)) {
  return withContext(bytes, ({ reader, storage }) => {
    const object = reader.catalog.objects.find(({ name, type }) => name === table && type === 'U')
    assert.ok(object)
    const rowset = storage.rowsetsOf(object.objectId).find((each) => each.indexId === indexId)
    assert.ok(rowset)
    const unit = storage.unitsOf(rowset.rowsetId).find(({ type }) => type === 1)
    const offsetOf = (columnName: string) => {
      const column = reader.catalog.columns(object.objectId).find(({ name }) => name === columnName)
      const physical = storage
        .columnsOf(rowset.rowsetId)
        .find(({ columnId }) => columnId === column?.columnId)
      assert.ok(physical)
      return physical.leafOffset
    }
    const [heapPage] = indexId === 0 ? storage.dataPages(rowset) : []
    const rootPage = heapPage?.pageNumber ?? unit?.root?.pageNumber
    assert.ok(rootPage)
    const root: Page = pageAt(bytes, rootPage)
    let leaf = root
    while (leaf.bytes[3] !== 0) {
      const first = leaf.slotOffset(0)
      leaf = pageAt(bytes, leaf.bytes.readUInt32LE(first + leaf.fixedLength - 6))
    }
    if (indexId === 1 && leaf.type === 2) {
      leaf = pageAt(bytes, leaf.bytes.readUInt32LE(leaf.slotOffset(0) + leaf.fixedLength - 6))
    }
    return { bytes, root, leaf, offsetOf }
  })
}

/** Northwind with the third row of the heap Region moved to a fifth slot, a stub left in its place. */
function withForwardedRow(): Buffer {
  const { bytes, leaf } = leafOf('Region', 0)
  editPage(bytes, leaf.pageNumber, (page) => {
    const start = leaf.slotOffset(2)
    const length = page.readUInt16LE(start + 2) + 3
    const moved = page.readUInt16LE(30)
    page.copy(page, moved, start, start + length)
    page[moved] = 0x32
    const variables = moved + length
    page.writeUInt16LE(1, variables)
    page.writeUInt16LE(0x8000 | (length + 4 + 10), variables + 2)
    page.writeUInt16LE(0x0400, variables + 4)
    writeAddress(page, variables + 6, { pageNumber: leaf.pageNumber, slot: 2 })
    page.writeUInt16LE(variables + 14, 30)
    page.writeUInt16LE(5, 22)
    page.writeUInt16LE(moved, slotEntry(4))
    page[start] = 0x04
    writeAddress(page, start + 1, { pageNumber: leaf.pageNumber, slot: 4 })
  })
  return bytes
}

function writeAddress(
  page: Buffer,
  at: number,
  { pageNumber, slot }: { readonly pageNumber: number; readonly slot: number },
): void {
  page.writeUInt32LE(pageNumber, at)
  page.writeUInt16LE(1, at + 4)
  page.writeUInt16LE(slot, at + 6)
}
