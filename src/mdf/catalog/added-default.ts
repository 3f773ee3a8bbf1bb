import type { SqlType, SqlValue } from '../sql-type.ts'
import type { SystemRow } from '../table/system-row.ts'
import { decodeSqlVariant } from '../value/sql-variant-value.ts'
import { fixedSizeOf } from '../value/system-type.ts'
import { valueDecoder } from '../value/value-decoder.ts'

// sysseobjvalues, id 9: class u8 @4, id i64 @5, sub-id i64 @13, number i32 @21; variable 0 is a
// sql_variant, variable 1 the bytes of a value that fits in none (format reference 4.3). Class 1 holds
// the defaults of added columns, under rowset and storage column.
const ADDED_DEFAULT = 1
const VARIANT = 0
const BYTES = 1

/** The default that a column had when it was added, for the rows that were there already. */
export interface AddedDefault {
  readonly rowsetId: bigint
  readonly storageColumnId: number
  read(type: SqlType): SqlValue
}

/** The added columns' defaults among the rows of sysseobjvalues. */
export function readAddedDefaults(rows: Iterable<SystemRow>): AddedDefault[] {
  const defaults: AddedDefault[] = []
  for (const row of rows) {
    if (row.uint8(4) !== ADDED_DEFAULT || row.int32(21) !== 0) continue
    defaults.push({
      rowsetId: row.int64(5),
      storageColumnId: Number(row.int64(13)),
      read: (type) => readValue(row, type),
    })
  }
  return defaults
}

function readValue(row: SystemRow, type: SqlType): SqlValue {
  const variant = row.variableBytes(VARIANT)
  if (variant.length > 0) return padded(decodeSqlVariant(variant, 0, variant.length).value, type)
  const bytes = row.variableBytes(BYTES)
  return bytes.length === 0 ? null : valueDecoder(type)(bytes, 0, bytes.length)
}

/** A sql_variant holds characters and binaries as long as they are, a column as long as declared. */
function padded(value: SqlValue, type: SqlType): SqlValue {
  const size = fixedSizeOf(type)
  if (size === undefined) return value
  if (type.name === 'char' && typeof value === 'string') return value.padEnd(size, ' ')
  if (type.name === 'nchar' && typeof value === 'string') return value.padEnd(size / 2, ' ')
  if (type.name !== 'binary' || !(value instanceof Uint8Array)) return value
  const bytes = new Uint8Array(size)
  bytes.set(value.subarray(0, size))
  return bytes
}
