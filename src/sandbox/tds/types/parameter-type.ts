import { MAX_LENGTH, type SqlType } from '../../../mdf/index.ts'
import type { ByteReader } from '../byte-reader.ts'
import { invalidTypeLengthError, unknownTypeError, type ValuePosition } from '../protocol-error.ts'
import { DEFAULT_COLLATION_ID, readCollation } from './collation.ts'
import { binaryType, characterType, decimalType, FIXED_TYPES, timeType } from './facets.ts'
import { MAX_LENGTH_MARK, WIRE_TYPES } from './wire-type.ts'

/** How a parameter's value follows its TYPE_INFO. */
export type ValueForm = 'null' | 'fixed' | 'length8' | 'length16' | 'length32' | 'plp' | 'variant'

/** A parameter's TYPE_INFO. */
export interface ParameterType extends TypeForm {
  /** Its first byte. */
  readonly code: number
}

interface TypeForm {
  readonly type: SqlType
  readonly form: ValueForm
}

/** Bytes at most of a type whose values have a length of two bytes. */
const MAX_SHORT_BYTES = 8000

const FIXED_FORMS = new Map<number, SqlType>([
  [WIRE_TYPES.tinyint, FIXED_TYPES.tinyint],
  [WIRE_TYPES.bit, FIXED_TYPES.bit],
  [WIRE_TYPES.smallint, FIXED_TYPES.smallint],
  [WIRE_TYPES.int, FIXED_TYPES.int],
  [WIRE_TYPES.bigint, FIXED_TYPES.bigint],
  [WIRE_TYPES.real, FIXED_TYPES.real],
  [WIRE_TYPES.float, FIXED_TYPES.float],
  [WIRE_TYPES.money, FIXED_TYPES.money],
  [WIRE_TYPES.smallmoney, FIXED_TYPES.smallmoney],
  [WIRE_TYPES.datetime, FIXED_TYPES.datetime],
  [WIRE_TYPES.smalldatetime, FIXED_TYPES.smalldatetime],
])

/** The N types: one type byte for several sizes. */
const SIZED_FORMS = new Map<number, Readonly<Record<number, SqlType>>>([
  [
    WIRE_TYPES.intN,
    {
      1: FIXED_TYPES.tinyint,
      2: FIXED_TYPES.smallint,
      4: FIXED_TYPES.int,
      8: FIXED_TYPES.bigint,
    },
  ],
  [WIRE_TYPES.bitN, { 1: FIXED_TYPES.bit }],
  [WIRE_TYPES.floatN, { 4: FIXED_TYPES.real, 8: FIXED_TYPES.float }],
  [WIRE_TYPES.moneyN, { 4: FIXED_TYPES.smallmoney, 8: FIXED_TYPES.money }],
  [WIRE_TYPES.datetimeN, { 4: FIXED_TYPES.smalldatetime, 8: FIXED_TYPES.datetime }],
  [WIRE_TYPES.uniqueidentifier, { 16: FIXED_TYPES.uniqueidentifier }],
])

/**
 * TYPE_INFO of an RPC parameter or of a column that a client sends, [MS-TDS] 2.2.5.6.
 * @throws ProtocolError 8009 (unknown type byte), 8016 (impossible length)
 */
export function readParameterType(input: ByteReader, position: ValuePosition): ParameterType {
  const code = input.u8()
  const fixed = FIXED_FORMS.get(code)
  if (fixed !== undefined) return { type: fixed, form: 'fixed', code }
  const sizes = SIZED_FORMS.get(code)
  if (sizes !== undefined) {
    return { type: known(sizes[input.u8()], code, position), form: 'length8', code }
  }
  const found =
    readExactType(input, code, position) ?? readShortType(input, code) ?? readLargeType(input, code)
  if (found === undefined) throw unknownTypeError(position, code)
  const { form, type } = found
  if (form === 'length16' && (type.maxLength > MAX_SHORT_BYTES || hasHalfCharacter(type))) {
    throw invalidTypeLengthError(position, code)
  }
  return { ...found, code }
}

function hasHalfCharacter({ name, maxLength }: SqlType): boolean {
  return name.startsWith('n') && maxLength % 2 !== 0
}

function readExactType(
  input: ByteReader,
  code: number,
  position: ValuePosition,
): TypeForm | undefined {
  switch (code) {
    case WIRE_TYPES.decimal:
    case WIRE_TYPES.legacyDecimal:
    case WIRE_TYPES.numeric:
    case WIRE_TYPES.legacyNumeric: {
      input.u8() // longest length: follows from the precision
      const precision = input.u8()
      const scale = input.u8()
      const isPossible = precision >= 1 && precision <= 38 && scale <= precision
      const name =
        code === WIRE_TYPES.decimal || code === WIRE_TYPES.legacyDecimal ? 'decimal' : 'numeric'
      const type = isPossible ? decimalType(name, precision, scale) : undefined
      return { type: known(type, code, position), form: 'length8' }
    }
    case WIRE_TYPES.date:
      return { type: FIXED_TYPES.date, form: 'length8' }
    case WIRE_TYPES.time:
      return { type: readTimeType(input, 'time', position), form: 'length8' }
    case WIRE_TYPES.datetime2:
      return { type: readTimeType(input, 'datetime2', position), form: 'length8' }
    case WIRE_TYPES.datetimeoffset:
      return { type: readTimeType(input, 'datetimeoffset', position), form: 'length8' }
    default:
      return undefined
  }
}

function readTimeType(
  input: ByteReader,
  name: 'time' | 'datetime2' | 'datetimeoffset',
  position: ValuePosition,
): SqlType {
  const scale = input.u8()
  return known(scale <= 7 ? timeType(name, scale) : undefined, WIRE_TYPES[name], position)
}

function readShortType(input: ByteReader, code: number): TypeForm | undefined {
  switch (code) {
    // These are older than collations.
    case WIRE_TYPES.legacyChar:
      return { type: characterType('char', input.u8(), DEFAULT_COLLATION_ID), form: 'length8' }
    case WIRE_TYPES.legacyVarchar:
      return { type: characterType('varchar', input.u8(), DEFAULT_COLLATION_ID), form: 'length8' }
    case WIRE_TYPES.legacyBinary:
      return { type: binaryType('binary', input.u8()), form: 'length8' }
    case WIRE_TYPES.legacyVarbinary:
      return { type: binaryType('varbinary', input.u8()), form: 'length8' }
    case WIRE_TYPES.char:
      return { type: characterType('char', input.u16(), readCollation(input)), form: 'length16' }
    case WIRE_TYPES.nchar:
      return { type: characterType('nchar', input.u16(), readCollation(input)), form: 'length16' }
    case WIRE_TYPES.binary:
      return { type: binaryType('binary', input.u16()), form: 'length16' }
    case WIRE_TYPES.varchar:
      return maxOrShort(input, (length) => characterType('varchar', length, readCollation(input)))
    case WIRE_TYPES.nvarchar:
      return maxOrShort(input, (length) => characterType('nvarchar', length, readCollation(input)))
    case WIRE_TYPES.varbinary:
      return maxOrShort(input, (length) => binaryType('varbinary', length))
    default:
      return undefined
  }
}

function maxOrShort(input: ByteReader, typeOf: (length: number) => SqlType): TypeForm {
  const length = input.u16()
  if (length === MAX_LENGTH_MARK) return { type: typeOf(MAX_LENGTH), form: 'plp' }
  return { type: typeOf(length), form: 'length16' }
}

function readLargeType(input: ByteReader, code: number): TypeForm | undefined {
  switch (code) {
    case WIRE_TYPES.null:
      return { type: FIXED_TYPES.int, form: 'null' }
    case WIRE_TYPES.text:
      input.u32()
      return { type: characterType('text', 16, readCollation(input)), form: 'length32' }
    case WIRE_TYPES.ntext:
      input.u32()
      return { type: characterType('ntext', 16, readCollation(input)), form: 'length32' }
    case WIRE_TYPES.image:
      input.u32()
      return { type: FIXED_TYPES.image, form: 'length32' }
    case WIRE_TYPES.variant:
      input.u32()
      return { type: FIXED_TYPES.sql_variant, form: 'variant' }
    case WIRE_TYPES.xml:
      if (input.u8() !== 0) skipSchemaCollection(input)
      return { type: FIXED_TYPES.xml, form: 'plp' }
    case WIRE_TYPES.udt:
      return { type: readUdtType(input), form: 'plp' }
    default:
      return undefined
  }
}

function skipSchemaCollection(input: ByteReader): void {
  input.bVarchar()
  input.bVarchar()
  input.usVarchar()
}

/** Database, schema, type name; a type that is not SQL Server's own arrives as its bytes. */
function readUdtType(input: ByteReader): SqlType {
  input.bVarchar()
  input.bVarchar()
  const name = input.bVarchar().toLowerCase()
  if (name === 'hierarchyid' || name === 'geometry' || name === 'geography') {
    return FIXED_TYPES[name]
  }
  return binaryType('varbinary', MAX_LENGTH)
}

function known(type: SqlType | undefined, code: number, position: ValuePosition): SqlType {
  if (type !== undefined) return type
  throw invalidTypeLengthError(position, code)
}
