// Binary XML (format reference 6.6, [MS-BINXML]): signature DF FF, version u8, code page u16, tokens.
const HEADER = Buffer.from([0xdf, 0xff, 0x01, 0xb0, 0x04])
const TOKENS = {
  text: 0x11,
  defineQualifiedName: 0xef,
  defineName: 0xf0,
  comment: 0xf3,
  processingInstruction: 0xf4,
  endAttributes: 0xf5,
  attribute: 0xf6,
  endElement: 0xf7,
  element: 0xf8,
} as const

export interface QualifiedName {
  readonly namespace: string
  readonly prefix: string
  readonly local: string
}

/** Collects the tokens of one xml value; names are defined where they are first used. */
export class BinaryXmlTokens {
  readonly #names = new Map<string, number>([['', 0]])
  readonly #qualifiedNames = new Map<string, number>()
  #bytes = Buffer.alloc(256)
  #length = HEADER.copy(this.#bytes)

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  element(name: QualifiedName): void {
    const index = this.#qualifiedName(name)
    this.#byte(TOKENS.element)
    this.#number(index)
  }

  attribute(name: QualifiedName, value: string): void {
    const index = this.#qualifiedName(name)
    this.#byte(TOKENS.attribute)
    this.#number(index)
    if (value !== '') this.text(value)
  }

  endAttributes(): void {
    this.#byte(TOKENS.endAttributes)
  }

  endElement(): void {
    this.#byte(TOKENS.endElement)
  }

  text(text: string): void {
    this.#byte(TOKENS.text)
    this.#string(text)
  }

  comment(text: string): void {
    this.#byte(TOKENS.comment)
    this.#string(text)
  }

  processingInstruction(target: string, body: string): void {
    const index = this.#name(target)
    this.#byte(TOKENS.processingInstruction)
    this.#number(index)
    this.#string(body)
  }

  #name(name: string): number {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const index = this.#names.size
    this.#names.set(name, index)
    this.#byte(TOKENS.defineName)
    this.#string(name)
    return index
  }

  #qualifiedName(name: QualifiedName): number {
    const parts = [this.#name(name.namespace), this.#name(name.prefix), this.#name(name.local)]
    const key = parts.join(' ')
    const known = this.#qualifiedNames.get(key)
    if (known !== undefined) return known
    const index = this.#qualifiedNames.size + 1
    this.#qualifiedNames.set(key, index)
    this.#byte(TOKENS.defineQualifiedName)
    for (const part of parts) this.#number(part)
    return index
  }

  #byte(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = byte
  }

  /** 7 bits a byte, the lowest first; bit 7 says that another byte follows. */
  #number(number: number): void {
    let rest = number
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.#byte((rest % 128) | 0x80)
    this.#byte(rest)
  }

  #string(text: string): void {
    this.#number(text.length)
    this.#reserve(2 * text.length)
    this.#length += this.#bytes.write(text, this.#length, 'utf16le')
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = Buffer.alloc(2 * (this.#length + bytes))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
