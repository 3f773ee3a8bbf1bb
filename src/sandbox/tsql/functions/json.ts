import { SqlError } from '../../sql-error.ts'

/** A JSON value with its place in the text, so that parts are given back as they were written. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null'
  readonly start: number
  readonly end: number
  /** A string's characters; otherwise the text itself. */
  readonly text: string
  /** Of an object, in order; a key may occur twice. */
  readonly members: readonly JsonMember[]
  /** Of an array. */
  readonly items: readonly JsonNode[]
}

export interface JsonMember {
  readonly key: string
  /** Where the key's quote stands. */
  readonly start: number
  readonly value: JsonNode
}

const MAX_DEPTH = 128
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const BLANKS = /[ \t\r\n]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside strings.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const WORDS = ['true', 'false', 'null'] as const

/**
 * Parses JSON text.
 * @throws SqlError 13609 (not properly formatted), 13630 (nested too deep)
 */
export function parseJson(text: string): JsonNode {
  const reader = new JsonReader(text)
  const node = reader.value(0)
  reader.skipBlanks()
  if (reader.position < text.length) throw reader.unexpected()
  return node
}

class JsonReader {
  readonly #text: string
  position = 0

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) {
      throw new SqlError(13630, `JSON text is nested deeper than ${MAX_DEPTH} levels.`)
    }
    this.skipBlanks()
    const start = this.position
    switch (this.#text[start]) {
      case '{':
        return this.#node('object', start, { members: this.#members(depth) })
      case '[':
        return this.#node('array', start, { items: this.#items(depth) })
      case '"':
        return this.#string()
      default:
        return this.#scalar(start)
    }
  }

  skipBlanks(): void {
    this.#match(BLANKS)
  }

  unexpected(): SqlError {
    const character = this.#text[this.position] ?? '.'
    return new SqlError(
      13609,
      `JSON text is not properly formatted. Unexpected character '${character}' is found at position ${this.position}.`,
      { state: 1 },
    )
  }

  #members(depth: number): JsonMember[] {
    const members: JsonMember[] = []
    this.position += 1
    if (this.#accept('}')) return members
    do {
      this.skipBlanks()
      const start = this.position
      if (this.#text[start] !== '"') throw this.unexpected()
      const key = this.#string().text
      this.#expect(':')
      members.push({ key, start, value: this.value(depth + 1) })
    } while (this.#accept(','))
    this.#expect('}')
    return members
  }

  #items(depth: number): JsonNode[] {
    const items: JsonNode[] = []
    this.position += 1
    if (this.#accept(']')) return items
    do items.push(this.value(depth + 1))
    while (this.#accept(','))
    this.#expect(']')
    return items
  }

  #string(): JsonNode {
    const start = this.position
    const written = this.#match(STRING)
    if (written === undefined) throw this.unexpected()
    const text: unknown = JSON.parse(written)
    return { ...this.#node('string', start), text: String(text) }
  }

  #scalar(start: number): JsonNode {
    const word = WORDS.find((candidate) => this.#text.startsWith(candidate, start))
    if (word !== undefined) {
      this.position += word.length
      return this.#node(word, start)
    }
    if (this.#match(NUMBER) === undefined) throw this.unexpected()
    return this.#node('number', start)
  }

  #node(
    kind: JsonNode['kind'],
    start: number,
    content: { members?: JsonMember[]; items?: JsonNode[] } = {},
  ): JsonNode {
    const { members = [], items = [] } = content
    const end = this.position
    return { kind, start, end, text: this.#text.slice(start, end), members, items }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.position += found.length
    return found
  }

  #accept(mark: string): boolean {
    this.skipBlanks()
    if (this.#text[this.position] !== mark) return false
    this.position += 1
    return true
  }

  #expect(mark: string): void {
    if (!this.#accept(mark)) throw this.unexpected()
  }
}
