import type { Decimal } from '../../sql-type.ts'

const POSITIVE = 0x80
const EXPONENT_BIAS = 64
const BITS_PER_GROUP = 10
const DIGITS_PER_GROUP = 3

/**
 * A decimal as compressed rows have it (format reference 7.3): sign and biased exponent of the first
 * digit, then groups of ten bits with three digits each; no bytes for 0.
 */
export function encodeVarDecimal({ unscaled, scale }: Decimal): Buffer {
  if (unscaled === 0n) return Buffer.alloc(0)
  const all = (unscaled < 0n ? -unscaled : unscaled).toString()
  const digits = all.replace(/0+$/, '')
  const groups = Math.ceil(digits.length / DIGITS_PER_GROUP)
  const padded = digits.padEnd(groups * DIGITS_PER_GROUP, '0')
  const size = Math.ceil((groups * BITS_PER_GROUP) / 8)
  let bits = 0n
  for (let group = 0; group < groups; group++) {
    const start = group * DIGITS_PER_GROUP
    const value = BigInt(padded.slice(start, start + DIGITS_PER_GROUP))
    bits = (bits << BigInt(BITS_PER_GROUP)) | value
  }
  bits <<= BigInt(8 * size - groups * BITS_PER_GROUP)
  const bytes = Buffer.from(bits.toString(16).padStart(2 * size, '0'), 'hex')
  let end = size
  while (bytes[end - 1] === 0) end -= 1
  const head = (unscaled < 0n ? 0 : POSITIVE) | (all.length - 1 - scale + EXPONENT_BIAS)
  return Buffer.concat([Buffer.of(head), bytes.subarray(0, end)])
}
