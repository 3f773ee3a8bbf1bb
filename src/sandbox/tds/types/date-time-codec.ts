import { DAYS_TO_1900, SqlDateTime, TICKS_PER_DAY } from '../../../mdf/index.ts'
import type { ByteReader } from '../byte-reader.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { timeBytes } from './facets.ts'

const TICKS_PER_MINUTE = 600_000_000
/** Units of datetime: 1/300 s. */
const DATETIME_UNITS_PER_DAY = 86_400 * 300
const MINUTES_PER_DAY = 1440

/** datetime: days since 1900 (4, signed), 1/300 s since midnight (4). */
export function writeDatetime(out: ByteWriter, value: SqlDateTime): void {
  const units = Math.round((value.ticks * 3) / 100_000)
  const carry = units >= DATETIME_UNITS_PER_DAY ? 1 : 0
  out.i32(value.days - DAYS_TO_1900 + carry)
  out.u32(units - carry * DATETIME_UNITS_PER_DAY)
}

export function readDatetime(input: ByteReader): SqlDateTime {
  const days = input.i32() + DAYS_TO_1900
  return new SqlDateTime(days, Math.round((input.u32() * 100_000) / 3))
}

/** smalldatetime: days since 1900 (2), minutes since midnight (2). */
export function writeSmalldatetime(out: ByteWriter, value: SqlDateTime): void {
  const minutes = Math.round(value.ticks / TICKS_PER_MINUTE)
  const carry = minutes >= MINUTES_PER_DAY ? 1 : 0
  out.u16(value.days - DAYS_TO_1900 + carry)
  out.u16(minutes - carry * MINUTES_PER_DAY)
}

export function readSmalldatetime(input: ByteReader): SqlDateTime {
  const days = input.u16() + DAYS_TO_1900
  return new SqlDateTime(days, input.u16() * TICKS_PER_MINUTE)
}

/** date: days since 0001-01-01 (3). */
export function writeDate(out: ByteWriter, value: SqlDateTime): void {
  out.uint(value.days, 3)
}

export function readDate(input: ByteReader): SqlDateTime {
  return new SqlDateTime(input.uint(3), 0)
}

/** time(n): units of 10^-n s since midnight (3 to 5). */
export function writeTime(out: ByteWriter, value: SqlDateTime, scale: number): void {
  out.uint(Math.floor(value.ticks / 10 ** (7 - scale)), timeBytes(scale))
}

export function readTime(input: ByteReader, scale: number): SqlDateTime {
  return new SqlDateTime(0, readTicks(input, scale))
}

/** datetime2(n): time, then date. */
export function writeDatetime2(out: ByteWriter, value: SqlDateTime, scale: number): void {
  writeTime(out, value, scale)
  writeDate(out, value)
}

export function readDatetime2(input: ByteReader, scale: number): SqlDateTime {
  const ticks = readTicks(input, scale)
  return new SqlDateTime(input.uint(3), ticks)
}

/** datetimeoffset(n): time and date in UTC, then minutes east of UTC (2, signed). */
export function writeDatetimeoffset(out: ByteWriter, value: SqlDateTime, scale: number): void {
  const utc = shifted(value.days, value.ticks - value.offsetMinutes * TICKS_PER_MINUTE)
  writeDatetime2(out, new SqlDateTime(utc.days, utc.ticks), scale)
  out.i16(value.offsetMinutes)
}

export function readDatetimeoffset(input: ByteReader, scale: number): SqlDateTime {
  const utc = readDatetime2(input, scale)
  const offsetMinutes = input.i16()
  const local = shifted(utc.days, utc.ticks + offsetMinutes * TICKS_PER_MINUTE)
  return new SqlDateTime(local.days, local.ticks, offsetMinutes)
}

function readTicks(input: ByteReader, scale: number): number {
  return input.uint(timeBytes(scale)) * 10 ** (7 - scale)
}

function shifted(days: number, ticks: number): { days: number; ticks: number } {
  const carry = Math.floor(ticks / TICKS_PER_DAY)
  return { days: days + carry, ticks: ticks - carry * TICKS_PER_DAY }
}

/** The text SQL Server makes of a date or time for clients too old for the type. */
export function formatDateTime(
  value: SqlDateTime,
  type: { readonly name: string; readonly scale: number },
): string {
  if (type.name === 'date') return formatDate(value.days)
  const time = formatTime(value.ticks, type.scale)
  if (type.name === 'time') return time
  const local = `${formatDate(value.days)} ${time}`
  return type.name === 'datetimeoffset' ? `${local} ${formatOffset(value.offsetMinutes)}` : local
}

const MS_PER_DAY = 86_400_000
/** 0001-01-01 in JavaScript's milliseconds since 1970. */
const YEAR_1_MS = Date.UTC(1900, 0, 1) - DAYS_TO_1900 * MS_PER_DAY

function formatDate(days: number): string {
  return new Date(YEAR_1_MS + days * MS_PER_DAY).toISOString().slice(0, 10)
}

function formatTime(ticks: number, scale: number): string {
  const seconds = Math.floor(ticks / 10_000_000)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const text = clock.map((part) => String(part).padStart(2, '0')).join(':')
  if (scale === 0) return text
  const fraction = String(ticks % 10_000_000).padStart(7, '0')
  return `${text}.${fraction.slice(0, scale)}`
}

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes)
  const hours = String(Math.floor(size / 60)).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`
}
