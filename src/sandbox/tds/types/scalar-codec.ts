import { PlatformError } from '../../../base/index.ts'
import { Decimal, SqlDateTime, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import type { ByteReader } from '../byte-reader.ts'
import type { ByteWriter } from '../byte-writer.ts'
import * as dates from './date-time-codec.ts'
import * as decimals from './decimal-codec.ts'
import { magnitudeBytes } from './facets.ts'
import { readGuid, writeGuid } from './guid-codec.ts'

/** How a type of at most 17 bytes is written behind its length byte. */
export interface ScalarCodec {
  /** Bytes of a value. */
  readonly length: number
  write(out: ByteWriter, value: SqlValue): void
  /** `input` holds the value and nothing else. */
  read(input: ByteReader): SqlValue
}

/** The codec of a numeric, date, time or uniqueidentifier type; undefined for the other types. */
export function scalarCodec(type: SqlType): ScalarCodec | undefined {
  return numberCodec(type) ?? exactCodec(type) ?? dateTimeCodec(type)
}

function numberCodec(type: SqlType): ScalarCodec | undefined {
  switch (type.name) {
    case 'bit':
      return codec(
        1,
        (out, value) => out.u8(toBoolean(value) ? 1 : 0),
        (input) => input.u8() !== 0,
      )
    case 'tinyint':
      return codec(
        1,
        (out, value) => out.u8(toNumber(value)),
        (input) => input.u8(),
      )
    case 'smallint':
      return codec(
        2,
        (out, value) => out.i16(toNumber(value)),
        (input) => input.i16(),
      )
    case 'int':
      return codec(
        4,
        (out, value) => out.i32(toNumber(value)),
        (input) => input.i32(),
      )
    case 'bigint':
      return codec(
        8,
        (out, value) => out.i64(toBigInt(value)),
        (input) => input.i64(),
      )
    case 'real':
      return codec(
        4,
        (out, value) => out.f32(toNumber(value)),
        (input) => input.f32(),
      )
    case 'float':
      return codec(
        8,
        (out, value) => out.f64(toNumber(value)),
        (input) => input.f64(),
      )
    case 'uniqueidentifier':
      return codec(16, (out, value) => writeGuid(out, toText(value)), readGuid)
    default:
      return undefined
  }
}

function exactCodec(type: SqlType): ScalarCodec | undefined {
  switch (type.name) {
    case 'decimal':
    case 'numeric': {
      const length = magnitudeBytes(type.precision) + 1
      return codec(
        length,
        (out, value) => decimals.writeDecimal(out, toDecimal(value), type),
        (input) => decimals.readDecimal(input, type.scale),
      )
    }
    case 'money':
      return codec(
        8,
        (out, value) => decimals.writeMoney(out, toDecimal(value)),
        decimals.readMoney,
      )
    case 'smallmoney':
      return codec(
        4,
        (out, value) => decimals.writeSmallmoney(out, toDecimal(value)),
        decimals.readSmallmoney,
      )
    default:
      return undefined
  }
}

function dateTimeCodec(type: SqlType): ScalarCodec | undefined {
  const { scale, maxLength } = type
  switch (type.name) {
    case 'date':
      return codec(3, (out, value) => dates.writeDate(out, toDateTime(value)), dates.readDate)
    case 'datetime':
      return codec(
        8,
        (out, value) => dates.writeDatetime(out, toDateTime(value)),
        dates.readDatetime,
      )
    case 'smalldatetime':
      return codec(
        4,
        (out, value) => dates.writeSmalldatetime(out, toDateTime(value)),
        dates.readSmalldatetime,
      )
    case 'time':
      return codec(
        maxLength,
        (out, value) => dates.writeTime(out, toDateTime(value), scale),
        (input) => dates.readTime(input, scale),
      )
    case 'datetime2':
      return codec(
        maxLength,
        (out, value) => dates.writeDatetime2(out, toDateTime(value), scale),
        (input) => dates.readDatetime2(input, scale),
      )
    case 'datetimeoffset':
      return codec(
        maxLength,
        (out, value) => dates.writeDatetimeoffset(out, toDateTime(value), scale),
        (input) => dates.readDatetimeoffset(input, scale),
      )
    default:
      return undefined
  }
}

function codec(
  length: number,
  write: (out: ByteWriter, value: SqlValue) => void,
  read: (input: ByteReader) => SqlValue,
): ScalarCodec {
  return { length, write, read }
}

function toBoolean(value: SqlValue): boolean {
  if (typeof value === 'boolean') return value
  throw wrongValue('boolean', value)
}

function toNumber(value: SqlValue): number {
  if (typeof value === 'number') return value
  throw wrongValue('number', value)
}

function toBigInt(value: SqlValue): bigint {
  if (typeof value === 'bigint') return value
  throw wrongValue('bigint', value)
}

function toDecimal(value: SqlValue): Decimal {
  if (value instanceof Decimal) return value
  throw wrongValue('Decimal', value)
}

function toDateTime(value: SqlValue): SqlDateTime {
  if (value instanceof SqlDateTime) return value
  throw wrongValue('SqlDateTime', value)
}

/** The value of a character type. */
export function toText(value: SqlValue): string {
  if (typeof value === 'string') return value
  throw wrongValue('string', value)
}

/** The value of a binary type. */
export function toBytes(value: SqlValue): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw wrongValue('Uint8Array', value)
}

/** The engine put a value into a column that its type does not allow: our own fault. */
export function wrongValue(expected: string, value: SqlValue): PlatformError {
  const found = typeof value === 'object' ? (value?.constructor.name ?? 'null') : typeof value
  return new PlatformError('INTERNAL', `a result column needs a ${expected}, not a ${found}`)
}
