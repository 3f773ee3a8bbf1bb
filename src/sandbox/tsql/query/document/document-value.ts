import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import {
  convert,
  isBinaryType,
  isClrType,
  isDateTimeType,
  nvarcharType,
} from '../../values/index.ts'

const ISO_8601_STYLE = 126

/** A value as FOR XML and FOR JSON print it: dates in ISO 8601, binary data in Base64. */
export function documentText(value: Exclude<SqlValue, null>, type: SqlType): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array && (isBinaryType(type) || isClrType(type))) {
    return Buffer.from(value).toString('base64')
  }
  const options = isDateTimeType(type)
    ? { explicit: true, style: ISO_8601_STYLE }
    : { explicit: true }
  return `${convert(value, type, nvarcharType(-1, type.collationId), options)}`
}
