import type { SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type {
  BetweenPredicate,
  ComparisonOperator,
  Expression,
  InPredicate,
  IsDistinctPredicate,
  LikePredicate,
  LogicalPredicate,
  QuantifiedPredicate,
} from '../../syntax/index.ts'
import { commonType, comparisonType, isCharacterType } from '../../values/index.ts'
import type { Bound, BoundPredicate } from '../plan/bound.ts'
import { bindExpression } from './bind-expression.ts'
import { bindOneColumnQuery, bindSubquery } from './bind-subquery.ts'
import { combinedCollation, withCollation } from './collation.ts'
import { convertTo, isNullLiteral } from './conversion.ts'
import type { Environment } from './environment.ts'

/**
 * Binds a condition.
 * @throws SqlError 4145 when the expression is a value, and whatever `bindExpression` throws
 */
export function bindPredicate(node: Expression, environment: Environment): BoundPredicate {
  try {
    return bindCondition(node, environment)
  } catch (error) {
    if (error instanceof SqlError && error.line === 1) error.line = node.line
    throw error
  }
}

function bindCondition(node: Expression, environment: Environment): BoundPredicate {
  switch (node.kind) {
    case 'comparison':
      return bindComparison(
        node.operator,
        bindExpression(node.left, environment),
        bindExpression(node.right, environment),
        environment,
      )
    case 'logical':
      return bindLogical(node, environment)
    case 'not':
      return { kind: 'not', operand: bindPredicate(node.operand, environment) }
    case 'is-null':
      return negatedIf(node.negated, {
        kind: 'is-null',
        operand: bindExpression(node.operand, environment),
      })
    case 'is-distinct':
      return bindIsDistinct(node, environment)
    case 'between':
      return bindBetween(node, environment)
    case 'in':
      return negatedIf(node.negated, bindIn(node, environment))
    case 'like':
      return negatedIf(node.negated, bindLike(node, environment))
    case 'exists':
      return { kind: 'exists', plan: bindSubquery(node.query, environment, 'exists').plan }
    case 'quantified':
      return bindQuantified(node, environment)
    default:
      throw notACondition(node)
  }
}

function notACondition({ line }: Expression): SqlError {
  return new SqlError(
    4145,
    'An expression of non-boolean type specified in a context where a condition is expected.',
    { severity: 15, line },
  )
}

function negatedIf(negated: boolean, operand: BoundPredicate): BoundPredicate {
  return negated ? { kind: 'not', operand } : operand
}

function bindLogical(node: LogicalPredicate, environment: Environment): BoundPredicate {
  // A chain of a hundred ORs is a hundred nodes deep on the left: walk it, don't recurse.
  const operands: BoundPredicate[] = []
  let chain: Expression = node
  while (chain.kind === 'logical' && chain.operator === node.operator) {
    operands.unshift(bindPredicate(chain.right, environment))
    chain = chain.left
  }
  operands.unshift(bindPredicate(chain, environment))
  return { kind: node.operator, operands }
}

const OPERATION_NAMES: Readonly<Record<ComparisonOperator, string>> = {
  '=': 'equal to',
  '<>': 'not equal to',
  '<': 'less than',
  '<=': 'less than or equal to',
  '>': 'greater than',
  '>=': 'greater than or equal to',
}

interface Operands {
  readonly left: Bound
  readonly right: Bound
  readonly type: SqlType
}

/** Both operands in the type they are compared in. A bare NULL takes the other's type. */
function comparisonOperands(
  operator: ComparisonOperator,
  [left, right]: readonly [Bound, Bound],
  { statement }: Environment,
): Operands {
  if (isNullLiteral(left) && isNullLiteral(right)) return { left, right, type: left.type }
  if (isNullLiteral(right))
    return { left, right: convertTo(right, left.type, statement), type: left.type }
  if (isNullLiteral(left))
    return { left: convertTo(left, right.type, statement), right, type: right.type }
  const found = comparisonType(left.type, right.type, OPERATION_NAMES[operator])
  const type = isCharacterType(found)
    ? withCollation(found, combinedCollation(left, right, OPERATION_NAMES[operator]))
    : found
  return { left: convertTo(left, type, statement), right: convertTo(right, type, statement), type }
}

export function bindComparison(
  operator: ComparisonOperator,
  left: Bound,
  right: Bound,
  environment: Environment,
): BoundPredicate {
  const operands = comparisonOperands(operator, [left, right], environment)
  if ((operator === '=' || operator === '<>') && comparesNulls([left, right], environment)) {
    return negatedIf(operator === '<>', { kind: 'same', ...operands })
  }
  return { kind: 'comparison', operator, ...operands }
}

/** With SET ANSI_NULLS OFF, = and <> find NULL where it is written or is in a variable. */
function comparesNulls(operands: readonly Bound[], { statement }: Environment): boolean {
  if (statement.host.session.options.get('ANSI_NULLS') !== false) return false
  return operands.some((operand) => isNullLiteral(operand) || operand.kind === 'variable')
}

function bindIsDistinct(node: IsDistinctPredicate, environment: Environment): BoundPredicate {
  const left = bindExpression(node.left, environment)
  const right = bindExpression(node.right, environment)
  const operands = comparisonOperands('=', [left, right], environment)
  return negatedIf(!node.negated, { kind: 'same', ...operands })
}

function bindBetween(node: BetweenPredicate, environment: Environment): BoundPredicate {
  const operand = bindExpression(node.operand, environment)
  const low = bindExpression(node.low, environment)
  const high = bindExpression(node.high, environment)
  return negatedIf(node.negated, {
    kind: 'and',
    operands: [
      bindComparison('>=', operand, low, environment),
      bindComparison('<=', operand, high, environment),
    ],
  })
}

function bindIn(node: InPredicate, environment: Environment): BoundPredicate {
  const operand = bindExpression(node.operand, environment)
  const { candidates } = node
  if ('kind' in candidates) {
    const { plan, column } = bindOneColumnQuery(candidates, environment)
    const compared = subqueryComparison('=', operand, { plan, column }, environment)
    return { kind: 'in-query', ...compared }
  }
  const bound = candidates.map((candidate) => bindExpression(candidate, environment))
  const types = [operand, ...bound].filter((one) => !isNullLiteral(one)).map(({ type }) => type)
  for (const candidate of bound) comparisonOperands('=', [operand, candidate], environment)
  const common = commonType(types)
  const type =
    isCharacterType(common) && isCharacterType(operand.type)
      ? withCollation(common, bound.reduce(strongerCollation, operand).type.collationId)
      : common
  return {
    kind: 'in-list',
    operand: convertTo(operand, type, environment.statement),
    candidates: bound.map((candidate) => convertTo(candidate, type, environment.statement)),
    type,
  }
}

function strongerCollation(left: Bound, right: Bound): Bound {
  return combinedCollation(left, right, 'IN') === left.type.collationId ? left : right
}

function bindLike(node: LikePredicate, environment: Environment): BoundPredicate {
  const operand = stringOperand(bindExpression(node.operand, environment), environment)
  const pattern = stringOperand(bindExpression(node.pattern, environment), environment)
  return {
    kind: 'like',
    operand,
    pattern,
    ...(node.escape === undefined
      ? {}
      : { escape: stringOperand(bindExpression(node.escape, environment), environment) }),
    collationId: combinedCollation(operand, pattern, 'like'),
  }
}

/** @throws SqlError 8116 for what has no text, such as varbinary */
function stringOperand(operand: Bound, { statement }: Environment): Bound {
  if (isCharacterType(operand.type) && !isNullLiteral(operand)) return operand
  return convertTo(operand, varcharFor(statement.collationId), statement)
}

function varcharFor(collationId: number): SqlType {
  return { name: 'varchar', maxLength: 8000, precision: 0, scale: 0, collationId }
}

function bindQuantified(node: QuantifiedPredicate, environment: Environment): BoundPredicate {
  const operand = bindExpression(node.operand, environment)
  const query = bindOneColumnQuery(node.query, environment)
  return {
    kind: 'quantified',
    operator: node.operator,
    quantifier: node.quantifier,
    ...subqueryComparison(node.operator, operand, query, environment),
  }
}

/** Operand and the subquery's column in one type; a projection converts the column. */
function subqueryComparison(
  operator: ComparisonOperator,
  operand: Bound,
  { plan, column }: ReturnType<typeof bindOneColumnQuery>,
  environment: Environment,
): Pick<Extract<BoundPredicate, { kind: 'in-query' }>, 'operand' | 'plan' | 'column' | 'type'> {
  const value: Bound = {
    kind: 'column',
    column,
    line: 0,
    type: column.type,
    nullable: column.nullable,
  }
  const { left, right, type } = comparisonOperands(operator, [operand, value], environment)
  if (right.kind === 'column') return { operand: left, plan, column, type }
  const converted = environment.statement.columns.create({ name: column.name, type })
  const outputs = [{ column: converted, expression: right }]
  return {
    operand: left,
    plan: { kind: 'project', input: plan, outputs },
    column: converted,
    type,
  }
}
