import { Decimal } from '../../../mdf/index.ts'
import type { ByteReader } from '../byte-reader.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { magnitudeBytes } from './facets.ts'

const LOW_64 = 0xffff_ffff_ffff_ffffn

/** decimal(p, s): sign (1; 1 is positive), magnitude of 4, 8, 12 or 16 bytes by precision. */
export function writeDecimal(
  out: ByteWriter,
  value: Decimal,
  type: { readonly precision: number; readonly scale: number },
): void {
  const unscaled = rescale(value, type.scale)
  const magnitude = unscaled < 0n ? -unscaled : unscaled
  out.u8(unscaled < 0n ? 0 : 1)
  const length = magnitudeBytes(type.precision)
  if (length === 4) {
    out.u32(Number(magnitude))
    return
  }
  out.u64(length === 8 ? magnitude : magnitude & LOW_64)
  if (length === 12) out.u32(Number(magnitude >> 64n))
  if (length === 16) out.u64(magnitude >> 64n)
}

/** Reads to the end: the sign and all the magnitude there is. */
export function readDecimal(input: ByteReader, scale: number): Decimal {
  const positive = input.u8() !== 0
  let magnitude = 0n
  const bytes = input.bytes(input.remaining)
  for (let index = bytes.length - 1; index >= 0; index--) {
    magnitude = (magnitude << 8n) | BigInt(bytes[index] ?? 0)
  }
  return new Decimal(positive ? magnitude : -magnitude, scale)
}

/** money: high word (4, signed), low word (4); in units of 1/10,000. */
export function writeMoney(out: ByteWriter, value: Decimal): void {
  const unscaled = rescale(value, 4)
  out.i32(Number(unscaled >> 32n))
  out.u32(Number(unscaled & 0xffff_ffffn))
}

export function readMoney(input: ByteReader): Decimal {
  const high = BigInt(input.i32())
  return new Decimal((high << 32n) | BigInt(input.u32()), 4)
}

export function writeSmallmoney(out: ByteWriter, value: Decimal): void {
  out.i32(Number(rescale(value, 4)))
}

export function readSmallmoney(input: ByteReader): Decimal {
  return new Decimal(BigInt(input.i32()), 4)
}

/** The unscaled value with `scale` digits behind the point, rounded half away from zero. */
function rescale(value: Decimal, scale: number): bigint {
  if (value.scale === scale) return value.unscaled
  if (value.scale < scale) return value.unscaled * 10n ** BigInt(scale - value.scale)
  const divisor = 10n ** BigInt(value.scale - scale)
  const half = value.unscaled < 0n ? -divisor / 2n : divisor / 2n
  return (value.unscaled + half) / divisor
}
