import { collationCodePage } from '../../collation/collation.ts'
import { MAX_LENGTH, type SqlType } from '../../sql-type.ts'
import { codePageEncoder } from './code-page-encoder.ts'
import type { StoredValue, ValueEncoder } from './encoder.ts'
import { invalidValue, shown } from './invalid-value.ts'

const BLANK = 0x20
const LARGEST_VALUE = 2 ** 31 - 1
/** Shorter texts are faster written unit by unit than by a call into Node. */
const SHORT_TEXT = 40

/** char and nchar, filled up with blanks. */
export function fixedTextEncoder(type: SqlType): ValueEncoder {
  const text = type.name === 'nchar' ? unicodeEncoder(type) : codePageTextEncoder(type)
  const fill = type.name === 'nchar' ? Buffer.from(' ', 'utf16le') : BLANK
  const size = type.maxLength
  return {
    bound: (value) => Math.max(size, text.bound(value)),
    write(value, target, start) {
      const end = text.write(value, target, start)
      target.fill(fill, end, start + size)
      return start + size
    },
  }
}

/** nvarchar and ntext: UTF-16LE. */
export function unicodeEncoder(type: SqlType): ValueEncoder {
  const limit = limitOf(type)
  return {
    bound: (value) => 2 * textOf(value).length,
    write(value, target, start) {
      const text = textOf(value)
      if (2 * text.length > limit) throw tooLong(value, type, 2 * text.length)
      return writeUtf16(text, target, start)
    },
  }
}

/** varchar and text, in the code page of their collation. */
export function codePageTextEncoder(type: SqlType): ValueEncoder {
  const limit = limitOf(type)
  const encoder = codePageEncoder(collationCodePage(type.collationId))
  return {
    bound: (value) => encoder.bound(textOf(value).length),
    write(value, target, start) {
      const end = encoder.write(textOf(value), target, start)
      if (end - start > limit) throw tooLong(value, type, end - start)
      return end
    },
  }
}

function writeUtf16(text: string, target: Buffer, start: number): number {
  if (text.length > SHORT_TEXT) return start + target.write(text, start, 'utf16le')
  let position = start
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    target[position++] = unit
    target[position++] = unit >> 8
  }
  return position
}

function textOf(value: StoredValue): string {
  if (typeof value !== 'string') throw invalidValue(`${shown(value)} is no text`)
  return value
}

/** Bytes a value may have; the column's maximum is the pointer's size in text, ntext and image. */
export function limitOf({ name, maxLength }: SqlType): number {
  const isLarge = name === 'text' || name === 'ntext' || name === 'image'
  return maxLength === MAX_LENGTH || isLarge ? LARGEST_VALUE : maxLength
}

export function tooLong(value: StoredValue, type: SqlType, length: number) {
  const facts = `${length} bytes, and ${type.name} has room for ${limitOf(type)}`
  return invalidValue(`${shown(value)} takes ${facts}`)
}
