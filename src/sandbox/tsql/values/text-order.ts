import { collationTraits } from '../../../mdf/index.ts'

/** How one collation orders and folds text; trailing blanks never count. */
export interface TextOrder {
  compare(left: string, right: string): number
  /** Equal for two texts if and only if `compare` gives 0. */
  key(text: string): string
  /** `key` of one character, blanks kept; what LIKE compares. */
  fold(character: string): string
}

const orders = new Map<number, TextOrder>()

/** The order of a collation id; Latin1_General_CI_AS where the id is 0. */
export function textOrder(collationId: number): TextOrder {
  let order = orders.get(collationId)
  if (order === undefined) {
    order = createOrder(collationId)
    orders.set(collationId, order)
  }
  return order
}

function createOrder(collationId: number): TextOrder {
  const traits = collationTraits(collationId)
  if (traits.binary) {
    const key = withoutTrailingBlanks
    return { compare: (a, b) => compareUnits(key(a), key(b)), key, fold: (text) => text }
  }
  const { caseSensitive, accentSensitive, widthSensitive, kanaSensitive } = traits
  const fold = (text: string): string => {
    if (isAscii(text)) return caseSensitive ? text : text.toLowerCase()
    let folded = text
    if (!widthSensitive) folded = folded.normalize('NFKC')
    if (!accentSensitive) folded = folded.normalize('NFD').replace(/\p{M}/gu, '')
    if (!kanaSensitive) folded = folded.replace(/[ァ-ヶ]/g, toHiragana)
    if (!caseSensitive) folded = folded.toLowerCase().replaceAll('ß', 'ss')
    return folded.normalize('NFC')
  }
  // Made when two texts differ for the first time: the first of a process takes some milliseconds.
  let weights: { readonly collator: Intl.Collator; readonly ranks: Uint8Array } | undefined
  const weigh = () => {
    const sensitivity = accentSensitive ? 'variant' : caseSensitive ? 'case' : 'base'
    const collator = new Intl.Collator(traits.locale, { sensitivity })
    return { collator, ranks: asciiRanks(collator) }
  }
  const key = (text: string): string => fold(withoutTrailingBlanks(text))
  const compare = (left: string, right: string): number => {
    if (left === right) return 0
    const a = key(left)
    const b = key(right)
    if (a === b) return 0
    weights ??= weigh()
    const { ranks, collator } = weights
    return compareAscii(a, b, ranks) || collator.compare(a, b) || compareUnits(a, b)
  }
  return { compare, key, fold }
}

const CHARACTERS = 128
/** Control characters have no weight of their own. */
const FIRST_RANKED = 32

/** Place of each ASCII character by its letter alone: upper and lower case share one. */
function asciiRanks(collator: Intl.Collator): Uint8Array {
  const characters = Array.from({ length: CHARACTERS - 1 - FIRST_RANKED }, (_, i) =>
    String.fromCharCode(FIRST_RANKED + i),
  ).sort((a, b) => collator.compare(a, b))
  const ranks = new Uint8Array(CHARACTERS)
  let rank = 0
  let previous = ''
  for (const character of characters) {
    if (character.toLowerCase() !== previous.toLowerCase()) rank += 1
    previous = character
    ranks[character.charCodeAt(0)] = rank
  }
  return ranks
}

/** Order by letters alone of two ASCII texts; 0 when only case differs or a character has no rank. */
function compareAscii(left: string, right: string, ranks: Uint8Array): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const a = ranks[left.charCodeAt(i)] ?? 0
    const b = ranks[right.charCodeAt(i)] ?? 0
    if (a === 0 || b === 0) return 0
    // An accent further on may matter to a collator only when all letters before are alike.
    if (a !== b) return a - b
  }
  const rest = (left.length > length ? left : right).charCodeAt(length)
  return (ranks[rest] ?? 0) === 0 ? 0 : left.length - right.length
}

function compareUnits(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function withoutTrailingBlanks(text: string): string {
  return text.endsWith(' ') ? text.replace(/ +$/, '') : text
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

const KATAKANA_TO_HIRAGANA = 0x60

function toHiragana(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - KATAKANA_TO_HIRAGANA)
}
