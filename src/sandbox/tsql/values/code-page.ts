import { codePageDecoder, collationCodePage } from '../../../mdf/index.ts'

const UTF8_CODE_PAGE = 65001
const REPLACEMENT = 0x3f // '?'

/** What char and varchar of a collation hold: text in a code page. */
interface CodePage {
  decode(bytes: Uint8Array): string
  encode(text: string): Uint8Array
}

const codePages = new Map<number, CodePage>()

/** Bytes of char and varchar as text. */
export function decodeText(bytes: Uint8Array, collationId: number): string {
  return codePageOf(collationId).decode(bytes)
}

/** Text as char and varchar store it; characters that the code page lacks become '?'. */
export function encodeText(text: string, collationId: number): Uint8Array {
  return codePageOf(collationId).encode(text)
}

/** Text as it comes back from char or varchar of at most `limit` bytes. */
export function throughCodePage(text: string, collationId: number, limit: number): string {
  if (isAscii(text)) return text.length <= limit ? text : text.slice(0, limit)
  const { decode, encode } = codePageOf(collationId)
  const bytes = encode(text)
  if (bytes.length <= limit) return decode(bytes)
  let end = 0
  let used = 0
  for (const character of text) {
    used += encode(character).length
    if (used > limit) break
    end += character.length
  }
  return decode(encode(text.slice(0, end)))
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

function codePageOf(collationId: number): CodePage {
  const number = collationCodePage(collationId)
  let codePage = codePages.get(number)
  if (codePage === undefined) {
    codePage = number === UTF8_CODE_PAGE ? utf8() : tableCodePage(number)
    codePages.set(number, codePage)
  }
  return codePage
}

function utf8(): CodePage {
  return {
    decode: (bytes) => Buffer.from(bytes).toString('utf8'),
    encode: (text) => Buffer.from(text, 'utf8'),
  }
}

/** A code page whose encoder is its decoder read backwards. */
function tableCodePage(number: number): CodePage {
  const decoder = codePageDecoder(number)
  const decode = (bytes: Uint8Array): string => decoder(Buffer.from(bytes), 0, bytes.length)
  const table = reverseTable(decode)
  const encode = (text: string): Uint8Array => {
    const bytes: number[] = []
    for (const character of text) bytes.push(...(table.get(character) ?? [REPLACEMENT]))
    return Uint8Array.from(bytes)
  }
  return { decode, encode }
}

function reverseTable(decode: (bytes: Uint8Array) => string): Map<string, readonly number[]> {
  const table = new Map<string, readonly number[]>()
  const add = (...bytes: number[]) => {
    const character = decode(Uint8Array.from(bytes))
    const isOne = [...character].length === 1 && !character.includes('\ufffd')
    if (isOne && !table.has(character)) table.set(character, bytes)
    return isOne
  }
  const leadBytes: number[] = []
  for (let byte = 0; byte < 256; byte++) if (!add(byte)) leadBytes.push(byte)
  for (const lead of leadBytes) for (let trail = 0x40; trail < 256; trail++) add(lead, trail)
  return table
}
