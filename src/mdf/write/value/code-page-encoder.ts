import { codePageDecoder, UTF8_CODE_PAGE } from '../../value/code-page.ts'

/** Writes text in a code page; `?` stands for what the code page does not have. */
export interface TextEncode {
  /** Bytes that `length` UTF-16 units take at most. */
  bound(length: number): number
  /** Writes at `start` of `target` and returns where the text ends. */
  write(text: string, target: Buffer, start: number): number
}

const QUESTION_MARK = 0x3f
const FIRST_NON_ASCII = 0x80
const REPLACEMENT = 0xfffd
/** Code pages in which a character can take two bytes. */
const DOUBLE_BYTE_CODE_PAGES: ReadonlySet<number> = new Set([932, 936, 949, 950])
const MOST_UTF8_BYTES_PER_UNIT = 3

const encoders = new Map<number, TextEncode>()

/** The encoder of a Windows code page, the inverse of `codePageDecoder`. */
export function codePageEncoder(codePage: number): TextEncode {
  const known = encoders.get(codePage)
  if (known !== undefined) return known
  const encoder = codePage === UTF8_CODE_PAGE ? UTF8 : tableEncoder(codePage)
  encoders.set(codePage, encoder)
  return encoder
}

const UTF8: TextEncode = {
  bound: (length) => length * MOST_UTF8_BYTES_PER_UNIT,
  write: (text, target, start) => start + target.write(text, start, 'utf8'),
}

function tableEncoder(codePage: number): TextEncode {
  const isDoubleByte = DOUBLE_BYTE_CODE_PAGES.has(codePage)
  let table: Uint16Array | undefined
  return {
    bound: (length) => (isDoubleByte ? 2 * length : length),
    write(text, target, start) {
      let position = start
      for (let index = 0; index < text.length; index++) {
        const unit = text.charCodeAt(index)
        if (unit < FIRST_NON_ASCII) {
          target[position++] = unit
          continue
        }
        table ??= encodingTable(codePage, isDoubleByte)
        const code = table[unit] ?? 0
        if (code > 0xff) target[position++] = code >> 8
        target[position++] = code === 0 ? QUESTION_MARK : code
      }
      return position
    },
  }
}

/** The code of each UTF-16 unit, 0 for none: the decoder, asked for every code there is. */
function encodingTable(codePage: number, isDoubleByte: boolean): Uint16Array {
  const decode = codePageDecoder(codePage)
  const table = new Uint16Array(0x1_0000)
  const bytes = Buffer.alloc(2)
  const add = (code: number, length: number) => {
    const text = decode(bytes, 0, length)
    const unit = text.charCodeAt(0)
    if (text.length === 1 && unit >= FIRST_NON_ASCII && unit !== REPLACEMENT) {
      if (table[unit] === 0) table[unit] = code
    }
  }
  for (let code = FIRST_NON_ASCII; code <= 0xff; code++) {
    bytes[0] = code
    add(code, 1)
  }
  if (!isDoubleByte) return table
  for (const lead of leadBytes(codePage)) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      bytes.writeUInt16BE((lead << 8) | trail)
      add((lead << 8) | trail, 2)
    }
  }
  return table
}

/** The first code that is asked for wins; 932 has its NEC selection of IBM characters twice. */
function leadBytes(codePage: number): number[] {
  const all = Array.from({ length: 0xfe - 0x81 + 1 }, (_, index) => 0x81 + index)
  const last = codePage === 932 ? [0xed, 0xee] : []
  return [...all.filter((lead) => !last.includes(lead)), ...last]
}
