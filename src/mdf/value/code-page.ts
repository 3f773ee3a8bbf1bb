import { koreanDecoder } from './korean-code-page.ts'

/** Decodes single- and multi-byte text. */
export type TextDecode = (bytes: Buffer, start: number, end: number) => string

/** Code page number of UTF-8 in Windows. */
export const UTF8_CODE_PAGE = 65001

const KOREAN_CODE_PAGE = 949

/** The Encoding Standard's labels of the Windows code pages that SQL Server's collations use. */
const ENCODING_LABELS: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
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
  [UTF8_CODE_PAGE]: 'utf-8',
}

// The OEM code pages' upper halves, 0x80 to 0xFF, which the Encoding Standard does not have.
const OEM_UPPER_HALVES: Readonly<Record<number, string>> = {
  437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧' +
    '╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤' +
    'ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
}

const decoders = new Map<number, TextDecode>()

/** The decoder of a Windows code page; an unknown code page is read as 1252. */
export function codePageDecoder(codePage: number): TextDecode {
  const known = decoders.get(codePage)
  if (known !== undefined) return known
  const decode = makeDecoder(codePage)
  decoders.set(codePage, decode)
  return decode
}

function makeDecoder(codePage: number): TextDecode {
  if (codePage === KOREAN_CODE_PAGE) return koreanDecoder()
  const upperHalf = OEM_UPPER_HALVES[codePage]
  return upperHalf === undefined ? encodingDecoder(codePage) : oemDecoder(upperHalf)
}

/** UTF-16LE text, with unpaired surrogates kept: SQL Server does not forbid them. */
export function decodeUtf16(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf16le', start, end)
}

function encodingDecoder(codePage: number): TextDecode {
  const label = ENCODING_LABELS[codePage] ?? 'windows-1252'
  const decoder = new TextDecoder(label, { ignoreBOM: true })
  return (bytes, start, end) => {
    // Every one of these code pages agrees with ASCII, and most text is ASCII.
    for (let index = start; index < end; index++) {
      if ((bytes[index] ?? 0) >= 0x80) return decoder.decode(bytes.subarray(start, end))
    }
    return bytes.toString('latin1', start, end)
  }
}

function oemDecoder(upperHalf: string): TextDecode {
  return (bytes, start, end) => {
    let text = ''
    for (let index = start; index < end; index++) {
      const byte = bytes[index] ?? 0
      text += byte < 0x80 ? String.fromCharCode(byte) : upperHalf.charAt(byte - 0x80)
    }
    return text
  }
}
