import { MAX_LENGTH } from '../sql-type.ts'
import type { SystemRow } from '../table/system-row.ts'
import { sqlTypeOf } from '../value/system-type.ts'
import type { CatalogColumn, Identity } from './catalog-entries.ts'

// syscolpars, id 41 (format reference 4.3).
/** Bits of its status. */
export const COLUMN_STATUS = {
  notNull: 0x1,
  ansiPadded: 0x2,
  identity: 0x4,
  rowGuid: 0x8,
  computed: 0x10,
  filestream: 0x20,
  persisted: 0x40,
  deterministic: 0x80,
  output: 0x200,
  xmlDocument: 0x800,
  hidden: 0x2000,
  identityNotForReplication: 0x10000,
  sparse: 0x1000000,
  columnSet: 0x2000000,
  rowStart: 0x10000000,
  rowEnd: 0x20000000,
} as const
const NAME = 0
const IDENTITY_VALUES = 1

/** A row of syscolpars: a column when `number` is 0, otherwise a parameter. */
export function readColumn(row: SystemRow): {
  readonly number: number
  readonly column: CatalogColumn
} {
  const status = row.int32(27)
  const has = (bit: number) => (status & bit) !== 0
  const systemTypeId = row.uint8(14)
  const userTypeId = row.int32(15)
  const column: CatalogColumn = {
    objectId: row.int32(4),
    columnId: row.int32(10),
    name: row.text(NAME),
    systemTypeId,
    userTypeId,
    type: readType(row, { systemTypeId, userTypeId, start: 19 }),
    isNullable: !has(COLUMN_STATUS.notNull),
    isAnsiPadded: has(COLUMN_STATUS.ansiPadded),
    isRowGuid: has(COLUMN_STATUS.rowGuid),
    isComputed: has(COLUMN_STATUS.computed),
    isPersisted: has(COLUMN_STATUS.computed) && has(COLUMN_STATUS.persisted),
    isFilestream: has(COLUMN_STATUS.filestream),
    isSparse: has(COLUMN_STATUS.sparse),
    isColumnSet: has(COLUMN_STATUS.columnSet),
    identity: has(COLUMN_STATUS.identity)
      ? readIdentity(row.variableBytes(IDENTITY_VALUES))
      : undefined,
    isIdentityNotForReplication: has(COLUMN_STATUS.identityNotForReplication),
    generatedAlways: generatedAlwaysOf(status),
    isHidden: has(COLUMN_STATUS.hidden),
    isOutput: has(COLUMN_STATUS.output),
    defaultObjectId: row.int32(37),
    ruleObjectId: row.int32(41),
    xmlCollectionId: row.int32(33),
    isXmlDocument: has(COLUMN_STATUS.xmlDocument),
  }
  return { number: row.int16(8), column }
}

function generatedAlwaysOf(status: number): CatalogColumn['generatedAlways'] {
  if ((status & COLUMN_STATUS.rowStart) !== 0) return 'ROW START'
  return (status & COLUMN_STATUS.rowEnd) !== 0 ? 'ROW END' : undefined
}

/** Length i16, precision u8, scale u8, collation id u32 from `start`. */
export function readType(
  row: SystemRow,
  { systemTypeId, userTypeId, start }: { systemTypeId: number; userTypeId: number; start: number },
) {
  const type = sqlTypeOf({
    systemTypeId,
    userTypeId,
    length: row.int16(start),
    precision: row.uint8(start + 2),
    scale: row.uint8(start + 3),
    collationId: row.uint32(start + 4),
  })
  return (
    type ?? { name: 'varbinary', maxLength: MAX_LENGTH, precision: 0, scale: 0, collationId: 0 }
  )
}

/** Last value, increment and seed, each as wide as the column, and a flag: 1 before the first row. */
function readIdentity(bytes: Buffer): Identity | undefined {
  const width = (bytes.length - 1) / 3
  if (!Number.isInteger(width) || width < 1) return undefined
  const value = (index: number) => readSigned(bytes.subarray(index * width, (index + 1) * width))
  const isUnused = bytes.readUInt8(bytes.length - 1) === 1
  return { lastValue: isUnused ? null : value(0), increment: value(1), seed: value(2) }
}

/** Integers of any width; decimals (a sign byte, then the magnitude) have an odd width above 1. */
function readSigned(bytes: Buffer): bigint {
  const isDecimal = bytes.length > 1 && bytes.length % 2 === 1
  const magnitude = isDecimal ? bytes.subarray(1) : bytes
  let value = 0n
  for (let index = magnitude.length - 1; index >= 0; index--) {
    value = (value << 8n) | BigInt(magnitude.readUInt8(index))
  }
  if (isDecimal) return bytes.readUInt8(0) === 0 ? -value : value
  // tinyint, the one type of a single byte, has no sign.
  return bytes.length === 1 ? value : BigInt.asIntN(8 * bytes.length, value)
}
