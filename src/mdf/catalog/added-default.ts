import type { SqlType, SqlValue } from '../sql-type.ts'
import type { SystemRow } from '../table/system-row.ts'
import { decodeSqlVariant } from '../value/sql-variant-value.ts'
import { valueDecoder } from '../value/value-decoder.ts'

// sysseobjvalues, id 9: class u8 @4, id i64 @5, sub-id i64 @13; variable 0 is a sql_variant, variable 1
// the bytes of a value that fits in none (format reference 4.3).
const VARIANT = 0
const BYTES = 1

/** The default that a column had when it was added, for the rows that were there already. */
export interface AddedDefault {
  readonly rowsetId: bigint
  readonly subId: number
  read(type: SqlType): SqlValue
}

export function readAddedDefault(row: SystemRow): AddedDefault {
  return {
    rowsetId: row.int64(5),
    subId: Number(row.int64(13)),
    read: (type) => readValue(row, type),
  }
}

function readValue(row: SystemRow, type: SqlType): SqlValue {
  const variant = row.variableBytes(VARIANT)
  if (variant.length > 0) return decodeSqlVariant(variant, 0, variant.length).value
  const bytes = row.variableBytes(BYTES)
  return bytes.length === 0 ? null : valueDecoder(type)(bytes, 0, bytes.length)
}
