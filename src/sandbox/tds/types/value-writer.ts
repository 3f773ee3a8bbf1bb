import { MAX_LENGTH, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { encodeText, isUnicode } from './character-codec.ts'
import { type ScalarCodec, scalarCodec, toBytes, toText } from './scalar-codec.ts'
import { writeVariant } from './variant-codec.ts'
import { NULL_LENGTH_16, PLP_NULL } from './wire-type.ts'

/** Writes one value of a column, NULL included, as ROW and RETURNVALUE carry it. */
export type ValueWriter = (out: ByteWriter, value: SqlValue) => void

/** The writer for values of `type`, made once per column. */
export function valueWriter(type: SqlType): ValueWriter {
  const scalar = scalarCodec(type)
  if (scalar !== undefined) return scalarWriter(scalar)
  switch (type.name) {
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'xml':
      return type.maxLength === MAX_LENGTH ? plpWriter(textBytes(type)) : shortTextWriter(type)
    case 'text':
    case 'ntext':
      return textPointerWriter(textBytes(type))
    case 'image':
      return textPointerWriter(toBytes)
    case 'hierarchyid':
    case 'geometry':
    case 'geography':
      return plpWriter(toBytes)
    case 'sql_variant':
      return writeVariant
    default:
      return type.maxLength === MAX_LENGTH ? plpWriter(toBytes) : writeShortBinary
  }
}

function scalarWriter(codec: ScalarCodec): ValueWriter {
  return (out, value) => {
    if (value === null) return out.u8(0)
    out.u8(codec.length)
    codec.write(out, value)
  }
}

function shortTextWriter(type: SqlType): ValueWriter {
  if (isUnicode(type)) return writeShortUnicode
  return (out, value) => {
    if (value === null) return out.u16(NULL_LENGTH_16)
    const bytes = encodeText(toText(value), type)
    out.u16(bytes.length)
    out.bytes(bytes)
  }
}

function writeShortUnicode(out: ByteWriter, value: SqlValue): void {
  if (value === null) {
    out.u16(NULL_LENGTH_16)
    return
  }
  const text = toText(value)
  out.u16(text.length * 2)
  out.ucs2(text)
}

function writeShortBinary(out: ByteWriter, value: SqlValue): void {
  if (value === null) {
    out.u16(NULL_LENGTH_16)
    return
  }
  const bytes = toBytes(value)
  out.u16(bytes.length)
  out.bytes(bytes)
}

function textBytes(type: SqlType): (value: SqlValue) => Uint8Array {
  return (value) => encodeText(toText(value), type)
}

/** Partially length-prefixed: total (8), then chunks with their lengths (4), then 0, [MS-TDS] 2.2.5.2.3. */
function plpWriter(bytesOf: (value: SqlValue) => Uint8Array): ValueWriter {
  return (out, value) => {
    if (value === null) return out.u64(PLP_NULL)
    const bytes = bytesOf(value)
    out.u64(BigInt(bytes.length))
    if (bytes.length > 0) {
      out.u32(bytes.length)
      out.bytes(bytes)
    }
    out.u32(0)
  }
}

/** SQL Server itself sends made-up pointers and timestamps since 2005. */
const TEXT_POINTER = Buffer.from('dummy textptr\0\0\0', 'latin1')
const TEXT_TIMESTAMP = Buffer.from('dummyTS\0', 'latin1')

/** text, ntext and image: pointer with its length, timestamp (8), length (4), bytes. */
function textPointerWriter(bytesOf: (value: SqlValue) => Uint8Array): ValueWriter {
  return (out, value) => {
    if (value === null) return out.u8(0)
    const bytes = bytesOf(value)
    out.u8(TEXT_POINTER.length)
    out.bytes(TEXT_POINTER)
    out.bytes(TEXT_TIMESTAMP)
    out.u32(bytes.length)
    out.bytes(bytes)
  }
}
