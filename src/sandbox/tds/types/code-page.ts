import { codePageDecoder, UTF8_CODE_PAGE } from '../../../mdf/index.ts'

/** Code pages whose characters have one or two bytes. */
const DOUBLE_BYTE_CODE_PAGES: ReadonlySet<number> = new Set([932, 936, 949, 950])
const FIRST_LEAD_BYTE = 0x81
const LAST_LEAD_BYTE = 0xfe
const FIRST_TRAIL_BYTE = 0x40
const QUESTION_MARK = 0x3f
const REPLACEMENT_CHARACTER = '\ufffd'

/** By UTF-16 unit: the byte, or lead and trail byte as one number; 0 where the page has none. */
type EncodingTable = Uint16Array

const tables = new Map<number, EncodingTable>()

/** Text of bytes in a code page; 65001 is UTF-8. */
export function decodeCodePage(bytes: Buffer, codePage: number): string {
  return codePageDecoder(codePage)(bytes, 0, bytes.length)
}

/** Bytes of text in a code page; characters that it does not have become question marks. */
export function encodeCodePage(text: string, codePage: number): Buffer {
  if (codePage === UTF8_CODE_PAGE) return Buffer.from(text, 'utf8')
  const table = encodingTable(codePage)
  const bytes = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    const code = unit === 0 ? 0 : table[unit] || QUESTION_MARK
    if (code > 0xff) bytes[length++] = code >> 8
    bytes[length++] = code & 0xff
    // A character of two units is one question mark.
    if (isSurrogatePair(text, index)) index++
  }
  return bytes.subarray(0, length)
}

function isSurrogatePair(text: string, index: number): boolean {
  return (
    (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00
  )
}

/** Built when a code page is first met: most connections need just one. */
function encodingTable(codePage: number): EncodingTable {
  const known = tables.get(codePage)
  if (known !== undefined) return known
  const table = buildTable(codePage)
  tables.set(codePage, table)
  return table
}

function buildTable(codePage: number): EncodingTable {
  const table = new Uint16Array(0x1_0000)
  const decode = codePageDecoder(codePage)
  const add = (code: number, bytes: Buffer): void => {
    const character = decode(bytes, 0, bytes.length)
    const unit = character.charCodeAt(0)
    // The first of several codes for a character is the one Windows chooses.
    if (character.length !== 1 || character === REPLACEMENT_CHARACTER || table[unit] !== 0) return
    table[unit] = code
  }
  for (let byte = 1; byte <= 0xff; byte++) add(byte, Buffer.of(byte))
  if (!DOUBLE_BYTE_CODE_PAGES.has(codePage)) return table
  for (let lead = FIRST_LEAD_BYTE; lead <= LAST_LEAD_BYTE; lead++) {
    for (let trail = FIRST_TRAIL_BYTE; trail <= 0xff; trail++) {
      add((lead << 8) | trail, Buffer.of(lead, trail))
    }
  }
  return table
}
