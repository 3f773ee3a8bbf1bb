import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { CastExpression } from '../../syntax/index.ts'
import {
  type ConvertOptions,
  canConvert,
  INT,
  isCharacterType,
  resolveTypeName,
  tryConvert,
} from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import { bindExpression } from './bind-expression.ts'
import { conversion, convertTo, isNullLiteral, nullOf, optionsOf, typeKey } from './conversion.ts'
import type { Environment } from './environment.ts'

/** CAST, CONVERT, PARSE and their TRY_ forms. */
export function bindCast(node: CastExpression, environment: Environment): Bound {
  const operand = bindExpression(node.operand, environment)
  const type = targetType(node, operand, environment)
  if (isNullLiteral(operand)) return nullOf(type)
  if (!canConvert(operand.type, type, 'explicit')) throw notAllowed(node, operand.type, type)
  const options = { ...optionsOf(environment.statement), explicit: true }
  if (node.style === undefined) return castWith(node, operand, { type, options })
  const style = convertTo(bindExpression(node.style, environment), INT, environment.statement)
  if (style.kind === 'constant') {
    if (style.value === null) return nullOf(type)
    return castWith(node, operand, { type, options: { ...options, style: Number(style.value) } })
  }
  return castWithComputedStyle(node, { operand, style }, { type, options })
}

interface Target {
  readonly type: SqlType
  readonly options: ConvertOptions
}

function targetType(node: CastExpression, operand: Bound, { statement }: Environment): SqlType {
  const type = resolveTypeName(node.type, statement.collationId, { forCast: true })
  // A string keeps its collation through a change of length or kind.
  if (type.collationId === 0 || !isCharacterType(operand.type)) return type
  return operand.type.collationId === 0 ? type : { ...type, collationId: operand.type.collationId }
}

function castWith(node: CastExpression, operand: Bound, { type, options }: Target): Bound {
  if (!node.isTry) return conversion(operand, type, options)
  const from = operand.type
  return {
    kind: 'unary',
    label: `try:${typeKey(type)}:${options.style ?? ''}`,
    operand,
    evaluate: (value) => (value === null ? null : tryConvert(value, from, type, options)),
    type,
    nullable: true,
  }
}

function castWithComputedStyle(
  node: CastExpression,
  { operand, style }: { operand: Bound; style: Bound },
  { type, options }: Target,
): Bound {
  return {
    kind: 'call',
    label: `convert:${typeKey(type)}:${node.isTry}`,
    operands: [operand, style],
    deterministic: true,
    evaluate: ([value = null, styleValue = null], call): SqlValue => {
      if (value === null || styleValue === null) return null
      const constant: Bound = { ...nullOf(operand.type), value, nullable: false }
      const styled = { type, options: { ...options, style: Number(styleValue) } }
      const converted = castWith(node, constant, styled)
      if (converted.kind === 'constant') return converted.value
      return converted.kind === 'unary' ? converted.evaluate(value, call) : null
    },
    type,
    nullable: true,
  }
}

function notAllowed(node: CastExpression, from: SqlType, to: SqlType): SqlError {
  return new SqlError(
    529,
    `Explicit conversion from data type ${from.name} to ${to.name} is not allowed.`,
    { state: 2, line: node.line },
  )
}
