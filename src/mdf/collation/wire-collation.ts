import { collationLcid, collationName } from './collation.ts'

/*
 * A collation id (file header, boot page) and the five bytes of TDS ([MS-TDS] 2.2.5.1.2), which backups
 * carry as well, say the same with the bits in other places:
 *
 *   wire  bits 0-19 LCID, 20-27 flags, 28-31 version; then one byte sort id
 *   id    bits 0-6 locale, 7-16 style, 17-23 version, 24-31 sort id
 */
const WIRE_LCID_MASK = 0xf_ffff
const WIRE_FLAGS_SHIFT = 20
const WIRE_VERSION_SHIFT = 28
const ID_LOCALE_MASK = 0x7f
const ID_VERSION_SHIFT = 17
const ID_VERSION_MASK = 0x7f
const ID_SORT_SHIFT = 24

/** Flags: ignore case, accent, kana, width; BIN, BIN2, UTF-8. */
const STYLE_BITS = [
  { wire: 0x01, id: 0x1000 },
  { wire: 0x02, id: 0x2000 },
  { wire: 0x04, id: 0x4000 },
  { wire: 0x08, id: 0x8000 },
  { wire: 0x10, id: 0x1_0000 },
  { wire: 0x20, id: 0x800 },
  { wire: 0x40, id: 0x80 },
] as const

/** Version 140 has supplementary characters always; the wire does not say it of the others. */
const VERSION_140 = 3
const VERSION_140_STYLE = 0x300

/** A collation as TDS and backups carry it. */
export interface WireCollation {
  /** LCID, flags and version, an unsigned 32-bit number. */
  readonly bits: number
  readonly sortId: number
}

/** The wire form of a collation id. */
export function collationToWire(id: number): WireCollation {
  const flags = STYLE_BITS.filter((bit) => (id & bit.id) !== 0)
  const version = (id >>> ID_VERSION_SHIFT) & ID_VERSION_MASK
  const bits =
    collationLcid(id) |
    (flags.reduce((sum, bit) => sum | bit.wire, 0) << WIRE_FLAGS_SHIFT) |
    (version << WIRE_VERSION_SHIFT)
  return { bits: bits >>> 0, sortId: id >>> ID_SORT_SHIFT }
}

/** The id of a wire form; undefined when it names no known collation. */
export function collationFromWire({ bits, sortId }: WireCollation): number | undefined {
  const version = bits >>> WIRE_VERSION_SHIFT
  const style = STYLE_BITS.reduce(
    (sum, bit) => (((bits >>> WIRE_FLAGS_SHIFT) & bit.wire) === 0 ? sum : sum | bit.id),
    version === VERSION_140 ? VERSION_140_STYLE : 0,
  )
  const upper = (version << ID_VERSION_SHIFT) | style
  for (let locale = 0; locale <= ID_LOCALE_MASK; locale++) {
    const id = ((sortId << ID_SORT_SHIFT) | upper | locale) >>> 0
    if (collationLcid(locale) === (bits & WIRE_LCID_MASK) && collationName(id) !== undefined) {
      return id
    }
  }
  return undefined
}
