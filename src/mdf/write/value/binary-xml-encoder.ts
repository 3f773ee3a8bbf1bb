import { BinaryXmlTokens } from './binary-xml-tokens.ts'
import type { StoredValue, ValueEncoder } from './encoder.ts'
import { invalidValue, shown } from './invalid-value.ts'

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}
const NAME = /[^\s/>=<"'&?]+/y
const ATTRIBUTE = /\s+([^\s/>=<"'&?]+)\s*=\s*("[^"<]*"|'[^'<]*')/y
const TAG_END = /\s*(\/?)>/y
const XMLNS = 'http://www.w3.org/2000/xmlns/'

/** xml, as binary XML (format reference 6.6): the text is parsed, all of it is kept. */
export function xmlEncoder(): ValueEncoder {
  let last: { readonly text: string; readonly bytes: Buffer } | undefined
  // The size is known when the value is encoded, and the caller asks for the size first.
  const encoded = (value: StoredValue) => {
    if (typeof value !== 'string') throw invalidValue(`${shown(value)} is no xml`)
    if (last?.text !== value) last = { text: value, bytes: encodeXml(value) }
    return last.bytes
  }
  return {
    bound: (value) => encoded(value).length,
    write(value, target, start) {
      const bytes = encoded(value)
      last = undefined
      target.set(bytes, start)
      return start + bytes.length
    },
  }
}

function encodeXml(text: string): Buffer {
  if (text === '') return Buffer.alloc(0)
  const parser = new XmlParser(text)
  parser.parse()
  return parser.tokens.bytes()
}

interface OpenElement {
  readonly name: string
  /** Namespaces in scope, by prefix. */
  readonly namespaces: ReadonlyMap<string, string>
}

/** Well-formed content, as an xml column holds it: any number of elements, text between them. */
class XmlParser {
  readonly tokens = new BinaryXmlTokens()
  readonly #text: string
  #position = 0
  readonly #open: OpenElement[] = []

  constructor(text: string) {
    this.#text = text
  }

  parse(): void {
    this.#skipDeclaration()
    while (this.#position < this.#text.length) {
      if (this.#text[this.#position] !== '<') this.#content()
      else if (!this.#special()) this.#tag()
    }
    if (this.#open.length > 0) throw this.#malformed(`<${this.#open.at(-1)?.name}> is not closed`)
  }

  #skipDeclaration(): void {
    if (!/^<\?xml\s/.test(this.#text)) return
    const end = this.#text.indexOf('?>')
    if (end < 0) throw this.#malformed('its declaration does not end')
    this.#position = end + 2
  }

  #content(): void {
    const next = this.#text.indexOf('<', this.#position)
    const end = next < 0 ? this.#text.length : next
    this.tokens.text(this.#unescape(this.#text.slice(this.#position, end)))
    this.#position = end
  }

  /** Comments, CDATA sections and processing instructions. */
  #special(): boolean {
    const comment = this.#between('<!--', '-->')
    if (comment !== undefined) this.tokens.comment(comment)
    const section = comment ?? this.#between('<![CDATA[', ']]>')
    if (section !== undefined) {
      if (comment === undefined) this.tokens.text(section)
      return true
    }
    const instruction = this.#between('<?', '?>')
    if (instruction === undefined) return false
    const [, target = '', body = ''] = /^(\S+)\s*([\s\S]*)$/.exec(instruction) ?? []
    this.tokens.processingInstruction(target, body)
    return true
  }

  #between(opening: string, closing: string): string | undefined {
    if (!this.#text.startsWith(opening, this.#position)) return undefined
    const start = this.#position + opening.length
    const end = this.#text.indexOf(closing, start)
    if (end < 0) throw this.#malformed(`${opening} is not closed`)
    this.#position = end + closing.length
    return this.#text.slice(start, end)
  }

  #tag(): void {
    this.#position += 1
    if (this.#text[this.#position] === '/') {
      this.#position += 1
      const name = this.#take(NAME)[0]
      this.#take(TAG_END)
      if (this.#open.pop()?.name !== name) throw this.#malformed(`</${name}> closes nothing`)
      this.tokens.endElement()
      return
    }
    const name = this.#take(NAME)[0]
    const attributes = this.#attributes()
    const namespaces = this.#namespaces(attributes)
    this.tokens.element(qualified(name, namespaces, true))
    for (const [attribute, value] of attributes) {
      this.tokens.attribute(qualified(attribute, namespaces, false), value)
    }
    if (attributes.length > 0) this.tokens.endAttributes()
    if (this.#take(TAG_END)[1] === '/') this.tokens.endElement()
    else this.#open.push({ name, namespaces })
  }

  #attributes(): [name: string, value: string][] {
    const attributes: [string, string][] = []
    for (;;) {
      ATTRIBUTE.lastIndex = this.#position
      const match = ATTRIBUTE.exec(this.#text)
      if (match === null) return attributes
      const [whole, name = '', quoted = ''] = match
      this.#position += whole.length
      if (attributes.some(([other]) => other === name)) throw this.#malformed(`${name} is twice`)
      attributes.push([name, this.#unescape(quoted.slice(1, -1))])
    }
  }

  #namespaces(attributes: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
    const outer = this.#open.at(-1)?.namespaces ?? new Map<string, string>()
    const declared = attributes.filter(([name]) => isDeclaration(name))
    if (declared.length === 0) return outer
    const added = declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri] as const)
    return new Map([...outer, ...added])
  }

  #unescape(text: string): string {
    if (!text.includes('&')) return text
    return text.replace(/&(#x?)?([^;&]*;?)/g, (_, number: string | undefined, rest: string) => {
      const name = rest.slice(0, -1)
      const code = Number.parseInt(name, number === '#x' ? 16 : 10)
      const isCode = number !== undefined && code >= 0 && code <= 0x10_ffff
      const character = isCode ? String.fromCodePoint(code) : NAMED_ENTITIES[name]
      if (character === undefined || !rest.endsWith(';') || (number !== undefined && !isCode)) {
        throw this.#malformed('it has an unknown entity')
      }
      return character
    })
  }

  #take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#position
    const match = pattern.exec(this.#text)
    if (match === null) throw this.#malformed(`a tag is not complete`)
    this.#position += match[0].length
    return match
  }

  #malformed(what: string) {
    return invalidValue(`${shown(this.#text)} is no xml: at character ${this.#position}, ${what}`)
  }
}

function isDeclaration(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:')
}

/** A declaration has the whole of its name as prefix and no local name. */
function qualified(name: string, namespaces: ReadonlyMap<string, string>, isElement: boolean) {
  if (isDeclaration(name)) return { namespace: XMLNS, prefix: name, local: '' }
  const colon = name.indexOf(':')
  const prefix = colon < 0 ? '' : name.slice(0, colon)
  const inScope = isElement || colon >= 0 ? namespaces.get(prefix) : undefined
  return { namespace: inScope ?? '', prefix, local: name.slice(colon + 1) }
}
