import {
  MAX_LENGTH,
  SqlDateTime,
  type SqlType,
  type SqlValue,
  SqlVariant,
} from '../../../mdf/index.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { isUtf8Collation } from './collation.ts'
import { formatDateTime } from './date-time-codec.ts'
import { binaryType, characterType, FIXED_TYPES } from './facets.ts'
import { type ValueWriter, valueWriter } from './value-writer.ts'

const TDS_7_2 = 0x72
const TDS_7_3 = 0x73
const MAX_NVARCHAR_BYTES = 8000

/** How a column goes to a client: the type it is told, and the writer of its values. */
export interface WireColumn {
  readonly type: SqlType
  readonly write: ValueWriter
}

/**
 * The column as the client's TDS version can have it. Clients older than 7.3 get the date and time
 * types as nvarchar, those older than 7.2 the (max) types, xml and CLR types as text, ntext or image;
 * char and varchar in UTF-8 become nvarchar where the client did not say that it takes UTF-8.
 */
export function wireColumn(type: SqlType, protocol: Protocol): WireColumn {
  if (type.name === 'sql_variant') return variantColumn(protocol)
  if (protocol.level < TDS_7_3 && isNewDateTime(type)) return formattedColumn(type)
  const lowered = largeObject(withoutUtf8(type, protocol), protocol)
  return { type: lowered, write: valueWriter(lowered) }
}

function isNewDateTime({ name }: SqlType): boolean {
  return name === 'date' || name === 'time' || name === 'datetime2' || name === 'datetimeoffset'
}

function formattedColumn(type: SqlType): WireColumn {
  const text = formattedType(type)
  const write = valueWriter(text)
  return { type: text, write: (out, value) => write(out, formatted(value, type)) }
}

/** As many characters as the type's values have: its precision, in sys.columns' terms. */
function formattedType(type: SqlType): SqlType {
  return characterType('nvarchar', type.precision * 2, 0)
}

function formatted(value: SqlValue, type: SqlType): SqlValue {
  return value instanceof SqlDateTime ? formatDateTime(value, type) : value
}

function variantColumn(protocol: Protocol): WireColumn {
  const type = FIXED_TYPES.sql_variant
  const write = valueWriter(type)
  return {
    type,
    write: (out: ByteWriter, value) => write(out, loweredVariant(value, protocol)),
  }
}

function loweredVariant(value: SqlValue, protocol: Protocol): SqlValue {
  if (!(value instanceof SqlVariant)) return value
  if (protocol.level < TDS_7_3 && isNewDateTime(value.type) && value.value instanceof SqlDateTime) {
    return new SqlVariant(formattedType(value.type), formatDateTime(value.value, value.type))
  }
  return new SqlVariant(withoutUtf8(value.type, protocol), value.value)
}

function withoutUtf8(type: SqlType, protocol: Protocol): SqlType {
  if (protocol.utf8 || !isUtf8Collation(type.collationId)) return type
  if (type.name === 'text') return { ...type, name: 'ntext' }
  if (type.name !== 'char' && type.name !== 'varchar') return type
  const bytes = type.maxLength * 2
  const fits = type.maxLength !== MAX_LENGTH && bytes <= MAX_NVARCHAR_BYTES
  return { ...type, name: 'nvarchar', maxLength: fits ? bytes : MAX_LENGTH }
}

function largeObject(type: SqlType, protocol: Protocol): SqlType {
  if (protocol.level >= TDS_7_2) return type
  if (type.name === 'hierarchyid') return binaryType('varbinary', type.maxLength)
  if (type.maxLength !== MAX_LENGTH) return type
  if (type.name === 'varchar') return characterType('text', 16, type.collationId)
  if (type.name === 'nvarchar' || type.name === 'xml') {
    return characterType('ntext', 16, type.collationId)
  }
  return FIXED_TYPES.image
}
