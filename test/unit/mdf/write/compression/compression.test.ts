import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compressedDecoder } from '../../../../../src/mdf/compression/compressed-value.ts'
import { decodeScsu } from '../../../../../src/mdf/compression/scsu.ts'
import {
  Decimal,
  MAX_LENGTH,
  SqlDateTime,
  type SqlType,
  type SqlValue,
} from '../../../../../src/mdf/sql-type.ts'
import { decodeVarDecimal } from '../../../../../src/mdf/value/var-decimal.ts'
import { compressedEncoder } from '../../../../../src/mdf/write/compression/compressed-value-encoder.ts'
import { encodeScsu } from '../../../../../src/mdf/write/compression/scsu-encoder.ts'
import { encodeVarDecimal } from '../../../../../src/mdf/write/compression/var-decimal-encoder.ts'
import type {
  RowsetDefinition,
  RowToWrite,
} from '../../../../../src/mdf/write/rowset-definition.ts'
import type { StoredValue } from '../../../../../src/mdf/write/value/encoder.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import {
  BOOT_RECORD,
  column,
  dataFile,
  INT,
  readRows,
  rowset,
  storageWriter,
  TEXT,
  typeOf,
  WrittenFiles,
} from '../written-storage.ts'

const COMPRESSIONS = ['row', 'page'] as const
const LATIN = 0x3400d008

/** Writes the rows, reads them back; how many pages they took. */
async function pagesOf(definition: RowsetDefinition, rows: readonly RowToWrite[]): Promise<number> {
  await using scratch = await createScratchFolder()
  const definitions = [dataFile(scratch.path, 1)]
  const writer = storageWriter(definitions)
  const result = writer.writeRowset(definition, rows)
  await writer.finish({ bootRecord: BOOT_RECORD })
  using files = new WrittenFiles(definitions)
  const visible = rows.filter(({ isGhost }) => isGhost !== true).map(({ values }) => values)
  assert.deepEqual([...readRows(files, definition, result)], visible)
  return result.units[0]?.dataPages ?? 0
}

describe('compressed rowsets', () => {
  it('keep every type, NULLs and zeros', async () => {
    const types: [SqlType, StoredValue[]][] = [
      [typeOf('bit', 1), [true, false]],
      [typeOf('tinyint', 1), [0, 200]],
      [typeOf('smallint', 2), [0, -1, 32767, -32768]],
      [INT, [0, 1, -1, 127, 128, -128, -129, 2147483647, -2147483648]],
      [typeOf('bigint', 8), [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]],
      [
        typeOf('decimal', 17, { precision: 38, scale: 4 }),
        [0n, 5n, -1_234_567n, 10n ** 37n].map((n) => new Decimal(n, 4)),
      ],
      [typeOf('money', 8), [new Decimal(-5n, 4), new Decimal(0n, 4)]],
      [typeOf('real', 4), [0, 1.5]],
      [typeOf('float', 8), [0, -0.1]],
      [typeOf('datetime', 8), [new SqlDateTime(730_000, 100_000), new SqlDateTime(693_595, 0)]],
      [typeOf('smalldatetime', 4), [new SqlDateTime(730_000, 600_000_000)]],
      [
        typeOf('datetime2', 8, { scale: 7 }),
        [new SqlDateTime(730_000, 123), new SqlDateTime(0, 0)],
      ],
      [typeOf('uniqueidentifier', 16), ['6F9619FF-8B86-D011-B42D-00C04FC964FF']],
      [typeOf('char', 10, { collationId: LATIN }), ['ab        ', '          ']],
      [typeOf('nchar', 10), ['ab   ', '日本   ']],
      [typeOf('varchar', 50, { collationId: LATIN }), ['', 'été', 'a'.repeat(50)]],
      [TEXT, ['', 'abc', 'Grüße', 'Привет', '日本語', '😀 mixed Ж日']],
      [typeOf('binary', 4), [Uint8Array.of(1, 0, 0, 0), Uint8Array.of(0, 0, 0, 0)]],
      [typeOf('varbinary', MAX_LENGTH), [Uint8Array.of(1, 2), new Uint8Array(9000).fill(3)]],
      [typeOf('ntext', 16), ['text', '']],
    ]
    const most = Math.max(...types.map(([, values]) => values.length))
    const rows = Array.from({ length: most + 1 }, (_, row) => ({
      values: types.map(([, values]): SqlValue => values[row] ?? null),
    }))
    for (const compression of COMPRESSIONS) {
      const columns = types.map(([type], index) => column(index + 1, type))
      await pagesOf(rowset(columns, { compression }), rows)
    }
  })

  it('keep more columns than a cluster and a count of one byte have', async () => {
    for (const count of [30, 31, 61, 127, 128, 200]) {
      const columns = Array.from({ length: count }, (_, index) =>
        column(index + 1, index % 3 === 0 ? TEXT : INT),
      )
      const values = columns.map((_, index) =>
        index % 3 === 0 ? `text number ${index}` : index % 5 === 0 ? null : index,
      )
      for (const compression of COMPRESSIONS) {
        await pagesOf(rowset(columns, { compression }), [{ values }, { values }, { values }])
      }
    }
  })

  it('take less room, and trees over them lead to their rows', async () => {
    const columns = [column(1, INT, { isNullable: false }), column(2, TEXT), column(3, TEXT)]
    const rows = Array.from({ length: 20_000 }, (_, id) => ({
      values: [id, `Customer of the north ${id % 50}`, id % 4 === 0 ? null : 'Germany'],
      isGhost: id % 1000 === 7,
    }))
    for (const indexId of [0, 1]) {
      const pages: number[] = []
      for (const compression of ['none', 'row', 'page'] as const) {
        pages.push(await pagesOf(rowset(columns, { indexId, compression }), rows))
      }
      const [none = 0, row = 0, page = 0] = pages
      assert.ok(row < 0.7 * none, `${pages}`)
      assert.ok(page <= row, `${pages}`)
    }
  })

  it('push columns out of rows that are too long', async () => {
    const wide = typeOf('nvarchar', 8000)
    const columns = [column(1, INT), column(2, wide), column(3, wide), column(4, wide)]
    const text = '日本語'.repeat(1300)
    const rows = [{ values: [1, text, text, 'a'.repeat(4000)] }, { values: [2, null, text, 'b'] }]
    for (const compression of COMPRESSIONS) await pagesOf(rowset(columns, { compression }), rows)
  })

  it('refuse to forward', async () => {
    await using scratch = await createScratchFolder()
    const writer = storageWriter([dataFile(scratch.path, 1)])
    const definition = rowset([column(1, INT)], { compression: 'row' })
    assert.throws(() => writer.writeRowset(definition, [{ values: [1], isForwarded: true }]), {
      code: 'INVALID_ARGUMENT',
      message: 'a compressed row cannot be forwarded',
    })
    writer.abandon()
  })
})

describe('compressedEncoder', () => {
  it('writes integers with as few bytes as they need', () => {
    const encode = compressedEncoder(INT)
    const cases: [number, string][] = [
      [0, ''],
      [1, '81'],
      [-1, '7f'],
      [127, 'ff'],
      [128, '8080'],
      [-128, '00'],
      [-129, '7f7f'],
      [2147483647, 'ffffffff'],
    ]
    for (const [value, expected] of cases) {
      assert.equal(encode(value).toString('hex'), expected)
      assert.equal(compressedDecoder(INT)(encode(value)), value)
    }
  })
})

describe('encodeVarDecimal', () => {
  it('is read back for every count of digits', () => {
    for (let digits = 1; digits <= 38; digits++) {
      for (const unscaled of [10n ** BigInt(digits) - 1n, -(10n ** BigInt(digits - 1)), 7n]) {
        const value = new Decimal(unscaled, Math.min(digits, 6))
        assert.deepEqual(decodeVarDecimal(encodeVarDecimal(value), value.scale), value)
      }
    }
  })
})

describe('encodeScsu', () => {
  it('is read back, has an odd length and is shorter than UTF-16', () => {
    for (const text of ['abc', 'Grüße', 'Привет, мир', 'カタカナ', 'a\tb\r\n', 'éж é']) {
      const bytes = encodeScsu(text)
      assert.ok(bytes !== undefined)
      assert.equal(bytes.length % 2, 1)
      assert.ok(bytes.length < 2 * text.length)
      assert.equal(decodeScsu(bytes), text)
    }
    assert.equal(encodeScsu('日本'), undefined)
  })
})
