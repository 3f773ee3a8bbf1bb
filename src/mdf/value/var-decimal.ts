import { Decimal } from '../sql-type.ts'
import { malformedValue } from './malformed-value.ts'

const POSITIVE = 0x80
const EXPONENT_BIAS = 64
const BITS_PER_GROUP = 10
const DIGITS_PER_GROUP = 3
const LARGEST_GROUP = 999n

/**
 * A decimal of variable length, as compressed rows and the vardecimal storage of SQL Server 2005 SP2
 * have it (format reference 7.3): sign and biased exponent, then groups of ten bits with three decimal
 * digits each; the exponent is that of the first digit. Zeros at the end are left out; no bytes are 0.
 * @throws PlatformError FILE_DAMAGED with the reason `value`
 */
export function decodeVarDecimal(bytes: Buffer, scale: number): Decimal {
  if (bytes.length === 0) return new Decimal(0n, scale)
  const head = bytes.readUInt8(0)
  const mantissa = readMantissa(bytes)
  if (mantissa === 0n) return new Decimal(0n, scale)
  const exponent = (head & ~POSITIVE) - EXPONENT_BIAS - (mantissa.toString().length - 1) + scale
  const unscaled = shiftDecimal(mantissa, exponent)
  return new Decimal((head & POSITIVE) === 0 ? -unscaled : unscaled, scale)
}

function readMantissa(bytes: Buffer): bigint {
  const bitCount = 8 * (bytes.length - 1)
  const groups = Math.ceil(bitCount / BITS_PER_GROUP)
  let bits = 0n
  for (const byte of bytes.subarray(1)) bits = (bits << 8n) | BigInt(byte)
  bits <<= BigInt(groups * BITS_PER_GROUP - bitCount)
  let mantissa = 0n
  for (let group = groups - 1; group >= 0; group--) {
    const digits = (bits >> BigInt(group * BITS_PER_GROUP)) & 0x3ffn
    if (digits > LARGEST_GROUP) throw malformedValue('a decimal has a group above 999')
    mantissa = mantissa * 10n ** BigInt(DIGITS_PER_GROUP) + digits
  }
  return mantissa
}

function shiftDecimal(mantissa: bigint, exponent: number): bigint {
  if (exponent >= 0) return mantissa * 10n ** BigInt(exponent)
  const divisor = 10n ** BigInt(-exponent)
  if (mantissa % divisor !== 0n) throw malformedValue('a decimal has more digits than its scale')
  return mantissa / divisor
}
