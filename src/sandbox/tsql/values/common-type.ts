import { MAX_LENGTH, type SqlType, type SqlTypeName } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { canConvert } from './conversion-matrix.ts'
import * as types from './types.ts'

/** Data type precedence, highest first (Microsoft, "Data type precedence (Transact-SQL)"). */
const PRECEDENCE: readonly SqlTypeName[] = [
  'geography',
  'geometry',
  'hierarchyid',
  'sql_variant',
  'xml',
  'datetimeoffset',
  'datetime2',
  'datetime',
  'smalldatetime',
  'date',
  'time',
  'float',
  'real',
  'decimal',
  'numeric',
  'money',
  'smallmoney',
  'bigint',
  'int',
  'smallint',
  'tinyint',
  'bit',
  'ntext',
  'text',
  'image',
  'timestamp',
  'uniqueidentifier',
  'nvarchar',
  'nchar',
  'varchar',
  'char',
  'varbinary',
  'binary',
]

const RANK = new Map(PRECEDENCE.map((name, index) => [name, index]))

/** The type of lower precedence number wins. */
export function precedenceOf(type: SqlType): number {
  return RANK.get(type.name) ?? PRECEDENCE.length
}

/** Precision and scale with which an exact number enters decimal arithmetic. */
export function exactFacets(type: SqlType): { readonly precision: number; readonly scale: number } {
  switch (type.name) {
    case 'bit':
      return { precision: 1, scale: 0 }
    case 'tinyint':
      return { precision: 3, scale: 0 }
    case 'smallint':
      return { precision: 5, scale: 0 }
    case 'int':
      return { precision: 10, scale: 0 }
    case 'bigint':
      return { precision: 19, scale: 0 }
    case 'money':
      return { precision: 19, scale: 4 }
    case 'smallmoney':
      return { precision: 10, scale: 4 }
    default:
      return { precision: type.precision, scale: type.scale }
  }
}

/**
 * The type that UNION, CASE, COALESCE, IN and VALUES give to operands of these types. Leave the types
 * of bare NULL literals out, unless all are NULL; no types at all give int.
 * @throws SqlError 206 when two operands have no common type
 */
export function commonType(operands: readonly SqlType[]): SqlType {
  const [first, ...rest] = operands
  if (first === undefined) return types.INT
  return rest.reduce(commonTypeOfTwo, first)
}

function commonTypeOfTwo(left: SqlType, right: SqlType): SqlType {
  if (left.name === right.name && left.maxLength === right.maxLength) {
    if (left.precision === right.precision && left.scale === right.scale) {
      return left.collationId === 0 ? right : left
    }
  }
  const winner = precedenceOf(right) < precedenceOf(left) ? right : left
  const loser = winner === left ? right : left
  if (!canConvert(loser, winner, 'implicit')) throw operandClash(loser, winner)
  if (types.isCharacterType(winner)) return characterUnion(winner, loser)
  if (types.isDecimalType(winner)) return decimalUnion(winner, loser)
  if (winner.name === 'varbinary' || winner.name === 'binary') return binaryUnion(winner, loser)
  return timeUnion(winner, loser)
}

function characterUnion(winner: SqlType, loser: SqlType): SqlType {
  const collationId = winner.collationId === 0 ? loser.collationId : winner.collationId
  if (types.isLargeObjectType(winner)) return { ...winner, collationId }
  const length = unionLength(types.declaredLength(winner), characterLength(loser))
  const isUnicode = types.isUnicodeType(winner) || types.isUnicodeType(loser)
  const isFixed = [winner, loser].every((type) => type.name === 'char' || type.name === 'nchar')
  if (length === MAX_LENGTH || length > (isUnicode ? 4000 : 8000)) {
    return isUnicode
      ? types.nvarcharType(length === MAX_LENGTH ? MAX_LENGTH : 8000, collationId)
      : types.varcharType(length === MAX_LENGTH ? MAX_LENGTH : 8000, collationId)
  }
  if (isUnicode) {
    return isFixed
      ? types.ncharType(length * 2, collationId)
      : types.nvarcharType(length * 2, collationId)
  }
  return isFixed ? types.charType(length, collationId) : types.varcharType(length, collationId)
}

function characterLength(type: SqlType): number {
  if (types.isCharacterType(type) || types.isBinaryType(type)) return types.declaredLength(type)
  return type.name === 'uniqueidentifier' ? 36 : 0
}

function unionLength(left: number, right: number): number {
  return left === MAX_LENGTH || right === MAX_LENGTH ? MAX_LENGTH : Math.max(left, right)
}

function binaryUnion(winner: SqlType, loser: SqlType): SqlType {
  const length = unionLength(winner.maxLength, loser.maxLength)
  const isFixed = winner.name === 'binary' && loser.name === 'binary'
  return isFixed ? types.binaryType(length) : types.varbinaryType(length)
}

/** max(s1, s2) + max(p1 - s1, p2 - s2), max(s1, s2); beyond 38 digits the fraction gives way. */
function decimalUnion(winner: SqlType, loser: SqlType): SqlType {
  if (!types.isNumericType(loser)) return winner
  const a = exactFacets(winner)
  const b = exactFacets(loser)
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale)
  const scale = Math.min(Math.max(a.scale, b.scale), 38 - whole)
  const name = winner.name === 'decimal' ? 'decimal' : 'numeric'
  return types.decimalType(whole + scale, scale, name)
}

function timeUnion(winner: SqlType, loser: SqlType): SqlType {
  if (!types.isDateTimeType(loser)) return winner
  const scale = Math.max(winner.scale, loser.scale)
  switch (winner.name) {
    case 'time':
      return types.timeType(scale)
    case 'datetime2':
      return types.datetime2Type(scale)
    case 'datetimeoffset':
      return types.datetimeoffsetType(scale)
    default:
      return winner
  }
}

export function operandClash(from: SqlType, to: SqlType): SqlError {
  return new SqlError(206, `Operand type clash: ${from.name} is incompatible with ${to.name}`, {
    state: 2,
  })
}
