import {
  identifierTooLong,
  unclosedComment,
  unclosedQuotation,
  unexpectedText,
} from './syntax-error.ts'
import type { SyntaxToken } from './syntax-token.ts'

const LINE_FEED = 0x0a
const MAX_IDENTIFIER_LENGTH = 128

/** Sticky patterns: each is tried at one offset only. */
const WORD = /[\p{L}_#$@][\p{L}\p{M}\p{Nd}_@$#]*/uy
const NUMBER = /(?:\d+(\.\d*)?|(\.\d+))([eE][+-]?\d+|[eE](?![\p{L}\p{Nd}_]))?/uy
const BINARY = /0[xX]([0-9a-fA-F]*)/y
const MONEY =
  /[$¢-¥\u09f2\u09f3\u0e3f\u17db\u20a0-\u20c0\ufdfc\ufe69\uff04\uffe0\uffe1\uffe5\uffe6](?![\p{L}_])([+-]?(?:\d+\.?\d*|\.\d+))?/uy
const SYMBOL = /<>|<=|>=|!=|!<|!>|::|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|[(),.;+\-*/%&|^~=<>:{}]/y
const SPACE = /\s|\ufeff|\0/u

export interface LexOptions {
  /** SET QUOTED_IDENTIFIER: "x" is a name; a string when off. */
  readonly quotedIdentifier: boolean
}

/**
 * The tokens of a text, closed by one of kind 'end'.
 * @throws SqlError 102, 103, 105, 113
 */
export function lex(text: string, options: LexOptions): SyntaxToken[] {
  const lexer = new Lexer(text, options.quotedIdentifier)
  const tokens: SyntaxToken[] = []
  let token: SyntaxToken
  do {
    token = lexer.next()
    tokens.push(token)
  } while (token.kind !== 'end')
  return tokens
}

class Lexer {
  readonly #text: string
  readonly #quotedIdentifier: boolean
  #position = 0
  #line = 1

  constructor(text: string, quotedIdentifier: boolean) {
    this.#text = text
    this.#quotedIdentifier = quotedIdentifier
  }

  next(): SyntaxToken {
    this.#skipTrivia()
    const start = this.#position
    if (start >= this.#text.length) return this.#token('end', '', '', start)
    const code = this.#text.charCodeAt(start)
    switch (code) {
      case 0x27: // '
        return this.#delimited('string', start, "'")
      case 0x22: // "
        return this.#delimited(this.#quotedIdentifier ? 'quoted-identifier' : 'string', start, '"')
      case 0x5b: // [
        return this.#delimited('quoted-identifier', start, ']')
      case 0x4e: // N
      case 0x6e: // n
        if (this.#text.charCodeAt(start + 1) === 0x27) {
          return this.#delimited('unicode-string', start + 1, "'")
        }
        return this.#word(start)
    }
    if (isDigit(code) || (code === 0x2e && isDigit(this.#text.charCodeAt(start + 1)))) {
      return this.#number(start)
    }
    if (isAsciiLetter(code) || code === 0x5f || code === 0x40 || code === 0x23) {
      return this.#word(start)
    }
    return this.#symbol(start)
  }

  #skipTrivia(): void {
    const text = this.#text
    for (;;) {
      const code = text.charCodeAt(this.#position)
      if (code === LINE_FEED) {
        this.#line++
        this.#position++
      } else if (code === 0x2d && text.charCodeAt(this.#position + 1) === 0x2d) {
        const end = text.indexOf('\n', this.#position)
        this.#position = end < 0 ? text.length : end
      } else if (code === 0x2f && text.charCodeAt(this.#position + 1) === 0x2a) {
        this.#skipComment()
      } else if (code === 0x20 || code === 0x0d || code === 0x09 || this.#isSpace(code)) {
        this.#position++
      } else {
        return
      }
    }
  }

  #isSpace(code: number): boolean {
    return (code < 0x20 || code > 0x7f) && SPACE.test(String.fromCharCode(code))
  }

  /** Block comments nest. */
  #skipComment(): void {
    const text = this.#text
    const firstLine = this.#line
    let depth = 0
    do {
      const two = text.slice(this.#position, this.#position + 2)
      if (two === '') throw unclosedComment(firstLine)
      if (two === '/*') depth++
      if (two === '*/') depth--
      if (text.charCodeAt(this.#position) === LINE_FEED) this.#line++
      this.#position += two === '/*' || two === '*/' ? 2 : 1
    } while (depth > 0)
  }

  /** A string or a delimited identifier; a doubled closer stands for itself. */
  #delimited(kind: SyntaxToken['kind'], open: number, closer: string): SyntaxToken {
    const start = this.#position
    const text = this.#text
    const firstLine = this.#line
    let end = text.indexOf(closer, open + 1)
    while (end >= 0 && text[end + 1] === closer) end = text.indexOf(closer, end + 2)
    if (end < 0) throw unclosedQuotation(text.slice(open + 1), firstLine)
    const raw = text.slice(open + 1, end)
    this.#position = end + 1
    this.#countLines(raw)
    const value = raw.includes(closer) ? raw.replaceAll(closer + closer, closer) : raw
    if (kind !== 'quoted-identifier') {
      return { kind, text: joinLines(value), key: '', line: firstLine, start, end: end + 1 }
    }
    if (value.length > MAX_IDENTIFIER_LENGTH) throw identifierTooLong(value, firstLine)
    return { kind, text: value, key: '', line: firstLine, start, end: end + 1 }
  }

  #countLines(raw: string): void {
    for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) this.#line++
  }

  #word(start: number): SyntaxToken {
    const word = this.#match(WORD)?.[0] ?? ''
    if (word.length > MAX_IDENTIFIER_LENGTH) throw identifierTooLong(word, this.#line)
    if (word.startsWith('@@')) return this.#token('global-variable', word, '', start)
    if (word.startsWith('@')) return this.#token('variable', word, '', start)
    return this.#token('word', word, word.toUpperCase(), start)
  }

  #number(start: number): SyntaxToken {
    const binary = this.#match(BINARY)
    if (binary !== null) return this.#token('binary', binary[1] ?? '', '', start)
    const [number = '', fraction, leadingPoint, exponent] = this.#match(NUMBER) ?? []
    if (exponent !== undefined) return this.#token('float', number, '', start)
    const isDecimal = fraction !== undefined || leadingPoint !== undefined
    return this.#token(isDecimal ? 'decimal' : 'integer', number, '', start)
  }

  /** Symbols, and what starts with a character that is neither ASCII letter nor digit. */
  #symbol(start: number): SyntaxToken {
    const symbol = this.#match(SYMBOL)?.[0]
    if (symbol !== undefined) return this.#token('symbol', symbol, symbol, start)
    const money = this.#match(MONEY)
    if (money !== null) {
      return this.#token('money', (money[1] ?? '0').replace('+', ''), '', start)
    }
    WORD.lastIndex = start
    if (WORD.test(this.#text)) return this.#word(start)
    const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0)
    throw unexpectedText(character, this.#line)
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#position
    const match = pattern.exec(this.#text)
    if (match !== null) this.#position += match[0].length
    return match
  }

  #token(kind: SyntaxToken['kind'], text: string, key: string, start: number): SyntaxToken {
    return { kind, text, key, line: this.#line, start, end: this.#position }
  }
}

/** A backslash at the end of a line continues the string on the next one. */
function joinLines(value: string): string {
  return value.includes('\\') ? value.replace(/\\\r?\n/g, '') : value
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isAsciiLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}
