// Standard Compression Scheme for Unicode (UTS #6), as SQL Server 2008 R2 and later store nchar and
// nvarchar in compressed rows.

/** Where the dynamic windows begin until they are defined anew. */
const INITIAL_WINDOWS = [0x0080, 0x00c0, 0x0400, 0x0600, 0x0900, 0x3040, 0x30a0, 0xff00]
const STATIC_WINDOWS = [0x0000, 0x0080, 0x0100, 0x0300, 0x2000, 0x2080, 0x2100, 0x3000]
/** Offset bytes 0xF9 to 0xFF name these windows; the ones below 0xA8 are computed. */
const SPECIAL_WINDOWS = [0x00c0, 0x0250, 0x0370, 0x0530, 0x3040, 0x30a0, 0xff60]

/** Tags that stand alone in single-byte mode; the others are ranges of eight, one a window. */
const SINGLE_BYTE_TAGS = { defineExtended: 0x0b, quoteUnicode: 0x0e, unicodeMode: 0x0f } as const
const UNICODE_TAGS = { quoteUnicode: 0xf0, defineExtended: 0xf1 } as const

/** Selects the window that is active from the start. */
const APPENDED_BYTE = 0x10

/**
 * The text of SCSU bytes. SQL Server appends a byte to texts of even length; a tag at the end that has
 * no operand is that byte, and means nothing.
 */
export function decodeScsu(bytes: Buffer): string {
  const plain = plainLength(bytes)
  return plain === undefined ? new ScsuDecoder(bytes).decode() : bytes.toString('latin1', 0, plain)
}

/** Bytes of a text of ASCII alone, before the appended byte if there is one; undefined for others. */
function plainLength(bytes: Buffer): number | undefined {
  const length = bytes.at(-1) === APPENDED_BYTE ? bytes.length - 1 : bytes.length
  for (let index = 0; index < length; index++) {
    const byte = bytes[index] ?? 0
    if (byte < 0x20 || byte >= 0x80) return undefined
  }
  return length
}

class ScsuDecoder {
  readonly #bytes: Uint8Array
  readonly #windows = [...INITIAL_WINDOWS]
  #position = 0
  #active = 0
  #unicodeMode = false
  #text = ''

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  decode(): string {
    while (this.#position < this.#bytes.length) {
      const byte = this.#next()
      if (this.#unicodeMode) this.#unicodeByte(byte)
      else this.#singleByte(byte)
    }
    return this.#text
  }

  #singleByte(byte: number): void {
    if (byte >= 0x80) this.#append((this.#windows[this.#active] ?? 0) + byte - 0x80)
    else if (byte >= 0x20 || byte === 0 || byte === 9 || byte === 10 || byte === 13) {
      this.#append(byte)
    } else if (byte >= 0x18) this.#define(byte - 0x18)
    else if (byte >= 0x10) this.#active = byte - 0x10
    else if (byte <= 0x08) this.#quote(byte - 1)
    else if (byte === SINGLE_BYTE_TAGS.unicodeMode) this.#unicodeMode = true
    else if (byte === SINGLE_BYTE_TAGS.quoteUnicode) this.#appendUnit()
    else if (byte === SINGLE_BYTE_TAGS.defineExtended) this.#defineExtended()
  }

  #unicodeByte(byte: number): void {
    if (byte >= 0xe0 && byte <= 0xe7) this.#leaveUnicodeMode(byte - 0xe0)
    else if (byte >= 0xe8 && byte <= 0xef) {
      this.#leaveUnicodeMode(byte - 0xe8)
      this.#define(byte - 0xe8)
    } else if (byte === UNICODE_TAGS.quoteUnicode) this.#appendUnit()
    else if (byte === UNICODE_TAGS.defineExtended) {
      this.#unicodeMode = false
      this.#defineExtended()
    } else if (this.#has(1)) this.#append((byte << 8) | this.#next())
  }

  #leaveUnicodeMode(window: number): void {
    this.#unicodeMode = false
    this.#active = window
  }

  /** One character of a window: of the static one below 0x80, of the dynamic one from there. */
  #quote(window: number): void {
    if (!this.#has(1)) return
    const byte = this.#next()
    const base = byte < 0x80 ? STATIC_WINDOWS[window] : this.#windows[window]
    this.#append((base ?? 0) + (byte & 0x7f))
  }

  #define(window: number): void {
    if (!this.#has(1)) return
    this.#windows[window] = windowStart(this.#next())
    this.#active = window
  }

  #defineExtended(): void {
    if (!this.#has(2)) {
      this.#position = this.#bytes.length
      return
    }
    const operand = (this.#next() << 8) | this.#next()
    this.#active = operand >> 13
    this.#windows[this.#active] = 0x10000 + (operand & 0x1fff) * 0x80
  }

  #appendUnit(): void {
    if (this.#has(2)) this.#append((this.#next() << 8) | this.#next())
    else this.#position = this.#bytes.length
  }

  #append(codePoint: number): void {
    this.#text += String.fromCodePoint(codePoint)
  }

  #has(count: number): boolean {
    return this.#position + count <= this.#bytes.length
  }

  #next(): number {
    return this.#bytes[this.#position++] ?? 0
  }
}

function windowStart(offset: number): number {
  if (offset < 0x68) return offset * 0x80
  if (offset < 0xa8) return offset * 0x80 + 0xac00
  return SPECIAL_WINDOWS[offset - 0xf9] ?? 0
}
