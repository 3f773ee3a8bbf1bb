import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PhysicalColumn } from '../../../../../src/mdf/catalog/storage-rows.ts'
import { rowLayout } from '../../../../../src/mdf/key/row-layout.ts'
import { valueCheck } from '../../../../../src/mdf/verify/structure/value-check.ts'

const TYPES = {
  date: { systemTypeId: 40 },
  time7: { systemTypeId: 41, scale: 7 },
  datetime2: { systemTypeId: 42, scale: 0 },
  datetimeoffset: { systemTypeId: 43, scale: 0 },
  datetime: { systemTypeId: 61 },
  smalldatetime: { systemTypeId: 58 },
  decimal5: { systemTypeId: 106, precision: 5, scale: 2 },
  decimal38: { systemTypeId: 106, precision: 38, scale: 0 },
  float: { systemTypeId: 62 },
  nvarchar10: { systemTypeId: 231, length: 20, leafOffset: -1 },
  nvarcharMax: { systemTypeId: 231, length: 0, leafOffset: -1 },
} as const

const GOOD: readonly [type: keyof typeof TYPES, bytes: string][] = [
  ['date', 'dab937'],
  ['time7', 'ffbf692ac9'],
  ['datetime2', '7f5101dab937'],
  ['datetimeoffset', '7f5101dab9374803'],
  ['datetime', 'ff818b012efeffff'],
  ['smalldatetime', '9f05ffff'],
  ['decimal5', '019f860100'],
  ['decimal38', '01ffffffff3f228a097ac4865aa84c3b4b'],
  ['float', '000000000000f03f'],
  ['nvarchar10', '41'.repeat(20)],
  ['nvarcharMax', '4100'.repeat(100)],
]

const BAD: readonly [type: keyof typeof TYPES, bytes: string][] = [
  ['date', 'dbb937'],
  ['time7', '00c0692ac9'],
  ['datetime2', '805101dab937'],
  ['datetimeoffset', '7f5101dab9374903'],
  ['datetime', '00828b012efeffff'],
  ['datetime', '00000000457dd1ff'],
  ['smalldatetime', 'a005ffff'],
  ['decimal5', '01a0860100'],
  ['decimal5', '0200000000'],
  ['decimal38', '010000000040228a097ac4865aa84c3b4b'],
  ['float', '000000000000f07f'],
  ['nvarchar10', '41'.repeat(19)],
  ['nvarchar10', '41'.repeat(22)],
]

describe('valueCheck', () => {
  for (const [type, bytes] of GOOD) {
    it(`takes ${bytes.slice(0, 40)} for a value of ${type}`, () => {
      assert.equal(check(type, bytes), undefined)
    })
  }
  for (const [type, bytes] of BAD) {
    it(`says what is wrong with ${bytes.slice(0, 40)} as a value of ${type}`, () => {
      assert.match(check(type, bytes) ?? '', /./)
    })
  }
})

function check(name: keyof typeof TYPES, text: string): string | undefined {
  const column: PhysicalColumn = { ...COLUMN, ...TYPES[name] }
  const [cell] = rowLayout([column], 'leaf')
  assert.ok(cell)
  const bytes = Buffer.from(text, 'hex')
  return valueCheck(cell)?.(bytes, 0, bytes.length)
}

const COLUMN: PhysicalColumn = {
  rowsetId: 1n,
  columnId: 1,
  storageColumnId: 1,
  systemTypeId: 56,
  leafOffset: 4,
  nullBit: 1,
  bitPosition: 0,
  isDropped: false,
  isSparse: false,
  isUniquifier: false,
  keyOrdinal: 0,
  isDescending: false,
  internalOffset: 0,
  internalNullBit: 0,
  internalBitPosition: 0,
  length: 0,
  precision: 0,
  scale: 0,
  collationId: 0,
}
