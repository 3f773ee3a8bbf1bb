import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StorageCatalog } from '../../../../../src/mdf/catalog/storage-catalog.ts'
import type { PhysicalColumn } from '../../../../../src/mdf/catalog/storage-rows.ts'
import type { DatabaseReader } from '../../../../../src/mdf/index.ts'
import { iamPages } from '../../../../../src/mdf/page/allocation.ts'
import { FixedVarRecord } from '../../../../../src/mdf/page/fixed-var-record.ts'
import { PAGE_TYPES, type Page, readPagePointer } from '../../../../../src/mdf/page/page.ts'
import { clusteredPages } from '../../../../../src/mdf/table/data-pages.ts'
import { type RowDecoder, rowDecoder } from '../../../../../src/mdf/table/row-decoder.ts'
import { fixedSizeOf } from '../../../../../src/mdf/value/system-type.ts'
import { RecordEncoder } from '../../../../../src/mdf/write/record/record-encoder.ts'
import { layOut } from '../../../../../src/mdf/write/storage/index.ts'
import { interiorShape, leafShape } from '../../../../../src/mdf/write/storage/record-shapes.ts'
import { corpusFile, skipWithoutCorpus } from '../../../../support/corpus.ts'
import { type StoredRowset, storedRowsets } from '../stored-rowsets.ts'
import { column, INT } from '../written-storage.ts'

const FILES = [
  ['northwnd.mdf', 7000],
  ['AdventureWorksLT2012_Data.mdf', 13_000],
  ['MvcMusicStore.mdf', 6000],
  ['School.mdf', 6500],
] as const

describe('RecordEncoder, against records of SQL Server', () => {
  for (const [file, least] of FILES) {
    it(`encodes the rows of ${file} as they are stored`, { skip: skipWithoutCorpus(file) }, () => {
      const { reader, storage, rowsets } = storedRowsets(corpusFile(file))
      let compared = 0
      for (const stored of rowsets) {
        if (stored.indexId > 1 || stored.compression !== 0 || hasXml(stored)) continue
        compared += compareRows(reader, storage, stored)
      }
      reader.close()
      assert.ok(compared >= least, `${compared} records`)
    })

    it(`encodes the indexes of ${file} as they are stored`, {
      skip: skipWithoutCorpus(file),
    }, () => {
      const { reader, storage, rowsets } = storedRowsets(corpusFile(file))
      let compared = 0
      for (const stored of rowsets) {
        if (stored.indexId !== 1 || hasXml(stored)) continue
        compared += compareNonclustered(reader, storage, stored, rowsets)
      }
      reader.close()
      assert.ok(compared >= (file === 'School.mdf' || file === 'MvcMusicStore.mdf' ? 0 : 2000))
    })
  }

  it('encodes upper records as they are stored', {
    skip: skipWithoutCorpus('northwnd.mdf'),
  }, () => {
    const { reader, storage, rowsets } = storedRowsets(corpusFile('northwnd.mdf'))
    let [same, compared] = [0, 0]
    for (const stored of rowsets.filter(({ indexId }) => indexId === 1)) {
      for (const [real, mine] of upperRecords(reader, storage, stored)) {
        compared += 1
        if (real === mine) same += 1
      }
    }
    reader.close()
    // A page's first row may have been deleted since the upper record was made.
    assert.ok(compared > 80 && same / compared > 0.9, `${same} of ${compared}`)
  })
})

function hasXml({ shape }: StoredRowset): boolean {
  return shape.columns.some(({ type }) => type.name === 'xml')
}

/** Compares each record without pointers; what NULLs hide and the bitmap's last bits are garbage. */
function compareRows(
  reader: DatabaseReader,
  storage: StorageCatalog,
  stored: StoredRowset,
): number {
  const { encoder, decode, columns } = codec(reader, storage, stored)
  let compared = 0
  for (const [page, slot] of leafSlots(reader, storage, stored)) {
    const start = page.slotOffset(slot)
    if (start === 0 || ((page.bytes[start] ?? 0) & 0x0f) !== 0) continue
    const record = new FixedVarRecord(page, start)
    const isWhole = record.columnCount === Math.max(...columns.map(({ nullBit }) => nullBit))
    if (!isWhole || hasPointers(record)) continue
    const length = encoder.encode(decode(record), undefined)
    const real = Buffer.from(page.bytes.subarray(start, start + length))
    clearGarbage(real, record, columns, stored)
    assert.equal(
      real.toString('hex'),
      encoder.bytes.toString('hex', 0, length),
      `object ${stored.objectId}, page ${page.pageNumber}, slot ${slot}`,
    )
    compared += 1
  }
  return compared
}

function clearGarbage(
  real: Buffer,
  record: FixedVarRecord,
  columns: readonly PhysicalColumn[],
  { shape }: StoredRowset,
): void {
  columns.forEach(({ leafOffset, nullBit, bitPosition }, index) => {
    const type = shape.columns[index]?.type
    if (type === undefined || leafOffset <= 0 || !record.isNull(nullBit)) return
    if (type.name === 'bit') real[leafOffset] = (real[leafOffset] ?? 0) & ~(1 << bitPosition)
    else real.fill(0, leafOffset, leafOffset + (fixedSizeOf(type) ?? 0))
  })
  for (const [offset, mask] of bitMasks(columns, shape)) real[offset] = (real[offset] ?? 0) & mask
  const bits = record.columnCount
  const last = record.fixedEnd + 2 + ((bits + 7) >> 3) - 1
  real[last] = (real[last] ?? 0) & ((1 << (((bits - 1) & 7) + 1)) - 1)
}

/** By its offset, which bits of a byte of bits belong to a column. */
function bitMasks(columns: readonly PhysicalColumn[], shape: StoredRowset['shape']) {
  const masks = new Map<number, number>()
  columns.forEach(({ leafOffset, bitPosition }, index) => {
    if (shape.columns[index]?.type.name !== 'bit') return
    masks.set(leafOffset, (masks.get(leafOffset) ?? 0) | (1 << bitPosition))
  })
  return masks
}

/** The leaf records of the nonclustered indexes of a clustered table, against those of its rows. */
function compareNonclustered(
  reader: DatabaseReader,
  storage: StorageCatalog,
  table: StoredRowset,
  rowsets: readonly StoredRowset[],
): number {
  let compared = 0
  const indexes = reader.catalog.indexes(table.objectId)
  const clustering = indexes.find(({ indexId }) => indexId === 1)?.columns ?? []
  if (table.shape.columns.some(({ isUniquifier }) => isUniquifier)) return 0
  for (const stored of rowsets) {
    if (stored.objectId !== table.objectId || stored.indexId < 2) continue
    const index = indexes.find(({ indexId }) => indexId === stored.indexId)
    if (index === undefined || stored.objectId < 100) continue
    const ids = [...new Set([...index.columns, ...clustering].map(({ columnId }) => columnId))]
    const isStored = new Set(reader.storedColumnIds(table.objectId))
    if (ids.length !== stored.shape.columns.length || !ids.every((id) => isStored.has(id))) continue
    const encoder = new RecordEncoder(leafShape(layOut(stored.shape), stored.shape))
    const rows = [...reader.scanTable(table.objectId, ids)]
    // What a NULL of fixed length hides is garbage.
    if (rows.some((row) => row.some((value, at) => value === null && isFixed(stored, at)))) continue
    const expected = rows.map((values) =>
      encoder.bytes.toString('hex', 0, encoder.encode(values, undefined)),
    )
    const lengths = new Set(expected.map((record) => record.length / 2))
    assert.deepEqual(
      leafRecords(reader, storage, stored, lengths, new Set(expected)).sort(),
      expected.sort(),
      `object ${stored.objectId}, index ${stored.indexId}`,
    )
    compared += expected.length
  }
  return compared
}

function isFixed({ shape }: StoredRowset, index: number): boolean {
  const type = shape.columns[index]?.type
  return type !== undefined && fixedSizeOf(type) !== undefined
}

/** An index record does not say how long it is: it is cut to the length at which it is expected. */
function leafRecords(
  reader: DatabaseReader,
  storage: StorageCatalog,
  stored: StoredRowset,
  lengths: ReadonlySet<number>,
  expected: ReadonlySet<string>,
): string[] {
  const records: string[] = []
  const unit = storage.unitsOf(stored.rowsetId).find(({ type }) => type === 1)
  for (const { fileId, pageNumber } of iamPages(reader, unit?.firstIam)) {
    const page = reader.readPage(fileId, pageNumber)
    if (page.type !== PAGE_TYPES.index || page.bytes[3] !== 0) continue
    for (let slot = 0; slot < page.slotCount; slot++) {
      const start = page.slotOffset(slot)
      if (((page.bytes[start] ?? 0) & 0x0e) !== 0x06) continue
      const found = [...lengths]
        .sort((left, right) => right - left)
        .map((length) => page.bytes.toString('hex', start, start + length))
        .find((record) => expected.has(record))
      records.push(found ?? page.bytes.toString('hex', start, start + 60))
    }
  }
  return records
}

/** Each level-1 record with a key, and what it should be by the first row of its page. */
function* upperRecords(
  reader: DatabaseReader,
  storage: StorageCatalog,
  stored: StoredRowset,
): Generator<[real: string, mine: string]> {
  const { decode } = codec(reader, storage, stored)
  const layout = layOut(stored.shape)
  const encoder = new RecordEncoder(interiorShape(layout))
  const unit = storage.unitsOf(stored.rowsetId).find(({ type }) => type === 1)
  for (const { fileId, pageNumber } of iamPages(reader, unit?.firstIam)) {
    const page = reader.readPage(fileId, pageNumber)
    if (page.type !== PAGE_TYPES.index) continue
    for (let slot = 1; slot < page.slotCount; slot++) {
      const start = page.slotOffset(slot)
      const childOffset = layout.minInteriorLength - 6
      const pointer = readPagePointer(page.bytes, start + childOffset)
      const child = reader.readPage(pointer?.fileId ?? 0, pointer?.pageNumber ?? 0)
      if (child.type !== PAGE_TYPES.data) continue
      const values = decode(new FixedVarRecord(child, child.slotOffset(0)))
      const length = encoder.encode(values, undefined)
      page.bytes.copy(encoder.bytes, childOffset, start + childOffset, start + childOffset + 6)
      const real = page.bytes.toString('hex', start, start + length)
      yield [real, encoder.bytes.toString('hex', 0, length)]
    }
  }
}

function codec(reader: DatabaseReader, storage: StorageCatalog, stored: StoredRowset) {
  const columns = stored.columnRows.map((row) => {
    const all = storage.columnsOf(stored.rowsetId)
    const physical = all.find(({ storageColumnId }) => storageColumnId === row.int32(16))
    assert.ok(physical !== undefined)
    return physical
  })
  const decode: RowDecoder = rowDecoder(
    reader,
    columns.map((physical, index) => ({
      type: stored.shape.columns[index]?.type ?? INT,
      physical,
      valueWhenAbsent: () => null,
    })),
  )
  const encoder = new RecordEncoder({
    columns: columns.map(({ leafOffset, nullBit, bitPosition }, index) => ({
      column: { ...(stored.shape.columns[index] ?? column(0, INT)), isNullable: true },
      offset: leafOffset,
      nullBit,
      bitPosition,
      isKey: false,
    })),
    fixedLength: stored.rowsetRow.int16(49),
    hasNullBitmap: true,
    isIndexRecord: false,
  })
  return { columns, decode, encoder }
}

function* leafSlots(
  reader: DatabaseReader,
  storage: StorageCatalog,
  stored: StoredRowset,
): Generator<[Page, number]> {
  const unit = storage.unitsOf(stored.rowsetId).find(({ type }) => type === 1)
  const pages =
    stored.indexId === 1
      ? clusteredPages(reader, unit?.root)
      : Array.from(iamPages(reader, unit?.firstIam), ({ fileId, pageNumber }) =>
          reader.readPage(fileId, pageNumber),
        ).filter(({ type }) => type === PAGE_TYPES.data)
  for (const page of pages) {
    for (let slot = 0; slot < page.slotCount; slot++) yield [page, slot]
  }
}

function hasPointers(record: FixedVarRecord): boolean {
  return Array.from({ length: record.variableCount }, (_, index) => index).some((index) =>
    record.isComplex(index),
  )
}
