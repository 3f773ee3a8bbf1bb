import type { SqlVariant } from '../sql-type.ts'
import type { SystemRow } from '../table/system-row.ts'
import { decodeSqlVariant } from '../value/sql-variant-value.ts'

// sysobjvalues, id 60: class u8 @4, object id @5, sub-id @9, number @13; variable 0 is a sql_variant,
// variable 1 the bytes of what fits in none (format reference 4.3).
const VALUE = 0

/** A value that SQL Server keeps of an entity, of a kind (`class`) of its own. */
export interface ObjectValue {
  readonly class: number
  readonly objectId: number
  readonly subId: number
  readonly number: number
  /** The sql_variant; null when there is none. Decoded when it is asked for. */
  value(): SqlVariant | null
}

export function readObjectValue(row: SystemRow): ObjectValue {
  return {
    class: row.uint8(4),
    objectId: row.int32(5),
    subId: row.int32(9),
    number: row.int32(13),
    value: () => {
      const bytes = row.variableBytes(VALUE)
      return bytes.length === 0 ? null : decodeSqlVariant(bytes, 0, bytes.length)
    },
  }
}
