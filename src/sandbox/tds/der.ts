/** Tags of ASN.1's universal types, X.690. */
const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const
/** Context-specific; the bit for constructed content is added where there is some. */
const CONTEXT = 0x80
const CONSTRUCTED = 0x20
const LONG_LENGTH = 0x80

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag), lengthOf(content), content])
}

/** Up to 127 in one byte, longer ones behind the count of their bytes. */
function lengthOf({ length }: Buffer): Buffer {
  if (length < LONG_LENGTH) return Buffer.of(length)
  const bytes = base256(length)
  return Buffer.of(LONG_LENGTH | bytes.length, ...bytes)
}

function base256(value: number): number[] {
  const rest = Math.floor(value / 256)
  return rest === 0 ? [value] : [...base256(rest), value % 256]
}

export function sequence(...parts: readonly Buffer[]): Buffer {
  return element(TAGS.sequence, Buffer.concat(parts))
}

export function set(...parts: readonly Buffer[]): Buffer {
  return element(TAGS.set, Buffer.concat(parts))
}

/** A number of any length, never negative. */
export function integer(bytes: Buffer): Buffer {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0
  return element(TAGS.integer, isNegative ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

export function boolean(value: boolean): Buffer {
  return element(TAGS.boolean, Buffer.of(value ? 0xff : 0))
}

/** `unusedBits`: of the last byte. */
export function bitString(bytes: Buffer, unusedBits = 0): Buffer {
  return element(TAGS.bitString, Buffer.concat([Buffer.of(unusedBits), bytes]))
}

export function octetString(bytes: Buffer): Buffer {
  return element(TAGS.octetString, bytes)
}

export function utf8String(text: string): Buffer {
  return element(TAGS.utf8String, Buffer.from(text, 'utf8'))
}

/** `1.2.840.10045.4.3.2`: the first two numbers share a byte, the others have seven bits in each. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  return element(
    TAGS.objectIdentifier,
    Buffer.from([first * 40 + second, ...others.flatMap(base128)]),
  )
}

function base128(value: number): number[] {
  const groups = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    groups.unshift((rest % 128) | 0x80)
  }
  return groups
}

/** To the second; with two digits of the year until 2049, as X.509 asks. */
export function time(moment: Date): Buffer {
  const digits = `${moment.toISOString().replace(/[-:T]|\..*/g, '')}Z`
  const isLong = moment.getUTCFullYear() >= 2050
  const text = isLong ? digits : digits.slice(2)
  return element(isLong ? TAGS.generalizedTime : TAGS.utcTime, Buffer.from(text, 'latin1'))
}

/** `[number] EXPLICIT` around another element. */
export function explicit(number: number, content: Buffer): Buffer {
  return element(CONTEXT | CONSTRUCTED | number, content)
}

/** `[number] IMPLICIT` in the place of a string's own tag. */
export function implicit(number: number, content: Buffer): Buffer {
  return element(CONTEXT | number, content)
}
