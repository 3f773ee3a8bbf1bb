import type { ByteReader } from '../byte-reader.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { collationCodePage, collationLcid } from './mdf-collation.ts'

/*
 * A collation id (file header, boot page) and the five bytes of TDS ([MS-TDS] 2.2.5.1.2) say the same
 * with the bits in other places:
 *
 *   id    bits  0-11 locale (a number of SQL Server's own), 12-19 flags, 20-23 version, 24-31 sort id
 *   wire  bits  0-19 LCID, 20-27 flags, 28-31 version; then one byte sort id
 */
const FLAG_MASK = 0xff
const VERSION_MASK = 0xf
const LOCALE_MASK = 0xfff
const UTF8_FLAG = 0x40

/** Collation of bytes that name none: SQL_Latin1_General_CP1_CI_AS. */
export const DEFAULT_COLLATION_ID = 0x3400_d008

export function writeCollation(out: ByteWriter, id: number): void {
  const known = id === 0 ? DEFAULT_COLLATION_ID : id
  const flags = (known >>> 12) & FLAG_MASK
  const version = (known >>> 20) & VERSION_MASK
  out.u32((collationLcid(known) | (flags << 20) | (version << 28)) >>> 0)
  out.u8(known >>> 24)
}

/** A locale that SQL Server has no collation for becomes the default collation. */
export function readCollation(input: ByteReader): number {
  const bits = input.u32()
  const sortId = input.u8()
  const locale = localeNumbers().get(bits & 0xf_ffff)
  if (locale === undefined) return DEFAULT_COLLATION_ID
  const flags = (bits >>> 20) & FLAG_MASK
  const version = bits >>> 28
  return (((sortId << 24) | (version << 20) | (flags << 12)) >>> 0) + locale
}

/** char and varchar of this collation hold UTF-8. */
export function isUtf8Collation(id: number): boolean {
  return ((id >>> 12) & UTF8_FLAG) !== 0
}

/** Code page of char, varchar and text of a collation. */
export function codePageOfCollation(id: number): number {
  return collationCodePage(id === 0 ? DEFAULT_COLLATION_ID : id)
}

let localeNumberByLcid: Map<number, number> | undefined

function localeNumbers(): Map<number, number> {
  localeNumberByLcid ??= readLocaleNumbers()
  return localeNumberByLcid
}

function readLocaleNumbers(): Map<number, number> {
  const numbers = new Map<number, number>()
  for (let locale = 0; locale <= LOCALE_MASK; locale++) {
    const lcid = collationLcid(locale)
    if (lcid !== 0 && !numbers.has(lcid)) numbers.set(lcid, locale)
  }
  return numbers
}
