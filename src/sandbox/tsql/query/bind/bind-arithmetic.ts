import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { BinaryExpression, UnaryExpression } from '../../syntax/index.ts'
import {
  arithmetic,
  bitwiseNot,
  decimalType,
  isCharacterType,
  isDecimalType,
  isIntegerType,
  negate,
} from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import { bindExpression } from './bind-expression.ts'
import { combinedCollation, withCollation } from './collation.ts'
import { isNullLiteral, nullOf, typeKey } from './conversion.ts'
import type { Environment } from './environment.ts'

/** `a + b` and its kind. A bare NULL takes the other operand's type. */
export function bindBinary(node: BinaryExpression, environment: Environment): Bound {
  const left = bindExpression(node.left, environment)
  const right = bindExpression(node.right, environment)
  return bindOperation(node.operator, left, right)
}

export function bindOperation(
  operator: BinaryExpression['operator'],
  left: Bound,
  right: Bound,
): Bound {
  const a = isNullLiteral(left) ? nullOf(right.type) : left
  const b = isNullLiteral(right) ? nullOf(left.type) : right
  const { type, evaluate } = operationFor(operator, a, b)
  const node: Bound = {
    kind: 'binary',
    label: `${operator}:${typeKey(type)}`,
    left: a,
    right: b,
    evaluate,
    type,
    nullable: a.nullable || b.nullable,
  }
  if (a.kind !== 'constant' || b.kind !== 'constant') return node
  return folded(node, () => evaluate(a.value, b.value))
}

function operationFor(
  operator: BinaryExpression['operator'],
  left: Bound,
  right: Bound,
): { type: SqlType; evaluate: (a: SqlValue, b: SqlValue) => SqlValue } {
  const operation = arithmetic(operator, operandType(left, right), operandType(right, left))
  const evaluate = (a: SqlValue, b: SqlValue): SqlValue =>
    a === null || b === null ? null : operation.evaluate(a, b)
  if (!isCharacterType(operation.type)) return { type: operation.type, evaluate }
  const collationId = combinedCollation(left, right, 'add')
  return { type: withCollation(operation.type, collationId), evaluate }
}

/** Beside a decimal, an integer constant is as precise as its digits: 1.0 / 3 is numeric(7,6). */
function operandType(node: Bound, other: Bound): SqlType {
  if (node.kind !== 'constant' || !isDecimalType(other.type)) return node.type
  const { value } = node
  if (typeof value !== 'number' && typeof value !== 'bigint') return node.type
  if (!isIntegerType(node.type)) return node.type
  return decimalType(`${value}`.replace('-', '').length, 0, 'numeric')
}

export function bindUnary(node: UnaryExpression, environment: Environment): Bound {
  const operand = bindExpression(node.operand, environment)
  if (node.operator === '+') return operand
  const operation = node.operator === '-' ? negate(operand.type) : bitwiseNot(operand.type)
  const evaluate = (value: SqlValue): SqlValue =>
    value === null ? null : operation.evaluate(value)
  const bound: Bound = {
    kind: 'unary',
    label: `${node.operator}:${typeKey(operation.type)}`,
    operand,
    evaluate,
    type: operation.type,
    nullable: operand.nullable,
  }
  return operand.kind === 'constant' ? folded(bound, () => evaluate(operand.value)) : bound
}

/** The constant an expression of constants gives; errors are left to run time, which may never come. */
function folded(node: Bound, evaluate: () => SqlValue): Bound {
  try {
    const value = evaluate()
    return {
      kind: 'constant',
      value,
      isNullLiteral: false,
      type: node.type,
      nullable: value === null,
    }
  } catch (error) {
    if (error instanceof SqlError) return node
    throw error
  }
}
