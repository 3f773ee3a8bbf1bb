import { textOrder } from './text-order.ts'

type Token =
  | { readonly kind: 'any' | 'one' }
  | { readonly kind: 'text'; readonly folded: string }
  | {
      readonly kind: 'set'
      readonly negated: boolean
      readonly matches: (character: string) => boolean
    }

const CACHE_SIZE = 256
const cache = new Map<string, (text: string) => boolean>()

/**
 * A matcher of a LIKE pattern: `%`, `_`, `[a-f]`, `[^a-f]`, and `escape` before a character that stands
 * for itself. Takes time in the product of both lengths at most.
 */
export function compileLike(
  pattern: string,
  escapeCharacter: string | undefined,
  collationId: number,
): (text: string) => boolean {
  const key = `${collationId}\0${escapeCharacter ?? ''}\0${pattern}`
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= CACHE_SIZE) cache.clear()
  const tokens = parsePattern(pattern, escapeCharacter, collationId)
  const { fold } = textOrder(collationId)
  const matcher = (text: string): boolean => matches(tokens, [...text], fold)
  cache.set(key, matcher)
  return matcher
}

function parsePattern(
  pattern: string,
  escapeCharacter: string | undefined,
  collationId: number,
): Token[] {
  const { fold } = textOrder(collationId)
  const characters = [...pattern]
  const tokens: Token[] = []
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? ''
    const closing = character === '[' ? findClosing(characters, i) : -1
    if (character === escapeCharacter && i + 1 < characters.length) {
      i += 1
      tokens.push({ kind: 'text', folded: fold(characters[i] ?? '') })
    } else if (character === '%') {
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' })
    } else if (character === '_') {
      tokens.push({ kind: 'one' })
    } else if (closing > 0) {
      tokens.push(parseSet(characters.slice(i + 1, closing), escapeCharacter, collationId))
      i = closing
    } else {
      tokens.push({ kind: 'text', folded: fold(character) })
    }
  }
  return tokens
}

/** The bracket that ends a set; one that comes first in the set stands for itself. */
function findClosing(characters: readonly string[], open: number): number {
  const first = characters[open + 1] === '^' ? open + 2 : open + 1
  return characters.indexOf(']', first + 1)
}

function parseSet(
  content: readonly string[],
  escapeCharacter: string | undefined,
  collationId: number,
): Token {
  const { fold, compare } = textOrder(collationId)
  const negated = content[0] === '^'
  const tests: ((character: string) => boolean)[] = []
  for (let i = negated ? 1 : 0; i < content.length; i++) {
    if (content[i] === escapeCharacter && i + 1 < content.length) i += 1
    const low = content[i] ?? ''
    const high = content[i + 2]
    if (content[i + 1] === '-' && high !== undefined) {
      tests.push((character) => compare(low, character) <= 0 && compare(character, high) <= 0)
      i += 2
    } else {
      const folded = fold(low)
      tests.push((character) => fold(character) === folded)
    }
  }
  return { kind: 'set', negated, matches: (character) => tests.some((test) => test(character)) }
}

/** Goes back to the latest `%` only: what an earlier one took can never matter again. */
function matches(
  tokens: readonly Token[],
  text: readonly string[],
  fold: (character: string) => string,
): boolean {
  let token = 0
  let position = 0
  let anyToken = -1
  let anyPosition = 0
  while (position < text.length) {
    const current = tokens[token]
    if (current?.kind === 'any') {
      anyToken = token++
      anyPosition = position
    } else if (current !== undefined && matchesOne(current, text[position] ?? '', fold)) {
      token += 1
      position += 1
    } else if (anyToken >= 0) {
      token = anyToken + 1
      position = ++anyPosition
    } else {
      return false
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'any')
}

function matchesOne(token: Token, character: string, fold: (text: string) => string): boolean {
  switch (token.kind) {
    case 'one':
      return true
    case 'text':
      return token.folded === fold(character)
    case 'set':
      return token.matches(character) !== token.negated
    default:
      return false
  }
}
