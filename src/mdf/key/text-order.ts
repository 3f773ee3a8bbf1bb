import { collationTraits } from '../collation/collation.ts'
import { UNKNOWN_ORDER } from './unknown-order.ts'

const SPACE = 0x20
const LAST_ASCII = 0x7f
const LOCALE_MASK = 0x7f

/**
 * Locales whose alphabets have the letters A to Z one by one in this order, without letters made of two
 * of them, and lower case as usual: Latin1, French, Cyrillic, Chinese (PRC), Modern Spanish, German phone
 * book.
 */
const PLAIN_LOCALES: readonly number[] = [0x08, 0x0b, 0x15, 0x24, 0x28, 0x29]

/** Of SQL collations those of this order: Latin1_General of the code pages 437, 850 and 1252. */
const PLAIN_SORT_IDS: readonly number[] = [
  0x00, 0x1f, 0x20, 0x21, 0x22, 0x29, 0x2a, 0x2b, 0x2c, 0x33, 0x34, 0x35, 0x36,
]
const SORT_ID_SHIFT = 24

/** How texts compare, as far as that is certain without SQL Server's own sort weights. */
export interface TextOrder {
  readonly unitBytes: 1 | 2
  readonly isBinary: boolean
  readonly isPlain: boolean
  readonly ignoresCase: boolean
}

export function textOrder(collationId: number, unitBytes: 1 | 2): TextOrder {
  const traits = collationTraits(collationId)
  return {
    unitBytes,
    isBinary: traits.binary,
    isPlain:
      PLAIN_LOCALES.includes(collationId & LOCALE_MASK) &&
      PLAIN_SORT_IDS.includes(collationId >>> SORT_ID_SHIFT),
    ignoresCase: !traits.caseSensitive,
  }
}

export interface TextPlace {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
}

/**
 * -1, 0 or 1, or UNKNOWN_ORDER. Blanks at the end do not count. Under a linguistic collation the first
 * difference decides if all before it, and what follows it at once, are plain letters and digits.
 */
export function compareTexts(order: TextOrder, left: TextPlace, right: TextPlace): number {
  const leftLength = trimmedLength(order, left)
  const rightLength = trimmedLength(order, right)
  const shared = Math.min(leftLength, rightLength)
  let isSame = true
  for (let index = 0; index < shared; index++) {
    const a = unitAt(order, left, index)
    const b = unitAt(order, right, index)
    if (order.isBinary) {
      if (a === b) continue
      return binaryOrder(a, b)
    }
    if (!order.isPlain || !isPlainUnit(a) || !isPlainUnit(b)) {
      if (order.isPlain && a === b && a <= LAST_ASCII) continue
      return sameFrom(order, left, right, index, isSame)
    }
    if (a === b) continue
    isSame = false
    const [foldedA, foldedB] = [fold(a), fold(b)]
    if (foldedA === foldedB) continue
    return isPlainOrEnd(order, left, index + 1) && isPlainOrEnd(order, right, index + 1)
      ? Math.sign(foldedA - foldedB)
      : UNKNOWN_ORDER
  }
  if (leftLength === rightLength) return isSame || order.ignoresCase ? 0 : UNKNOWN_ORDER
  const longer = leftLength > rightLength ? left : right
  if (!isPlainUnit(unitAt(order, longer, shared))) return UNKNOWN_ORDER
  return leftLength > rightLength ? 1 : -1
}

/** Texts that go on alike are equal, whatever their characters weigh; of others nothing is known. */
function sameFrom(
  order: TextOrder,
  left: TextPlace,
  right: TextPlace,
  from: number,
  isSame: boolean,
): number {
  if (!isSame && !order.ignoresCase) return UNKNOWN_ORDER
  const at = from * order.unitBytes
  return left.bytes.compare(right.bytes, right.start + at, right.end, left.start + at, left.end) ===
    0
    ? 0
    : UNKNOWN_ORDER
}

/** What BIN and BIN2 agree on: one compares bytes, the other code points. */
function binaryOrder(a: number, b: number): number {
  return a <= LAST_ASCII && b <= LAST_ASCII ? Math.sign(a - b) : UNKNOWN_ORDER
}

function trimmedLength({ unitBytes }: TextOrder, { bytes, start, end }: TextPlace): number {
  let length = (end - start) / unitBytes
  if (!Number.isInteger(length)) length = Math.floor(length)
  while (length > 0) {
    const at = start + (length - 1) * unitBytes
    const last = unitBytes === 2 ? bytes.readUInt16LE(at) : bytes.readUInt8(at)
    if (last !== SPACE) break
    length -= 1
  }
  return length
}

function unitAt({ unitBytes }: TextOrder, { bytes, start }: TextPlace, index: number): number {
  return unitBytes === 2 ? bytes.readUInt16LE(start + 2 * index) : bytes.readUInt8(start + index)
}

function isPlainOrEnd(order: TextOrder, text: TextPlace, index: number): boolean {
  return (
    text.start + index * order.unitBytes >= text.end || unitAt(order, text, index) <= LAST_ASCII
  )
}

function isPlainUnit(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x61 && unit <= 0x7a)
  )
}

function fold(unit: number): number {
  return unit >= 0x61 ? unit - 0x20 : unit
}
