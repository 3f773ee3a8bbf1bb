import type { SqlType } from '../../../mdf/index.ts'
import { decodeCodePage, encodeCodePage } from './code-page.ts'
import { codePageOfCollation } from './collation.ts'

const UNICODE_TYPES: ReadonlySet<string> = new Set(['nchar', 'nvarchar', 'ntext', 'xml'])

/** Character types and xml; their values are strings. */
export function isCharacter(type: SqlType): boolean {
  return isUnicode(type) || type.name === 'char' || type.name === 'varchar' || type.name === 'text'
}

export function isUnicode(type: SqlType): boolean {
  return UNICODE_TYPES.has(type.name)
}

/** Bytes of a character type's value: UTF-16, or its collation's code page. */
export function encodeText(text: string, type: SqlType): Buffer {
  if (isUnicode(type)) return Buffer.from(text, 'utf16le')
  return encodeCodePage(text, codePageOfCollation(type.collationId))
}

export function decodeText(bytes: Buffer, type: SqlType): string {
  if (isUnicode(type)) return bytes.toString('utf16le')
  return decodeCodePage(bytes, codePageOfCollation(type.collationId))
}
