import { SqlError } from '../../../sql-error.ts'
import type { Accumulator, AggregateFunction } from '../../functions/index.ts'
import type { FunctionCall } from '../../syntax/index.ts'
import { BIGINT, INT, isLargeObjectType, TINYINT } from '../../values/index.ts'
import type { Bound, BoundAggregate, SortKey } from '../plan/bound.ts'
import { columnsUsed, someNode } from '../plan/walk.ts'
import { wrongArgumentCount } from './bind-case.ts'
import { bindExpression } from './bind-expression.ts'
import { argumentInfo } from './bind-function.ts'
import { typeKey } from './conversion.ts'
import type { Clause, Environment } from './environment.ts'
import { notSupported } from './statement-context.ts'

/** The label by which the grouping step tells GROUPING() from what is added up. */
export const GROUPING_LABEL = 'GROUPING'

export function bindAggregate(
  node: FunctionCall,
  found: AggregateFunction,
  environment: Environment,
): BoundAggregate {
  checkClause(node, environment.clause)
  const inner: Environment = { ...environment, clause: 'aggregate' }
  const operands = aggregateOperands(node, found, inner)
  const order = (node.withinGroup ?? []).map(
    ({ expression, descending }): SortKey => ({
      expression: bindExpression(expression, inner),
      descending,
    }),
  )
  checkOwner([...operands, ...order.map(({ expression }) => expression)], node, environment)
  const args = operands.map(argumentInfo)
  const type = found.resultType(args)
  return {
    kind: 'aggregate',
    label: `${node.name.toUpperCase()}:${typeKey(type)}`,
    operands,
    distinct: node.distinct,
    order,
    create: () => found.create(args, type),
    type,
    nullable: !/^COUNT(_BIG)?$/i.test(node.name),
  }
}

/** The arguments of an aggregate, which may not have aggregates in them. */
export function aggregateOperands(
  node: FunctionCall,
  found: AggregateFunction,
  environment: Environment,
): readonly Bound[] {
  if (node.arguments.length !== found.argumentCount) {
    throw wrongArgumentCount(node, found.argumentCount)
  }
  const operands = node.arguments.map((argument) => bindExpression(argument, environment))
  checkSeparator(node)
  for (const operand of operands) {
    if (node.distinct && isLargeObjectType(operand.type)) {
      throw new SqlError(
        8117,
        `Operand data type ${operand.type.name} is invalid for ${node.name.toLowerCase()} operator.`,
        { line: node.line },
      )
    }
  }
  return operands
}

/** STRING_AGG's separator is the same for all rows. */
function checkSeparator({ name, arguments: args, line }: FunctionCall): void {
  if (name.toUpperCase() !== 'STRING_AGG' || args[1]?.kind !== 'column') return
  throw new SqlError(
    8733,
    'Separator parameter for STRING_AGG must be a string literal or variable.',
    { line },
  )
}

/** COUNT(*) and COUNT_BIG(*). */
export function bindCountRows(node: FunctionCall, { clause }: Environment): BoundAggregate {
  checkClause(node, clause)
  return countRows(node)
}

export function countRows(node: FunctionCall): BoundAggregate {
  const name = node.name.toUpperCase()
  if (name !== 'COUNT' && name !== 'COUNT_BIG') {
    throw new SqlError(102, "Incorrect syntax near '*'.", { severity: 15, line: node.line })
  }
  const isBig = name === 'COUNT_BIG'
  return {
    kind: 'aggregate',
    label: `${name}(*)`,
    operands: [],
    distinct: false,
    order: [],
    create: () => new RowCounter(isBig),
    type: isBig ? BIGINT : INT,
    nullable: false,
  }
}

class RowCounter implements Accumulator {
  readonly #isBig: boolean
  #count = 0

  constructor(isBig: boolean) {
    this.#isBig = isBig
  }

  add(): void {
    this.#count += 1
  }

  result(): number | bigint {
    return this.#isBig ? BigInt(this.#count) : this.#count
  }
}

/** GROUPING(expression) and GROUPING_ID(…), which the grouping step resolves. */
export function bindGrouping(node: FunctionCall, environment: Environment): Bound {
  checkClause(node, environment.clause)
  const operands = node.arguments.map((argument) => bindExpression(argument, environment))
  if (operands.length === 0) throw wrongArgumentCount(node, 1)
  const isId = node.name.toUpperCase() === 'GROUPING_ID'
  if (!isId && operands.length > 1) throw wrongArgumentCount(node, 1)
  return {
    kind: 'aggregate',
    label: GROUPING_LABEL,
    operands,
    distinct: false,
    order: [],
    create: () => new RowCounter(false),
    type: isId ? INT : TINYINT,
    nullable: false,
  }
}

/** @throws SqlError 147, 1015, 144, 130, 157 where an aggregate may not stand */
function checkClause(node: FunctionCall, clause: Clause): void {
  const error = MISPLACED[clause]
  if (error === undefined) return
  throw new SqlError(error.number, error.message, { severity: 15, line: node.line })
}

const MISPLACED: Readonly<Partial<Record<Clause, { number: number; message: string }>>> = {
  where: {
    number: 147,
    message:
      'An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause or a select list, and the column being aggregated is an outer reference.',
  },
  on: {
    number: 1015,
    message:
      'An aggregate cannot appear in an ON clause unless it is in a subquery contained in a HAVING clause or select list, and the column being aggregated is an outer reference.',
  },
  'group by': {
    number: 144,
    message:
      'Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.',
  },
  aggregate: {
    number: 130,
    message:
      'Cannot perform an aggregate function on an expression containing an aggregate or a subquery.',
  },
  none: {
    number: 157,
    message: 'An aggregate may not appear in the set list of an UPDATE statement.',
  },
}

/** An aggregate of outer columns alone belongs to the query around it, which is not supported. */
function checkOwner(operands: readonly Bound[], node: FunctionCall, { scope }: Environment): void {
  const columns = operands.flatMap((operand) => [...columnsUsed(operand)])
  if (columns.length === 0 || scope === undefined) return
  if (columns.some((column) => scope.owns(column))) return
  throw notSupported(`${node.name.toUpperCase()} of an outer reference`, node.line)
}

/** Whether there is an aggregate in the expression itself, outside subqueries. */
export function hasAggregate(node: Bound): boolean {
  return someNode(node, ({ kind }) => kind === 'aggregate')
}
