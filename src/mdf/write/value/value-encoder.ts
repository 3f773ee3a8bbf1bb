import type { SqlType, SqlTypeName } from '../../sql-type.ts'
import {
  binaryEncoder,
  bytesEncoder,
  rowversionEncoder,
  uniqueidentifierEncoder,
} from './binary-encoders.ts'
import { xmlEncoder } from './binary-xml-encoder.ts'
import {
  dateEncoder,
  datetime2Encoder,
  datetimeEncoder,
  datetimeoffsetEncoder,
  smalldatetimeEncoder,
  timeEncoder,
} from './date-time-encoders.ts'
import type { StoredValue, ValueEncoder } from './encoder.ts'
import {
  bigintEncoder,
  bitEncoder,
  decimalEncoder,
  floatEncoder,
  intEncoder,
  moneyEncoder,
  realEncoder,
  smallintEncoder,
  smallmoneyEncoder,
  tinyintEncoder,
} from './number-encoders.ts'
import { sqlVariantEncoder } from './sql-variant-encoder.ts'
import { codePageTextEncoder, fixedTextEncoder, unicodeEncoder } from './text-encoders.ts'

/** How each type is stored (format reference 6.1). */
const ENCODER_MAKERS: Readonly<Record<SqlTypeName, (type: SqlType) => ValueEncoder>> = {
  bit: bitEncoder,
  tinyint: tinyintEncoder,
  smallint: smallintEncoder,
  int: intEncoder,
  bigint: bigintEncoder,
  decimal: decimalEncoder,
  numeric: decimalEncoder,
  money: moneyEncoder,
  smallmoney: smallmoneyEncoder,
  real: realEncoder,
  float: floatEncoder,
  date: dateEncoder,
  time: timeEncoder,
  datetime2: datetime2Encoder,
  datetimeoffset: datetimeoffsetEncoder,
  datetime: datetimeEncoder,
  smalldatetime: smalldatetimeEncoder,
  char: fixedTextEncoder,
  varchar: codePageTextEncoder,
  text: codePageTextEncoder,
  nchar: fixedTextEncoder,
  nvarchar: unicodeEncoder,
  ntext: unicodeEncoder,
  binary: binaryEncoder,
  varbinary: bytesEncoder,
  image: bytesEncoder,
  uniqueidentifier: uniqueidentifierEncoder,
  timestamp: rowversionEncoder,
  sql_variant: () => sqlVariantEncoder(valueEncoder),
  xml: xmlEncoder,
  hierarchyid: bytesEncoder,
  geometry: bytesEncoder,
  geography: bytesEncoder,
}

/** The encoder of a type, the inverse of `valueDecoder`. */
export function valueEncoder(type: SqlType): ValueEncoder {
  return ENCODER_MAKERS[type.name](type)
}

/**
 * The bytes of one value; those of a large value all together, not a pointer to them.
 * @throws PlatformError INVALID_ARGUMENT when the type cannot hold it
 */
export function encodeValue(type: SqlType, value: StoredValue): Buffer {
  const encoder = valueEncoder(type)
  const bytes = Buffer.alloc(encoder.bound(value))
  return bytes.subarray(0, encoder.write(value, bytes, 0))
}
