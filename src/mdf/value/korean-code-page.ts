import type { TextDecode } from './code-page.ts'

// Code page 949: EUC-KR with the 8,822 Hangul syllables that KS X 1001 lacks, in the order of Unicode,
// on the byte pairs before and between its own. The runtime's decoder knows EUC-KR alone.
const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const FIRST_LEAD = 0x81
const LAST_EXTENDED_LEAD = 0xc6
const FIRST_EUC_BYTE = 0xa1
const LAST_BYTE = 0xfe
const REPLACEMENT = 0xfffd
/** Letters of the second bytes of added syllables; behind them 0x81 and up. */
const TRAIL_LETTERS = [
  [0x41, 0x5a],
  [0x61, 0x7a],
] as const
/** Signs that Windows has added to EUC-KR. */
const ADDED_SIGNS = [
  [0xa2e6, 0x20ac],
  [0xa2e7, 0x00ae],
] as const

/** The decoder of code page 949. */
export function koreanDecoder(): TextDecode {
  let table: Uint16Array | undefined
  return (bytes, start, end) => {
    table ??= koreanTable()
    let text = ''
    for (let index = start; index < end; index++) {
      const byte = bytes[index] ?? 0
      const pair = (byte << 8) | (index + 1 < end ? (bytes[index + 1] ?? 0) : 0)
      const unit = byte < FIRST_LEAD ? byte : (table[pair] ?? 0)
      if (byte >= FIRST_LEAD && unit !== 0) index++
      text += String.fromCharCode(unit === 0 && byte !== 0 ? REPLACEMENT : unit)
    }
    return text
  }
}

/** The UTF-16 unit of each pair of bytes, 0 for none. */
function koreanTable(): Uint16Array {
  const table = new Uint16Array(0x1_0000)
  const decoder = new TextDecoder('euc-kr')
  const known = new Set<number>()
  for (let lead = FIRST_EUC_BYTE; lead <= LAST_BYTE; lead++) {
    for (let trail = FIRST_EUC_BYTE; trail <= LAST_BYTE; trail++) {
      const unit = decoder.decode(Uint8Array.of(lead, trail)).charCodeAt(0)
      if (unit === REPLACEMENT) continue
      table[(lead << 8) | trail] = unit
      known.add(unit)
    }
  }
  for (const [pair, unit] of ADDED_SIGNS) table[pair] = unit
  let syllable = FIRST_SYLLABLE
  for (const pair of addedPairs()) {
    while (known.has(syllable)) syllable++
    if (syllable > LAST_SYLLABLE) break
    table[pair] = syllable++
  }
  return table
}

function* addedPairs(): Generator<number> {
  for (let lead = FIRST_LEAD; lead <= LAST_EXTENDED_LEAD; lead++) {
    const lastTrail = lead < FIRST_EUC_BYTE ? LAST_BYTE : FIRST_EUC_BYTE - 1
    for (const [first, last] of [...TRAIL_LETTERS, [0x81, lastTrail] as const]) {
      for (let trail = first; trail <= last; trail++) yield (lead << 8) | trail
    }
  }
}
