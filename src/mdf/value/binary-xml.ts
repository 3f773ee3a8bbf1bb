import { ByteCursor } from './byte-cursor.ts'
import { malformedValue } from './malformed-value.ts'
import { readAtomicValue } from './xml-atomic-value.ts'

// Binary XML (format reference 6.6, [MS-BINXML]): signature DF FF, version u8, code page u16, tokens.
const SIGNATURE = 0xffdf
const HEADER_SIZE = 5

const TOKENS = {
  flushNames: 0xe9,
  extension: 0xea,
  endNested: 0xeb,
  nested: 0xec,
  textualXml: 0xed,
  defineQualifiedName: 0xef,
  defineName: 0xf0,
  endCdata: 0xf1,
  cdata: 0xf2,
  comment: 0xf3,
  processingInstruction: 0xf4,
  endAttributes: 0xf5,
  attribute: 0xf6,
  endElement: 0xf7,
  element: 0xf8,
  internalSubset: 0xf9,
  publicId: 0xfa,
  systemId: 0xfb,
  documentType: 0xfc,
  encoding: 0xfd,
  declaration: 0xfe,
  qualifiedNameValue: 0x8c,
} as const

/**
 * The text of an xml value, as SQL Server writes it: without XML declaration and document type.
 * @throws PlatformError FILE_DAMAGED
 */
export function decodeBinaryXml(bytes: Buffer, start: number, end: number): string {
  if (end === start) return ''
  const cursor = new ByteCursor(bytes, start, end)
  readHeader(cursor)
  return new BinaryXmlWriter(cursor).write()
}

function readHeader(cursor: ByteCursor): void {
  const isHeader =
    cursor.end - cursor.position >= HEADER_SIZE &&
    cursor.bytes.readUInt16LE(cursor.position) === SIGNATURE
  if (!isHeader) throw malformedValue('an xml value has no binary XML signature')
  cursor.take(HEADER_SIZE)
}

interface NameTables {
  readonly names: string[]
  readonly qualifiedNames: string[]
}

class BinaryXmlWriter {
  readonly #cursor: ByteCursor
  #text = ''
  /** Index 0 is the empty name. */
  #names: string[] = ['']
  #qualifiedNames: string[] = ['']
  /** The names of the documents around a nested one. */
  readonly #outerNames: NameTables[] = []
  readonly #openElements: string[] = []
  /** `<name` is written and its `>` is not. */
  #startTagOpen = false
  #attributeOpen = false

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor
  }

  write(): string {
    while (!this.#cursor.atEnd) this.#token(this.#cursor.u8())
    this.#closeAttribute()
    if (this.#openElements.length > 0) throw malformedValue('an xml value ends within an element')
    return this.#text
  }

  #token(token: number): void {
    if (this.#structure(token) || this.#skipped(token)) return
    const value =
      token === TOKENS.qualifiedNameValue
        ? this.#qualifiedName()
        : readAtomicValue(token, this.#cursor)
    if (value === undefined) throw malformedValue(`an xml value has the unknown token ${token}`)
    this.#content(value)
  }

  #structure(token: number): boolean {
    switch (token) {
      case TOKENS.element:
        this.#closeStartTag()
        this.#openElement()
        return true
      case TOKENS.attribute:
        this.#closeAttribute()
        if (!this.#startTagOpen) throw malformedValue('an xml attribute is outside a start tag')
        this.#text += ` ${this.#qualifiedName()}="`
        this.#attributeOpen = true
        return true
      case TOKENS.endAttributes:
        this.#closeAttribute()
        return true
      case TOKENS.endElement:
        this.#closeElement()
        return true
      case TOKENS.comment:
        this.#closeStartTag()
        this.#text += `<!--${this.#cursor.text()}-->`
        return true
      case TOKENS.processingInstruction:
        this.#closeStartTag()
        this.#text += `<?${this.#name()} ${this.#cursor.text()}?>`
        return true
      case TOKENS.cdata:
        this.#content(this.#cursor.text())
        return true
      case TOKENS.textualXml:
        this.#closeStartTag()
        this.#text += this.#cursor.text()
        return true
      default:
        return false
    }
  }

  /** Tokens that write no text: name tables, extensions, declaration, document type. */
  #skipped(token: number): boolean {
    const cursor = this.#cursor
    switch (token) {
      case TOKENS.defineName:
        this.#names.push(cursor.text())
        return true
      case TOKENS.defineQualifiedName:
        this.#defineQualifiedName()
        return true
      case TOKENS.flushNames:
        this.#flushNames()
        return true
      case TOKENS.nested:
        this.#beginNested()
        return true
      case TOKENS.endNested:
        this.#endNested()
        return true
      case TOKENS.extension:
        cursor.take(cursor.multiByte())
        return true
      case TOKENS.declaration:
        cursor.text()
        if (cursor.u8() === TOKENS.encoding) {
          cursor.text()
          cursor.u8()
        }
        return true
      case TOKENS.documentType:
      case TOKENS.systemId:
      case TOKENS.publicId:
      case TOKENS.internalSubset:
        cursor.text()
        return true
      default:
        return token === TOKENS.endCdata
    }
  }

  #flushNames(): void {
    this.#names = ['']
    this.#qualifiedNames = ['']
  }

  /** A document within the document, with a header and names of its own. */
  #beginNested(): void {
    this.#closeAttribute()
    this.#outerNames.push({ names: this.#names, qualifiedNames: this.#qualifiedNames })
    readHeader(this.#cursor)
    this.#flushNames()
  }

  #endNested(): void {
    const outer = this.#outerNames.pop()
    if (outer === undefined) throw malformedValue('an xml value ends a document that is not nested')
    this.#names = outer.names
    this.#qualifiedNames = outer.qualifiedNames
  }

  /** Namespace declarations have a prefix such as `xmlns:p1` and an empty local name. */
  #defineQualifiedName(): void {
    this.#name() // the namespace: its declaration is an attribute of its own
    const prefix = this.#name()
    const local = this.#name()
    this.#qualifiedNames.push(prefix === '' || local === '' ? prefix + local : `${prefix}:${local}`)
  }

  #name(): string {
    return known(this.#names[this.#cursor.multiByte()])
  }

  #qualifiedName(): string {
    return known(this.#qualifiedNames[this.#cursor.multiByte()])
  }

  #openElement(): void {
    const name = this.#qualifiedName()
    this.#openElements.push(name)
    this.#text += `<${name}`
    this.#startTagOpen = true
  }

  #closeElement(): void {
    this.#closeAttribute()
    const name = this.#openElements.pop()
    if (name === undefined) throw malformedValue('an xml value ends an element that is not open')
    this.#text += this.#startTagOpen ? '/>' : `</${name}>`
    this.#startTagOpen = false
  }

  #content(value: string): void {
    if (this.#attributeOpen) {
      this.#text += escapeAttribute(value)
      return
    }
    this.#closeStartTag()
    this.#text += escapeText(value)
  }

  #closeStartTag(): void {
    this.#closeAttribute()
    if (this.#startTagOpen) this.#text += '>'
    this.#startTagOpen = false
  }

  #closeAttribute(): void {
    if (this.#attributeOpen) this.#text += '"'
    this.#attributeOpen = false
  }
}

function known(name: string | undefined): string {
  if (name === undefined) throw malformedValue('an xml value uses a name it does not define')
  return name
}

const TEXT_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#x0D;',
  '\n': '&#x0A;',
  '\t': '&#x09;',
  ' ': '&#x20;',
}

const ONLY_WHITE_SPACE = /^[ \t\r\n]+$/

/** Text of nothing but white space ends with a reference: parsers would drop it otherwise. */
function escapeText(text: string): string {
  if (ONLY_WHITE_SPACE.test(text)) {
    const last = text.slice(-1)
    return escapeCharacters(text.slice(0, -1)) + (TEXT_ENTITIES[last] ?? last)
  }
  return escapeCharacters(text)
}

function escapeCharacters(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => TEXT_ENTITIES[character] ?? character)
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => TEXT_ENTITIES[character] ?? character)
}
