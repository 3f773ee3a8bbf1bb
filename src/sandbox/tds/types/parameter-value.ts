import { assertNever } from '../../../base/index.ts'
import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { ByteReader } from '../byte-reader.ts'
import { invalidValueLengthError, streamEndedError } from '../protocol-error.ts'
import { decodeText, isCharacter, isUnicode } from './character-codec.ts'
import type { ParameterPosition, ParameterType } from './parameter-type.ts'
import { scalarCodec } from './scalar-codec.ts'
import { readVariant } from './variant-codec.ts'
import { NULL_LENGTH_16, PLP_NULL } from './wire-type.ts'

const NULL_LENGTH_32 = 0xffff_ffff
const MAX_DECIMAL_BYTES = 17
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The value of an RPC parameter, behind its TYPE_INFO.
 * @throws ProtocolError 4002 (too short), 8016 (a length the type cannot have)
 */
export function readParameterValue(
  input: ByteReader,
  { type, form }: ParameterType,
  position: ParameterPosition,
): SqlValue {
  switch (form) {
    case 'null':
      return null
    case 'fixed':
      return parseValue(input.bytes(type.maxLength), type, position)
    case 'length8': {
      const length = input.u8()
      return length === 0 ? null : parseValue(input.bytes(length), type, position)
    }
    case 'length16': {
      const length = input.u16()
      return length === NULL_LENGTH_16 ? null : parseValue(input.bytes(length), type, position)
    }
    case 'length32': {
      const length = input.u32()
      return length === NULL_LENGTH_32 ? null : parseValue(input.bytes(length), type, position)
    }
    case 'plp': {
      const bytes = readPlp(input)
      return bytes === null ? null : parseValue(bytes, type, position)
    }
    case 'variant':
      return readVariant(input)
    default:
      return assertNever(form)
  }
}

function parseValue(bytes: Buffer, type: SqlType, position: ParameterPosition): SqlValue {
  const scalar = scalarCodec(type)
  if (scalar !== undefined) {
    const isDecimal = type.name === 'decimal' || type.name === 'numeric'
    // Some clients send as few bytes of a decimal as its value needs.
    const fits = isDecimal ? bytes.length <= MAX_DECIMAL_BYTES : bytes.length === scalar.length
    if (!fits) throw invalidValueLengthError(position.ordinal, position.name)
    return scalar.read(new ByteReader(bytes))
  }
  if (!isCharacter(type)) return Uint8Array.from(bytes)
  if (isUnicode(type) && bytes.length % 2 !== 0) throw streamEndedError()
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
