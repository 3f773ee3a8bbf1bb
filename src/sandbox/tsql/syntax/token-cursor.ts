import { nestedTooDeeply, unexpectedToken } from './syntax-error.ts'
import type { SyntaxToken } from './syntax-token.ts'

/**
 * Nesting allowed in one batch. Parsing a level takes up to nine stack frames, so the limit keeps any
 * text from overflowing the stack, here (half of Node's 984 KB is enough) and in those who walk the tree.
 */
const MAX_DEPTH = 500

/** A query within a query goes through many more functions than an expression in parentheses. */
export const QUERY_DEPTH = 8

const NO_TOKEN: SyntaxToken = { kind: 'end', text: '', key: '', line: 1, start: 0, end: 0 }

/** Tokens read from the left, with as much looking ahead as needed. */
export class TokenCursor {
  readonly #tokens: readonly SyntaxToken[]
  readonly #last: SyntaxToken
  readonly #text: string
  #closers: Int32Array | undefined
  #position = 0
  #depth = 0

  /** `tokens` are those of `text` and end with one of kind 'end'. */
  constructor(tokens: readonly SyntaxToken[], text: string) {
    this.#tokens = tokens
    this.#text = text
    this.#last = tokens.at(-1) ?? NO_TOKEN
  }

  get token(): SyntaxToken {
    return this.#tokens[this.#position] ?? this.#last
  }

  /** The token just read; the end token at the very start. */
  get previous(): SyntaxToken {
    return this.#tokens[this.#position - 1] ?? this.#last
  }

  get position(): number {
    return this.#position
  }

  get line(): number {
    return this.token.line
  }

  get isAtEnd(): boolean {
    return this.token.kind === 'end'
  }

  peek(distance = 1): SyntaxToken {
    return this.#tokens[this.#position + distance] ?? this.#last
  }

  tokenAt(position: number): SyntaxToken {
    return this.#tokens[position] ?? this.#last
  }

  advance(): SyntaxToken {
    const token = this.token
    if (token.kind !== 'end') this.#position++
    return token
  }

  at(key: string): boolean {
    return this.token.key === key
  }

  /** These keywords follow one another here. */
  atSequence(...keys: readonly string[]): boolean {
    return keys.every((key, index) => this.peek(index).key === key)
  }

  accept(key: string): boolean {
    if (this.token.key !== key) return false
    this.#position++
    return true
  }

  acceptSequence(...keys: readonly string[]): boolean {
    if (!this.atSequence(...keys)) return false
    this.#position += keys.length
    return true
  }

  /** The key that stood here, when it is one of `keys`. */
  acceptAny<Key extends string>(keys: readonly Key[]): Key | undefined {
    const found = keys.find((key) => key === this.token.key)
    if (found !== undefined) this.#position++
    return found
  }

  expect(...keys: readonly string[]): void {
    for (const key of keys) {
      if (!this.accept(key)) this.fail()
    }
  }

  expectEnd(): void {
    if (!this.isAtEnd) this.fail()
  }

  /** @throws SqlError 102 or 156 at the current token */
  fail(token: SyntaxToken = this.token): never {
    throw unexpectedToken(token, this.previous)
  }

  /** @throws SqlError 191; no need to `leave` after an error, it ends the parse. */
  enter(levels = 1): void {
    this.#depth += levels
    if (this.#depth > MAX_DEPTH) throw nestedTooDeeply(this.line)
  }

  leave(levels = 1): void {
    this.#depth -= levels
  }

  /** What was written from the token at `position` to the one just read, as it was written. */
  textFrom(position: number): string {
    return this.#text.slice(this.tokenAt(position).start, this.previous.end)
  }

  /** The whole text. */
  get text(): string {
    return this.#text
  }

  /** Position of the parenthesis that closes the one at `position`; past the end when nothing does. */
  closerOf(position: number): number {
    this.#closers ??= matchParentheses(this.#tokens)
    return this.#closers[position] ?? this.#tokens.length
  }
}

function matchParentheses(tokens: readonly SyntaxToken[]): Int32Array {
  const closers = new Int32Array(tokens.length).fill(tokens.length)
  const open: number[] = []
  tokens.forEach((token, position) => {
    if (token.key === '(') open.push(position)
    if (token.key !== ')') return
    const opener = open.pop()
    if (opener !== undefined) closers[opener] = position
  })
  return closers
}
