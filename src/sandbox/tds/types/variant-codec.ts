import { PlatformError } from '../../../base/index.ts'
import { type SqlType, type SqlTypeName, type SqlValue, SqlVariant } from '../../../mdf/index.ts'
import { ByteReader } from '../byte-reader.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { packetError } from '../protocol-error.ts'
import { decodeText, encodeText } from './character-codec.ts'
import { readCollation, writeCollation } from './collation.ts'
import { binaryType, characterType, decimalType, FIXED_TYPES, timeType } from './facets.ts'
import { scalarCodec, toBytes, toText, wrongValue } from './scalar-codec.ts'
import { WIRE_TYPES } from './wire-type.ts'

/*
 * sql_variant, [MS-TDS] 2.2.5.5.4: length of all that follows (4; 0 is NULL), base type (1), length of
 * its properties (1), properties, value. Properties: none for fixed types; scale of time, datetime2 and
 * datetimeoffset; precision and scale of decimals; longest length of binary types; collation and
 * longest length of character types.
 */
const BASE_TYPES = [
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'real',
  'float',
  'money',
  'smallmoney',
  'datetime',
  'smalldatetime',
  'date',
  'uniqueidentifier',
  'time',
  'datetime2',
  'datetimeoffset',
  'decimal',
  'numeric',
  'binary',
  'varbinary',
  'char',
  'varchar',
  'nchar',
  'nvarchar',
] as const satisfies readonly (SqlTypeName & keyof typeof WIRE_TYPES)[]

type BaseType = (typeof BASE_TYPES)[number]

const BASE_TYPE_BY_CODE = new Map<number, BaseType>(
  BASE_TYPES.map((name) => [WIRE_TYPES[name], name]),
)

export function writeVariant(out: ByteWriter, value: SqlValue): void {
  if (value === null) {
    out.u32(0)
    return
  }
  if (!(value instanceof SqlVariant)) throw wrongValue('SqlVariant', value)
  const name = BASE_TYPES.find((candidate) => candidate === value.type.name)
  if (name === undefined) {
    throw new PlatformError('INTERNAL', `a sql_variant cannot hold ${value.type.name}`)
  }
  out.withLength32(() => {
    out.u8(WIRE_TYPES[name])
    writeProperties(out, name, value.type)
    writeContent(out, value)
  })
}

function writeProperties(out: ByteWriter, name: BaseType, type: SqlType): void {
  switch (name) {
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      out.u8(1)
      out.u8(type.scale)
      break
    case 'decimal':
    case 'numeric':
      out.u8(2)
      out.u8(type.precision)
      out.u8(type.scale)
      break
    case 'binary':
    case 'varbinary':
      out.u8(2)
      out.u16(type.maxLength)
      break
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      out.u8(7)
      writeCollation(out, type.collationId)
      out.u16(type.maxLength)
      break
    default:
      out.u8(0)
  }
}

function writeContent(out: ByteWriter, { type, value }: SqlVariant): void {
  const scalar = scalarCodec(type)
  if (scalar !== undefined) {
    scalar.write(out, value)
    return
  }
  if (type.name === 'binary' || type.name === 'varbinary') {
    out.bytes(toBytes(value))
    return
  }
  out.bytes(encodeText(toText(value), type))
}

export function readVariant(input: ByteReader): SqlVariant | null {
  const length = input.u32()
  if (length === 0) return null
  const body = new ByteReader(input.bytes(length))
  const code = body.u8()
  const name = BASE_TYPE_BY_CODE.get(code)
  if (name === undefined) throw packetError(`A sql_variant of type 0x${code.toString(16)}.`)
  const propertyBytes = body.bytes(body.u8())
  const type = readProperties(name, new ByteReader(propertyBytes))
  const scalar = scalarCodec(type)
  const value = scalar === undefined ? readContent(body, type) : scalar.read(body)
  return value === null || value instanceof SqlVariant ? null : new SqlVariant(type, value)
}

function readProperties(name: BaseType, properties: ByteReader): SqlType {
  switch (name) {
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return timeType(name, Math.min(properties.u8(), 7))
    case 'decimal':
    case 'numeric':
      return decimalType(name, properties.u8(), properties.u8())
    case 'binary':
    case 'varbinary':
      return binaryType(name, properties.u16())
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar': {
      const collationId = readCollation(properties)
      return characterType(name, properties.u16(), collationId)
    }
    default:
      return FIXED_TYPES[name]
  }
}

function readContent(body: ByteReader, type: SqlType): SqlValue {
  const bytes = body.bytes(body.remaining)
  if (type.name === 'binary' || type.name === 'varbinary') return Uint8Array.from(bytes)
  return decodeText(bytes, type)
}
