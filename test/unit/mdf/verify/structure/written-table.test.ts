import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MAX_LENGTH, SqlDateTime, type SqlValue } from '../../../../../src/mdf/index.ts'
import type {
  RowAddress,
  RowsetDefinition,
  RowToWrite,
} from '../../../../../src/mdf/write/rowset-definition.ts'
import { rowAddressBytes } from '../../../../../src/mdf/write/storage/index.ts'
import { column, INT, rowset, TEXT, typeOf } from '../../write/written-storage.ts'
import { verifyWritten } from './written-table.ts'

const ROWS = 2_500
const COLUMNS = [
  column(1, INT, { isNullable: false, name: 'Id' }),
  column(2, TEXT, { name: 'Name' }),
  column(3, typeOf('varbinary', MAX_LENGTH), { name: 'Photo' }),
  column(4, typeOf('datetime2', 8, { precision: 27, scale: 7 }), { name: 'Since' }),
  column(5, typeOf('char', 20, { collationId: 0xd008 }), { name: 'Kind' }),
  column(6, typeOf('bigint', 8), { name: 'Number' }),
  column(7, typeOf('bit', 1), { name: 'IsActive' }),
  column(8, typeOf('varchar', 8000, { collationId: 0xd008 }), { name: 'Note' }),
]
const ADDRESS = column(3, typeOf('binary', 8), { isNullable: false })
const ID = column(3, INT, { isNullable: false })
const KEY = [
  { column: 0, isDescending: false },
  { column: 2, isDescending: false },
]

describe('verifyStructures of tables that StorageWriter has written', () => {
  for (const compression of ['none', 'row', 'page'] as const) {
    for (const kind of ['heap', 'clustered'] as const) {
      it(`finds nothing wrong: ${kind}, compression ${compression}`, async () => {
        const { problems, rowsChecked } = await verifyTable({ kind, compression })
        assert.deepEqual(problems, [])
        assert.equal(rowsChecked, ROWS)
      })

      it(`finds a row that the index leaves out: ${kind}, compression ${compression}`, async () => {
        const { errors } = await verifyTable({ kind, compression, omit: 1234 })
        assert.deepEqual(
          errors.map((error) => [error.kind, error.object?.indexName]),
          [['index-row', 'IX']],
        )
      })
    }
  }

  it('knows which rows a filtered index has', async () => {
    const filter = '([Name] IS NOT NULL AND [IsActive]=(1))'
    const clean = await verifyTable({ kind: 'clustered', filter, has: isActiveWithName })
    assert.deepEqual(clean.problems, [])
    const omitted = await verifyTable({
      kind: 'clustered',
      filter,
      has: isActiveWithName,
      omit: 12,
    })
    assert.equal(omitted.errors.length, 1)
  })

  it('says so when it does not understand a filter', async () => {
    const { problems } = await verifyTable({
      kind: 'clustered',
      filter: "([Name]>N'x')",
      has: (id) => id === 3,
    })
    assert.deepEqual(
      problems.map(({ kind, severity }) => `${severity} ${kind}`),
      ['warning not-checked'],
    )
  })

  it('finds rows that are ghosts nothing to complain of', async () => {
    const rows: RowToWrite[] = Array.from({ length: 100 }, (_, id) => ({
      values: valuesOf(id),
      isGhost: id % 3 === 0,
    }))
    const table = rowset(COLUMNS, { indexId: 1 })
    const { errors, rowsChecked } = await verifyWritten({ table, rows })
    assert.deepEqual(errors, [])
    assert.equal(rowsChecked, 66)
  })

  it('tells of a missing file once, and reads on in the other', async () => {
    const rows = Array.from({ length: ROWS }, (_, id) => ({ values: valuesOf(id).with(2, null) }))
    const table = rowset(COLUMNS, { indexId: 0 })
    const { errors, rowsChecked } = await verifyWritten({ table, rows, lacksSecondFile: true })
    assert.deepEqual(
      errors.map(({ kind }) => kind).filter((kind) => kind !== 'lob'),
      ['file'],
    )
    assert.ok(rowsChecked > 0 && rowsChecked < ROWS)
  })

  it('tells rows with equal keys apart by their uniquifier', async () => {
    const columns = [column(0, INT, { isUniquifier: true }), ...COLUMNS]
    const key = [
      { column: 6, isDescending: false },
      { column: 0, isDescending: false },
    ]
    const table = rowset(columns, { indexId: 1, key, isUnique: false })
    const rows = Array.from({ length: 300 }, (_, id) => ({
      values: [id % 3, ...valuesOf(id).with(5, BigInt(Math.floor(id / 3)))],
    }))
    assert.deepEqual((await verifyWritten({ table, rows })).problems, [])
    const repeated = rows.map(({ values }, id) => ({
      values: id === 7 ? values.with(0, 0) : values,
    }))
    const { errors } = await verifyWritten({ table, rows: repeated })
    assert.deepEqual(
      errors.map(({ kind, message }) => [kind, message]),
      [['index-order', 'its key is that of the row before it, and no two may be equal']],
    )
  })
})

function isActiveWithName(id: number): boolean {
  return id % 2 === 0 && id % 5 !== 0
}

interface TableOptions {
  readonly kind: 'heap' | 'clustered'
  readonly compression?: NonNullable<RowsetDefinition['compression']>
  readonly filter?: string
  /** The rows that the index has. */
  has?(id: number): boolean
  /** A row that the index should have and does not. */
  readonly omit?: number
}

function verifyTable({ kind, compression = 'none', filter, has, omit }: TableOptions) {
  const isHeap = kind === 'heap'
  const ids = Array.from({ length: ROWS }, (_, id) => id)
    .filter((id) => id !== omit && (has?.(id) ?? true))
    .sort(byNameAndId)
  const indexRow = (id: number, addresses: readonly RowAddress[]): SqlValue[] => {
    const values = valuesOf(id)
    const address = addresses[id]
    const locator = isHeap && address !== undefined ? rowAddressBytes(address) : id
    return [values[1] ?? null, values[5] ?? null, locator, values[7] ?? null]
  }
  return verifyWritten({
    table: rowset(COLUMNS, { indexId: isHeap ? 0 : 1, compression }),
    rows: tableRows(isHeap && compression === 'none'),
    index: {
      columns: [column(1, TEXT), column(2, INT_64), isHeap ? ADDRESS : ID, column(4, NOTE)],
      key: KEY,
      columnIds: [
        [1, 2],
        [2, 6],
        [4, 8],
      ],
      ...(filter === undefined ? {} : { filter }),
      rows: (addresses) => ids.map((id) => ({ values: indexRow(id, addresses) })),
    },
  })
}

const INT_64 = typeOf('bigint', 8)
const NOTE = typeOf('varchar', 8000, { collationId: 0xd008 })

function* tableRows(hasForwarded: boolean): Generator<RowToWrite> {
  for (let id = 0; id < ROWS; id++) {
    yield { values: valuesOf(id), isForwarded: hasForwarded && id % 50 === 7 }
  }
}

function valuesOf(id: number): SqlValue[] {
  return [
    id,
    id % 5 === 0 ? null : `row ${id}`,
    id % 3 === 0 ? null : Buffer.alloc(id % 100 === 1 ? 40_000 : 20, id & 0xff),
    new SqlDateTime(700_000 + (id % 1000), 12_345_678),
    `kind ${id % 7}`.padEnd(20),
    BigInt(id) * 3_000_000_000n,
    id % 2 === 0,
    id % 200 === 3 ? 'n'.repeat(6_000) : `note ${id}`,
  ]
}

/** NULL comes first. */
function byNameAndId(left: number, right: number): number {
  const [a, b] = [nameOf(left), nameOf(right)]
  if (a === b) return left - right
  return a < b ? -1 : 1
}

function nameOf(id: number): string {
  return id % 5 === 0 ? '' : `row ${id}`
}
