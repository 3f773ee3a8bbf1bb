import { type Decimal, type SqlDateTime, TICKS_PER_SECOND } from '../sql-type.ts'
import type { ByteCursor } from './byte-cursor.ts'
import { codePageDecoder } from './code-page.ts'
import { readDate, readDateTime2, readDateTimeOffset } from './date-time-value.ts'
import { malformedValue } from './malformed-value.ts'
import { timeSize } from './system-type.ts'
import { readDecimal, readUniqueIdentifier } from './value-decoder.ts'

/**
 * The text of an atomic value of binary XML ([MS-BINXML] 2.3); undefined when the token is none.
 * The cursor is behind the token.
 */
export function readAtomicValue(token: number, cursor: ByteCursor): string | undefined {
  return ATOMIC_READERS[token]?.(cursor)
}

type AtomicReader = (cursor: ByteCursor) => string

const unicodeText: AtomicReader = (cursor) => cursor.text()
const ATOMIC_READERS: Readonly<Record<number, AtomicReader>> = {
  1: (cursor) => String(cursor.bytes.readInt16LE(cursor.take(2))),
  2: (cursor) => String(cursor.bytes.readInt32LE(cursor.take(4))),
  3: (cursor) => floatText(shortestSingle(cursor.bytes.readFloatLE(cursor.take(4)))),
  4: (cursor) => floatText(cursor.bytes.readDoubleLE(cursor.take(8))),
  5: (cursor) => moneyText(cursor.bytes.readBigInt64LE(cursor.take(8))),
  6: (cursor) => (cursor.u8() === 0 ? '0' : '1'),
  7: (cursor) => String(cursor.u8()),
  8: (cursor) => String(cursor.bytes.readBigInt64LE(cursor.take(8))),
  9: (cursor) => readUniqueIdentifier(cursor.bytes, cursor.take(16)),
  10: (cursor) => decimalText(cursor),
  11: (cursor) => decimalText(cursor),
  12: (cursor) => binaryText(cursor, 'base64'),
  13: (cursor) => codePageText(cursor),
  14: unicodeText,
  15: (cursor) => binaryText(cursor, 'base64'),
  16: (cursor) => codePageText(cursor),
  17: unicodeText,
  18: (cursor) => dateTimeText(cursor),
  19: (cursor) => smallDateTimeText(cursor),
  20: (cursor) => moneyText(BigInt(cursor.bytes.readInt32LE(cursor.take(4)))),
  22: (cursor) => codePageText(cursor),
  23: (cursor) => binaryText(cursor, 'base64'),
  24: unicodeText,
  27: (cursor) => binaryText(cursor, 'base64'),
  122: (cursor) => offsetText(cursor, 'time'),
  123: (cursor) => offsetText(cursor, 'dateTime'),
  124: (cursor) => offsetText(cursor, 'date'),
  125: (cursor) => localText(cursor, 'time'),
  126: (cursor) => localText(cursor, 'dateTime'),
  127: (cursor) => dateText(readDate(cursor.bytes, cursor.take(3)).days),
  129: (cursor) => `${xsdTime(xsdNumber(cursor)).text}Z`,
  130: (cursor) => xsdDateTime(xsdNumber(cursor)),
  131: (cursor) => xsdDate(xsdNumber(cursor)),
  132: (cursor) => binaryText(cursor, 'hex').toUpperCase(),
  133: (cursor) => binaryText(cursor, 'base64'),
  134: (cursor) => (cursor.u8() === 0 ? 'false' : 'true'),
  135: (cursor) => decimalText(cursor),
  136: (cursor) => String(cursor.bytes.readInt8(cursor.take(1))),
  137: (cursor) => String(cursor.bytes.readUInt16LE(cursor.take(2))),
  138: (cursor) => String(cursor.bytes.readUInt32LE(cursor.take(4))),
  139: (cursor) => String(cursor.bytes.readBigUInt64LE(cursor.take(8))),
}

/** xs:double's lexical form: an exponent with E, INF for infinity. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value < 0 ? '-INF' : 'INF'
  return value.toExponential().toUpperCase().replace('E+', 'E')
}

/** The double with the fewest digits that is the same single-precision number. */
function shortestSingle(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const shortened = Number(value.toPrecision(digits))
    if (Math.fround(shortened) === value) return shortened
  }
  return value
}

function moneyText(unscaled: bigint): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(5, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}

/** Length, precision, scale, sign, magnitude. */
function decimalText(cursor: ByteCursor): string {
  const length = cursor.multiByte()
  if (length < 3) throw malformedValue('a decimal in XML is too short')
  const start = cursor.take(length)
  const scale = cursor.bytes.readUInt8(start + 1)
  if (scale > 38) throw malformedValue(`a decimal in XML has the scale ${scale}`)
  const value: Decimal = readDecimal(cursor.bytes, { start: start + 2, end: start + length, scale })
  return canonicalDecimal(value.toString())
}

/** xs:decimal is written without zeros at its end. */
function canonicalDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function binaryText(cursor: ByteCursor, encoding: 'base64' | 'hex'): string {
  const length = cursor.multiByte()
  const start = cursor.take(length)
  return cursor.bytes.toString(encoding, start, start + length)
}

/** Length, code page u32, text. */
function codePageText(cursor: ByteCursor): string {
  const length = cursor.multiByte()
  const start = cursor.take(length)
  if (length < 4) throw malformedValue('a text in XML has no code page')
  const decode = codePageDecoder(cursor.bytes.readUInt32LE(start))
  return decode(cursor.bytes, start + 4, start + length)
}

function dateTimeText(cursor: ByteCursor): string {
  const start = cursor.take(8)
  const days = cursor.bytes.readInt32LE(start)
  const milliseconds = Math.round((cursor.bytes.readUInt32LE(start + 4) * 10) / 3)
  return isoText(Date.UTC(1900, 0, 1 + days) + milliseconds)
}

function smallDateTimeText(cursor: ByteCursor): string {
  const start = cursor.take(4)
  const days = cursor.bytes.readUInt16LE(start)
  return isoText(Date.UTC(1900, 0, 1 + days, 0, cursor.bytes.readUInt16LE(start + 2)))
}

function isoText(milliseconds: number): string {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) throw malformedValue('a date in XML is out of range')
  return date.toISOString().replace(/(?:\.000)?Z$/, '')
}

type Shape = 'time' | 'date' | 'dateTime'

/** Since SQL Server 2008: scale u8, time, date u24 in UTC, offset i16 in minutes. */
function offsetText(cursor: ByteCursor, shape: Shape): string {
  const scale = readScale(cursor)
  const value = readDateTimeOffset(cursor.bytes, cursor.take(timeSize(scale) + 5), scale)
  return `${shapeText(value, shape)}${zoneText(value.offsetMinutes)}`
}

/** Since SQL Server 2008: scale u8, time, date u24, without a time zone. */
function localText(cursor: ByteCursor, shape: Shape): string {
  const scale = readScale(cursor)
  return shapeText(readDateTime2(cursor.bytes, cursor.take(timeSize(scale) + 3), scale), shape)
}

function readScale(cursor: ByteCursor): number {
  const scale = cursor.u8()
  if (scale > 7) throw malformedValue(`a time in XML has the scale ${scale}`)
  return scale
}

function shapeText(value: SqlDateTime, shape: Shape): string {
  if (shape === 'date') return dateText(value.days)
  const time = ticksText(value.ticks)
  return shape === 'time' ? time : `${dateText(value.days)}T${time}`
}

function dateText(days: number): string {
  return new Date(Date.UTC(1970, 0, 1 + days - 719_162)).toISOString().slice(0, 10)
}

function ticksText(ticks: number): string {
  const seconds = Math.floor(ticks / TICKS_PER_SECOND)
  const fraction = (ticks % TICKS_PER_SECOND).toString().padStart(7, '0').replace(/0+$/, '')
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${clock.map(twoDigits).join(':')}${fraction === '' ? '' : `.${fraction}`}`
}

function zoneText(minutes: number): string {
  if (minutes === 0) return 'Z'
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
}

// SQL Server 2005 packs xs:time, xs:dateTime and xs:date into one number of mixed radix.

/** The number without its two indicator bits. */
function xsdNumber(cursor: ByteCursor): number {
  const packed = cursor.bytes.readBigInt64LE(cursor.take(8))
  if (packed < 0n) throw malformedValue('a date in XML is negative')
  return Number(packed / 4n)
}

function xsdTime(packed: number): { readonly text: string; readonly rest: number } {
  const seconds = Math.floor(packed / 1000)
  const ticks = (packed % 1000) * 10_000 + (seconds % 86_400) * TICKS_PER_SECOND
  return { text: ticksText(ticks), rest: Math.floor(seconds / 86_400) }
}

function xsdDateTime(packed: number): string {
  const { text, rest } = xsdTime(packed)
  return `${xsdDayText(rest)}T${text}Z`
}

function xsdDate(packed: number): string {
  const minutesInZoneRange = 29 * 60
  const zone = (packed % minutesInZoneRange) - 14 * 60
  return `${xsdDayText(Math.floor(packed / minutesInZoneRange))}${zoneText(zone)}`
}

/** Days of 31-day months, months, years from -9999. */
function xsdDayText(days: number): string {
  const months = Math.floor(days / 31)
  const year = Math.floor(months / 12) - 9999
  if (Math.abs(year) > 9999) throw malformedValue('a date in XML is out of range')
  const yearText = `${year < 0 ? '-' : ''}${Math.abs(year).toString().padStart(4, '0')}`
  return `${yearText}-${twoDigits((months % 12) + 1)}-${twoDigits((days % 31) + 1)}`
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0')
}
