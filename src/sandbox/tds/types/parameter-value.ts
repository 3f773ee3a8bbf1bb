import { assertNever } from '../../../base/index.ts'
import type { SqlValue } from '../../../mdf/index.ts'
import { ByteReader } from '../byte-reader.ts'
import {
  invalidTypeLengthError,
  invalidValueLengthError,
  type ValuePosition,
} from '../protocol-error.ts'
import { decodeText, isCharacter, isUnicode } from './character-codec.ts'
import type { ParameterType } from './parameter-type.ts'
import { scalarCodec } from './scalar-codec.ts'
import { readVariant } from './variant-codec.ts'
import { NULL_LENGTH_16, PLP_NULL } from './wire-type.ts'

const NULL_LENGTH_32 = 0xffff_ffff
const MAX_DECIMAL_BYTES = 17
const BYTE_ORDER_MARK = '\ufeff'

/**
 * A value whose TYPE_INFO has been read: an RPC parameter's, or a cell's of a table-valued one.
 * @throws ProtocolError 4002 (too short), 8016 (a length the type cannot have), 8028 (half a character)
 */
export function readParameterValue(
  input: ByteReader,
  parameter: ParameterType,
  position: ValuePosition,
): SqlValue {
  const { type } = parameter
  const parse = (bytes: Buffer) => parseValue(bytes, parameter, position)
  switch (parameter.form) {
    case 'null':
      return null
    case 'fixed':
      return parse(input.bytes(type.maxLength))
    case 'length8': {
      const length = input.u8()
      return length === 0 ? null : parse(input.bytes(length))
    }
    case 'length16': {
      const length = input.u16()
      return length === NULL_LENGTH_16 ? null : parse(input.bytes(length))
    }
    case 'length32': {
      const length = input.u32()
      return length === NULL_LENGTH_32 ? null : parse(input.bytes(length))
    }
    case 'plp': {
      const bytes = readPlp(input)
      return bytes === null ? null : parse(bytes)
    }
    case 'variant':
      return readVariant(input)
    default:
      return assertNever(parameter.form)
  }
}

function parseValue(
  bytes: Buffer,
  { type, form, code }: ParameterType,
  position: ValuePosition,
): SqlValue {
  const scalar = scalarCodec(type)
  if (scalar !== undefined) {
    const isDecimal = type.name === 'decimal' || type.name === 'numeric'
    // Some clients send as few bytes of a decimal as its value needs.
    const fits = isDecimal ? bytes.length <= MAX_DECIMAL_BYTES : bytes.length === scalar.length
    if (!fits) throw invalidTypeLengthError(position, code)
    return scalar.read(new ByteReader(bytes))
  }
  if (form === 'length16' && bytes.length > type.maxLength) {
    throw invalidTypeLengthError(position, code)
  }
  if (!isCharacter(type)) return Uint8Array.from(bytes)
  if (isUnicode(type) && bytes.length % 2 !== 0) {
    throw invalidValueLengthError(position, type.name)
  }
  const text = decodeText(bytes, type)
  return type.name === 'xml' && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** The chunks of a PLP value joined; the total is not trusted. */
function readPlp(input: ByteReader): Buffer | null {
  if (input.u64() === PLP_NULL) return null
  const chunks: Buffer[] = []
  for (let length = input.u32(); length !== 0; length = input.u32()) {
    chunks.push(input.bytes(length))
  }
  return Buffer.concat(chunks)
}
