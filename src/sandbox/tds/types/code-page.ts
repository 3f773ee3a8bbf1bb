import { PlatformError } from '../../../base/index.ts'

/** Names of the WHATWG encodings that are the same as SQL Server's code pages. */
const ENCODING_LABELS: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
}

/** Upper halves (0x80-0xFF) of the DOS code pages, which WHATWG does not have. */
const UPPER_HALVES: Readonly<Record<number, string>> = {
  437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
}

const UTF8 = 65_001
const FIRST_DOUBLE_BYTE_LEAD = 0x81
const QUESTION_MARK = 0x3f

interface CodePage {
  decode(bytes: Uint8Array): string
  /** Byte, or lead and trail byte as one number, by UTF-16 unit; 0 where there is none. */
  readonly codes: Uint16Array
}

const loaded = new Map<number, CodePage>()

/** Text of bytes in a code page; 65001 is UTF-8. */
export function decodeCodePage(bytes: Buffer, codePage: number): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (codePage === UTF8) return bytes.toString('utf8')
  return codePageOf(codePage).decode(bytes)
}

/** Bytes of text in a code page; characters that it does not have become question marks. */
export function encodeCodePage(text: string, codePage: number): Buffer {
  if (codePage === UTF8) return Buffer.from(text, 'utf8')
  const { codes } = codePageOf(codePage)
  const bytes = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    const code = unit === 0 ? 0 : codes[unit] || QUESTION_MARK
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

function isAscii(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) {
    if ((bytes[index] ?? 0) > 0x7f) return false
  }
  return true
}

/** Tables are built when a code page is first met: most connections need just one. */
function codePageOf(number: number): CodePage {
  const known = loaded.get(number)
  if (known !== undefined) return known
  const page = loadCodePage(number)
  loaded.set(number, page)
  return page
}

function loadCodePage(number: number): CodePage {
  const upperHalf = UPPER_HALVES[number]
  if (upperHalf !== undefined) return singleBytePage((byte) => upperHalf.charAt(byte - 0x80))
  const label = ENCODING_LABELS[number]
  if (label === undefined) {
    throw new PlatformError('INTERNAL', `code page ${number} is not one of SQL Server's`)
  }
  const decoder = new TextDecoder(label)
  const decode = (bytes: Uint8Array): string => decoder.decode(bytes)
  if (number < 1000 && number !== 874) return { decode, codes: doubleByteCodes(decoder) }
  return { decode, codes: singleBytePage((byte) => decode(Uint8Array.of(byte))).codes }
}

function singleBytePage(characterOf: (byte: number) => string): CodePage {
  const codes = asciiCodes()
  for (let byte = 0x80; byte <= 0xff; byte++) codes[characterOf(byte).charCodeAt(0)] = byte
  const decode = (bytes: Uint8Array): string => {
    let text = ''
    for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : characterOf(byte)
    return text
  }
  return { decode, codes }
}

function doubleByteCodes(decoder: InstanceType<typeof TextDecoder>): Uint16Array {
  const codes = asciiCodes()
  for (let lead = FIRST_DOUBLE_BYTE_LEAD; lead <= 0xfe; lead++) {
    addCode(codes, decoder.decode(Uint8Array.of(lead)), lead)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      addCode(codes, decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail)
    }
  }
  return codes
}

/** The first of several codes for a character is the one Windows chooses. */
function addCode(codes: Uint16Array, character: string, code: number): void {
  const unit = character.charCodeAt(0)
  if (character.length === 1 && character !== '\ufffd' && codes[unit] === 0) codes[unit] = code
}

function asciiCodes(): Uint16Array {
  const codes = new Uint16Array(0x1_0000)
  for (let byte = 1; byte < 0x80; byte++) codes[byte] = byte
  return codes
}
