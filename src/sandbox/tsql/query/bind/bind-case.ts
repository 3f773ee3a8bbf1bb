import type { SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { CaseExpression, FunctionCall } from '../../syntax/index.ts'
import { INT, isCharacterType } from '../../values/index.ts'
import type { Bound, BoundCase, BoundPredicate } from '../plan/bound.ts'
import { bindExpression } from './bind-expression.ts'
import { bindComparison, bindPredicate } from './bind-predicate.ts'
import { combinedCollation, withCollation } from './collation.ts'
import { commonTypeOf, convertTo, isNullLiteral, nullOf } from './conversion.ts'
import type { Environment } from './environment.ts'

export function bindCase(node: CaseExpression, environment: Environment): Bound {
  const { input } = node
  const operand = input === undefined ? undefined : bindExpression(input, environment)
  const branches = node.branches.map((branch) => ({
    when:
      operand === undefined
        ? bindPredicate(branch.when, environment)
        : bindComparison('=', operand, bindExpression(branch.when, environment), environment),
    value: bindExpression(branch.then, environment),
  }))
  const otherwise =
    node.otherwise === undefined ? nullLiteral() : bindExpression(node.otherwise, environment)
  return caseOf(branches, otherwise, environment, node.line)
}

function nullLiteral(): Bound {
  return { kind: 'constant', value: null, isNullLiteral: true, type: INT, nullable: true }
}

/** @throws SqlError 8133 when every result is the bare NULL */
function caseOf(
  branches: readonly { readonly when: BoundPredicate; readonly value: Bound }[],
  otherwise: Bound,
  { statement }: Environment,
  line: number,
): BoundCase {
  const results = [...branches.map(({ value }) => value), otherwise]
  if (results.every(isNullLiteral)) {
    throw new SqlError(
      8133,
      'At least one of the result expressions in a CASE specification must be an expression other than the NULL constant.',
      { line },
    )
  }
  const type = resultType(results)
  const typed = branches.map(({ when, value }) => ({
    when,
    value: convertTo(value, type, statement),
  }))
  const last = convertTo(otherwise, type, statement)
  return {
    kind: 'case',
    branches: typed,
    otherwise: last,
    type,
    nullable: last.nullable || typed.some(({ value }) => value.nullable),
  }
}

/** The common type, under the collation that wins among the strings. */
function resultType(nodes: readonly Bound[]): SqlType {
  const type = commonTypeOf(nodes)
  const strings = nodes.filter((node) => isCharacterType(node.type) && !isNullLiteral(node))
  const [first, ...rest] = strings
  if (first === undefined || !isCharacterType(type)) return type
  const strongest = rest.reduce(
    (left, right) =>
      combinedCollation(left, right, 'CASE') === left.type.collationId ? left : right,
    first,
  )
  return withCollation(type, strongest.type.collationId)
}

/** `IIF(condition, a, b)` */
export function bindIif(node: FunctionCall, environment: Environment): Bound {
  const [condition, whenTrue, whenFalse] = node.arguments
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined) {
    throw wrongArgumentCount(node, 3)
  }
  const when = bindPredicate(condition, environment)
  const branches = [{ when, value: bindExpression(whenTrue, environment) }]
  return caseOf(branches, bindExpression(whenFalse, environment), environment, node.line)
}

/** `CHOOSE(index, a, b, …)` */
export function bindChoose(node: FunctionCall, environment: Environment): Bound {
  const [index, ...choices] = node.arguments
  if (index === undefined || choices.length === 0) throw wrongArgumentCount(node, 2)
  const position = convertTo(bindExpression(index, environment), INT, environment.statement)
  const branches = choices.map((choice, offset) => ({
    when: bindComparison('=', position, integer(offset + 1), environment),
    value: bindExpression(choice, environment),
  }))
  return caseOf(branches, nullLiteral(), environment, node.line)
}

function integer(value: number): Bound {
  return { kind: 'constant', value, isNullLiteral: false, type: INT, nullable: false }
}

/** `NULLIF(a, b)`: NULL when they are equal, otherwise `a` with its own type. */
export function bindNullIf(node: FunctionCall, environment: Environment): Bound {
  const [first, second] = node.arguments
  if (first === undefined || second === undefined) throw wrongArgumentCount(node, 2)
  const value = bindExpression(first, environment)
  if (isNullLiteral(value)) {
    throw new SqlError(
      4151,
      'The type of the first argument to NULLIF cannot be the NULL constant because the type of the first argument has to be known.',
      { line: node.line },
    )
  }
  const when = bindComparison('=', value, bindExpression(second, environment), environment)
  const branches = [{ when, value: nullOf(value.type) }]
  return { kind: 'case', branches, otherwise: value, type: value.type, nullable: true }
}

/** `ISNULL(a, b)`: `b` is converted to the type of `a`. */
export function bindIsNull(node: FunctionCall, environment: Environment): Bound {
  const [first, second] = node.arguments
  if (first === undefined || second === undefined || node.arguments.length > 2) {
    throw wrongArgumentCount(node, 2)
  }
  const value = bindExpression(first, environment)
  const replacement = bindExpression(second, environment)
  const type = isNullLiteral(value) ? replacement.type : value.type
  const operands = [value, replacement].map((operand) =>
    convertTo(operand, type, environment.statement),
  )
  return { kind: 'coalesce', operands, type, nullable: operands.every((one) => one.nullable) }
}

/** `COALESCE(a, b, …)`: the common type of all. */
export function bindCoalesce(node: FunctionCall, environment: Environment): Bound {
  if (node.arguments.length < 2) throw wrongArgumentCount(node, 2)
  const operands = node.arguments.map((argument) => bindExpression(argument, environment))
  if (operands.every(isNullLiteral)) {
    throw new SqlError(
      4127,
      'At least one of the arguments to COALESCE must be an expression that is not the NULL constant.',
      { line: node.line },
    )
  }
  const type = resultType(operands)
  return {
    kind: 'coalesce',
    operands: operands.map((operand) => convertTo(operand, type, environment.statement)),
    type,
    nullable: operands.every((operand) => operand.nullable),
  }
}

export function wrongArgumentCount(node: FunctionCall, count: number): SqlError {
  return new SqlError(
    174,
    `The ${node.name.toLowerCase()} function requires ${count} argument(s).`,
    { severity: 15, line: node.line },
  )
}
