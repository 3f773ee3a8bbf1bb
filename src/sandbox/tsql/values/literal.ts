import { Decimal, MAX_LENGTH, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { Literal } from '../syntax/ast.ts'
import { encodeText, isAscii, throughCodePage } from './code-page.ts'
import * as types from './types.ts'

const MAX_INT = 2_147_483_647n
const MONEY_LIMIT = 2n ** 63n

/**
 * Type and value of a literal as SQL Server gives them. NULL and DEFAULT have type int and value null.
 * @throws SqlError 1007 (number outside 38 digits), 168 (float out of range)
 */
export function literalOf(
  literal: Literal,
  collationId: number,
): { readonly type: SqlType; readonly value: SqlValue } {
  const { literalType, text } = literal
  switch (literalType) {
    case 'integer':
      return integerLiteral(text)
    case 'decimal':
      return decimalLiteral(text)
    case 'float':
      return floatLiteral(text)
    case 'money':
      return moneyLiteral(text)
    case 'string':
      return stringLiteral(text, collationId)
    case 'unicode-string':
      return {
        type: types.nvarcharType(literalBytes(text.length * 2, 8000), collationId),
        value: text,
      }
    case 'binary':
      return binaryLiteral(text)
    case 'null':
    case 'default':
      return { type: types.INT, value: null }
  }
}

/** A text without N is in the code page of the database. */
function stringLiteral(text: string, collationId: number): { type: SqlType; value: SqlValue } {
  const isPlain = isAscii(text)
  const bytes = isPlain ? text.length : encodeText(text, collationId).length
  const value = isPlain ? text : throughCodePage(text, collationId, bytes)
  return { type: types.varcharType(literalBytes(bytes, 8000), collationId), value }
}

/** The empty string has a length of one, since no type has length 0. */
function literalBytes(bytes: number, limit: number): number {
  if (bytes > limit) return MAX_LENGTH
  return Math.max(bytes, 1)
}

function integerLiteral(text: string): { type: SqlType; value: SqlValue } {
  const value = BigInt(text)
  if (value <= MAX_INT) return { type: types.INT, value: Number(value) }
  const digits = value.toString().length
  if (digits > 38) throw outOfRange(text)
  return { type: types.decimalType(digits, 0, 'numeric'), value: new Decimal(value, 0) }
}

function decimalLiteral(text: string): { type: SqlType; value: SqlValue } {
  const [whole = '', fraction = ''] = text.split('.')
  const significant = whole.replace(/^0+/, '')
  const precision = Math.max(significant.length + fraction.length, 1)
  if (precision > 38) throw outOfRange(text)
  return {
    type: types.decimalType(precision, fraction.length, 'numeric'),
    value: new Decimal(BigInt(`${significant}${fraction}` || '0'), fraction.length),
  }
}

function floatLiteral(text: string): { type: SqlType; value: SqlValue } {
  const value = Number(/[eE][+-]?$/.test(text) ? text.replace(/[eE][+-]?$/, '') : text)
  if (Number.isFinite(value)) return { type: types.FLOAT, value }
  throw new SqlError(
    168,
    `The floating point value '${text}' is out of the range of computer representation (8 bytes).`,
    { severity: 15 },
  )
}

function moneyLiteral(text: string): { type: SqlType; value: SqlValue } {
  const [whole = '', fraction = ''] = text.replaceAll(',', '').split('.')
  const kept = BigInt(`${whole || '0'}${fraction.slice(0, 4).padEnd(4, '0')}`)
  const unscaled = Number(fraction[4] ?? '0') >= 5 ? kept + 1n : kept
  if (unscaled < MONEY_LIMIT) return { type: types.MONEY, value: new Decimal(unscaled, 4) }
  throw new SqlError(
    1007,
    `The number '${text}' is out of the range for numeric representation (maximum precision 38).`,
    { severity: 15 },
  )
}

function binaryLiteral(text: string): { type: SqlType; value: SqlValue } {
  const hex = text.length % 2 === 1 ? `0${text}` : text
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
  return { type: types.varbinaryType(literalBytes(bytes.length, 8000)), value: bytes }
}

function outOfRange(text: string): SqlError {
  return new SqlError(
    1007,
    `The number '${text}' is out of the range for numeric representation (maximum precision 38).`,
    { severity: 15 },
  )
}
