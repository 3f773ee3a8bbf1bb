import { type SqlValue, SqlVariant } from '../../../mdf/index.ts'
import { BIGINT, INT, nvarcharType, varbinaryType } from '../values/index.ts'

/** A property's value as the sql_variant that the property functions return. */
export function asVariant(value: SqlValue | undefined, collationId: number): SqlValue {
  if (value === undefined || value === null || value instanceof SqlVariant) return value ?? null
  switch (typeof value) {
    case 'number':
      return new SqlVariant(INT, value)
    case 'boolean':
      return new SqlVariant(INT, value ? 1 : 0)
    case 'bigint':
      return new SqlVariant(BIGINT, value)
    case 'string':
      return new SqlVariant(nvarcharType(256, collationId), value)
    default:
      return value instanceof Uint8Array ? new SqlVariant(varbinaryType(128), value) : null
  }
}
