import { collationName, MAX_LENGTH, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import {
  declaredLength,
  decodeText,
  formatValue,
  isBinaryType,
  isCharacterType,
  isClrType,
  isLargeObjectType,
  isUnicodeType,
  nvarcharType,
  varbinaryType,
  varcharType,
} from '../values/index.ts'
import type { ArgumentInfo, CallContext } from './contract.ts'
import type { CallSite } from './define-function.ts'

const MAX_VARCHAR = 8000
const MAX_NVARCHAR = 4000

/** 8116: the function does not take the type at this place (counted from 1). */
export function invalidArgument(type: SqlType, position: number, functionName: string): SqlError {
  return new SqlError(
    8116,
    `Argument data type ${type.name} is invalid for argument ${position} of ${functionName} function.`,
  )
}

/** 8116 for a bare NULL, which has no type that the function could take. */
export function invalidNull(position: number, functionName: string): SqlError {
  return new SqlError(
    8116,
    `Argument data type NULL is invalid for argument ${position} of ${functionName} function.`,
  )
}

/** Refuses what does not become text unasked: text, ntext and image, xml, sql_variant and CLR types. */
export function checkText(args: readonly ArgumentInfo[], position: number, name: string): void {
  const type = args[position - 1]?.type
  if (type === undefined) return
  const isRefused =
    isLargeObjectType(type) || type.name === 'xml' || type.name === 'sql_variant' || isClrType(type)
  if (isRefused) throw invalidArgument(type, position, name)
}

/** An argument as text, converted as SQL Server does unasked. */
export function textOf(value: SqlValue, position: number, site: CallSite): string {
  if (typeof value === 'string') return value
  const type = site.args[position - 1]?.type ?? site.resultType
  if (value instanceof Uint8Array && isBinaryType(type)) {
    return decodeText(value, collationOf(site.args, site.resultType))
  }
  return formatValue(value, type)
}

/** The collation of the first argument that has one. */
export function collationOf(args: readonly ArgumentInfo[], resultType?: SqlType): number {
  const found = args.find(({ type }) => type.collationId !== 0)?.type.collationId
  return found ?? resultType?.collationId ?? 0
}

export function contextCollation(args: readonly ArgumentInfo[], context: CallContext): number {
  return collationOf(args) || context.host.session.collationId
}

/** Most characters an argument has as text. */
export function textLength({ type }: ArgumentInfo): number {
  if (type.name === 'text' || type.name === 'ntext' || type.name === 'xml') return MAX_LENGTH
  if (isCharacterType(type) || isBinaryType(type)) return declaredLength(type)
  return DISPLAY_LENGTHS[type.name] ?? type.precision + 2
}

/** Characters that the longest value of a type takes. */
const DISPLAY_LENGTHS: Readonly<Record<string, number>> = {
  bit: 1,
  tinyint: 3,
  smallint: 6,
  int: 12,
  bigint: 20,
  money: 30,
  smallmoney: 30,
  real: 30,
  float: 30,
  date: 10,
  time: 16,
  datetime: 19,
  smalldatetime: 19,
  datetime2: 27,
  datetimeoffset: 34,
  uniqueidentifier: 36,
}

/**
 * varchar or nvarchar, whichever the arguments ask for, of `length` characters; MAX_LENGTH for (max).
 * Longer than the type allows is cut to its longest.
 */
export function varyingText(
  texts: readonly ArgumentInfo[],
  length: number,
  context: CallContext,
): SqlType {
  const collationId = contextCollation(texts, context)
  if (texts.some(({ type }) => isUnicodeType(type) || type.name === 'xml')) {
    if (length === MAX_LENGTH) return nvarcharType(MAX_LENGTH, collationId)
    return nvarcharType(Math.min(Math.max(length, 1), MAX_NVARCHAR) * 2, collationId)
  }
  if (length === MAX_LENGTH) return varcharType(MAX_LENGTH, collationId)
  return varcharType(Math.min(Math.max(length, 1), MAX_VARCHAR), collationId)
}

/** varbinary for a binary argument, else text as `varyingText`. */
export function varyingLike(arg: ArgumentInfo, length: number, context: CallContext): SqlType {
  if (!isBinaryType(arg.type)) return varyingText([arg], length, context)
  const isMax = length === MAX_LENGTH || arg.type.name === 'image'
  return varbinaryType(isMax ? MAX_LENGTH : Math.min(Math.max(length, 1), MAX_VARCHAR))
}

/** The arguments one behind the other: characters, or MAX_LENGTH when one has no limit. */
export function totalLength(args: readonly ArgumentInfo[]): number {
  const lengths = args.map(textLength)
  if (lengths.includes(MAX_LENGTH)) return MAX_LENGTH
  return lengths.reduce((total, length) => total + length, 0)
}

/** Cut to what the type holds. */
export function fitText(text: string, type: SqlType): string {
  const limit = declaredLength(type)
  return limit === MAX_LENGTH || text.length <= limit ? text : text.slice(0, limit)
}

/** Whether characters outside the basic plane count as one: collations _SC and those of version 140. */
export function countsSupplementary(collationId: number): boolean {
  return /_SC\b|_SC_|_140_/.test(collationName(collationId) ?? '')
}
