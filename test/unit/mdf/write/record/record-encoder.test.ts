import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FixedVarRecord } from '../../../../../src/mdf/page/fixed-var-record.ts'
import { PAGE_TYPES } from '../../../../../src/mdf/page/page.ts'
import { MAX_LENGTH, type SqlValue } from '../../../../../src/mdf/sql-type.ts'
import { rowDecoder } from '../../../../../src/mdf/table/row-decoder.ts'
import { sparseValueRange } from '../../../../../src/mdf/table/sparse-vector.ts'
import { RecordEncoder } from '../../../../../src/mdf/write/record/record-encoder.ts'
import type { RowsetDefinition } from '../../../../../src/mdf/write/rowset-definition.ts'
import { layOut } from '../../../../../src/mdf/write/storage/index.ts'
import { leafShape } from '../../../../../src/mdf/write/storage/record-shapes.ts'
import { singlePage } from '../../page-builder.ts'
import { column, INT, physicalColumns, rowset, TEXT, typeOf } from '../written-storage.ts'

describe('RecordEncoder', () => {
  it('writes NULLs everywhere, and leaves trailing empty columns out', () => {
    const bit = typeOf('bit', 1)
    const types = [bit, INT, TEXT, bit, TEXT, INT, TEXT, TEXT, INT, INT]
    const definition = rowset(types.map((type, index) => column(index + 1, type)))
    const rows: SqlValue[][] = [
      types.map(() => null),
      [true, 1, 'a', false, 'b', 2, 'c', 'd', 3, 4],
      [false, null, null, true, '', null, 'c', null, 3, null],
      [null, 1, '', null, null, 2, null, '', null, 4],
    ]
    for (const row of rows) assert.deepEqual(readBack(definition, row), row)
    const { encoder, length } = encodeRow(definition, rows[0] ?? [])
    assert.equal(encoder.bytes[0], 0x10)
    assert.equal(length, 4 + 1 + 4 * 4 + 2 + 2)
  })

  it('keeps sparse columns in a vector of their own', () => {
    const sparse = { isSparse: true }
    const definition = rowset([
      column(1, INT),
      column(2, TEXT, sparse),
      column(3, INT, sparse),
      column(4, TEXT),
    ])
    for (const row of [
      [1, 'sparse', 7, 'text'],
      [1, null, 7, null],
      [1, null, null, 'text'],
    ]) {
      const { encoder, length } = encodeRow(definition, row)
      const record = recordOf(encoder, length)
      const range = sparseValueRange(record, 3)
      const third = range && record.page.bytes.readInt32LE(range.start)
      assert.equal(third ?? null, row[2])
      assert.deepEqual(readBack(definition, row), row)
    }
  })

  it('writes a uniquifier only where there is one', () => {
    const definition = rowset(
      [column(1, INT), column(0, INT, { isUniquifier: true, isNullable: false }), column(2, TEXT)],
      { indexId: 1 },
    )
    const first = encodeRow(definition, [1, null, 'a'])
    assert.equal(recordOf(first.encoder, first.length).variableBytes(0).length, 0)
    const second = encodeRow(definition, [1, 5, 'a'])
    assert.equal(recordOf(second.encoder, second.length).variableBytes(0).readInt32LE(), 5)
  })

  it('says which column cannot hold its value', () => {
    const definition = rowset([
      column(1, INT, { isNullable: false, name: 'Id' }),
      column(2, typeOf('nvarchar', 4), { name: 'Code' }),
    ])
    const refused = (values: SqlValue[]) => () => encodeRow(definition, values)
    assert.throws(refused([1, 'abc']), { code: 'INVALID_ARGUMENT', message: /^column Code: 'abc'/ })
    assert.throws(refused([null, 'a']), { message: 'column Id: it may not be NULL' })
    assert.throws(refused([2 ** 31, 'a']), { message: /^column Id: 2147483648 is no whole number/ })
  })
})

function encodeRow(definition: RowsetDefinition, values: readonly SqlValue[]) {
  const encoder = new RecordEncoder(leafShape(layOut(definition), definition))
  return { encoder, length: encoder.encode(values, undefined) }
}

function recordOf(encoder: RecordEncoder, length: number): FixedVarRecord {
  const page = singlePage(PAGE_TYPES.data, Buffer.from(encoder.bytes.subarray(0, length)))
  return new FixedVarRecord(page, page.slotOffset(0))
}

function readBack(definition: RowsetDefinition, values: readonly SqlValue[]): SqlValue[] {
  const { encoder, length } = encodeRow(definition, values)
  const decode = rowDecoder(
    { readPage: () => assert.fail('no value is elsewhere') },
    physicalColumns(definition).map((physical, index) => ({
      type: definition.columns[index]?.type ?? typeOf('varbinary', MAX_LENGTH),
      physical,
      valueWhenAbsent: () => null,
    })),
  )
  return decode(recordOf(encoder, length))
}
