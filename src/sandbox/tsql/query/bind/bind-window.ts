import type { SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { findAggregate } from '../../functions/index.ts'
import type { FrameBound, FunctionCall, OverClause } from '../../syntax/index.ts'
import { BIGINT, FLOAT } from '../../values/index.ts'
import type {
  Bound,
  BoundFrame,
  BoundFrameEdge,
  BoundWindow,
  SortKey,
  WindowFunction,
} from '../plan/bound.ts'
import { aggregateOperands, countRows } from './bind-aggregate.ts'
import { wrongArgumentCount } from './bind-case.ts'
import { bindExpression } from './bind-expression.ts'
import { argumentInfo } from './bind-function.ts'
import { bindOrderExpression, checkSortable } from './bind-sort-key.ts'
import { convertTo, isNullLiteral } from './conversion.ts'
import type { Environment } from './environment.ts'
import {
  cumulativeDistribution,
  denseRank,
  firstValue,
  framedAggregate,
  lastValue,
  ntile,
  percentRank,
  rank,
  rowNumber,
  shifted,
} from './window-functions.ts'

const WHOLE_PARTITION: BoundFrame = { unit: 'range', start: 'unbounded', end: 'unbounded' }
const UP_TO_CURRENT_PEERS: BoundFrame = { unit: 'range', start: 'unbounded', end: 0 }

/** A call with OVER. */
export function bindWindowCall(
  node: FunctionCall,
  over: OverClause,
  environment: Environment,
): BoundWindow {
  checkClause(node, environment)
  const inner: Environment = { ...environment, clause: 'window' }
  const order = over.orderBy.map(
    ({ expression, descending }): SortKey => ({
      expression: bindOrderExpression(expression, inner),
      descending,
    }),
  )
  const partition = over.partitionBy.map((expression) => {
    const bound = bindExpression(expression, inner)
    checkSortable(bound.type, expression.line)
    return bound
  })
  const frame = bindFrame(over, inner)
  const name = node.name.toUpperCase()
  const call = bindCall(name, { node, over, frame }, inner)
  return { kind: 'window', label: name, partition, order, frame, ...call }
}

interface CallSite {
  readonly node: FunctionCall
  readonly over: OverClause
  readonly frame: BoundFrame
}

type BoundCall = Pick<BoundWindow, 'operands' | 'compute' | 'type' | 'nullable'>

function bindCall(name: string, site: CallSite, environment: Environment): BoundCall {
  switch (name) {
    case 'ROW_NUMBER':
      return ranking(rowNumber, BIGINT, site)
    case 'RANK':
      return ranking(rank, BIGINT, site)
    case 'DENSE_RANK':
      return ranking(denseRank, BIGINT, site)
    case 'PERCENT_RANK':
      return ranking(percentRank, FLOAT, site)
    case 'CUME_DIST':
      return ranking(cumulativeDistribution, FLOAT, site)
    case 'NTILE':
      return bindNtile(site, environment)
    case 'LAG':
      return bindShifted(-1, site, environment)
    case 'LEAD':
      return bindShifted(1, site, environment)
    case 'FIRST_VALUE':
      return bindEdgeValue(firstValue, site, environment)
    case 'LAST_VALUE':
      return bindEdgeValue(lastValue, site, environment)
    default:
      return bindFramedAggregate(site, environment)
  }
}

function ranking(compute: WindowFunction, type: SqlType, { node, over }: CallSite): BoundCall {
  requireOrder(node, over)
  if (node.arguments.length > 0) throw wrongArgumentCount(node, 0)
  return { operands: [], compute, type, nullable: false }
}

/** @throws SqlError 4112 */
function requireOrder({ name, line }: FunctionCall, { orderBy }: OverClause): void {
  if (orderBy.length > 0) return
  throw new SqlError(4112, `The function '${name}' must have an OVER clause with ORDER BY.`, {
    severity: 15,
    line,
  })
}

function bindNtile({ node, over }: CallSite, environment: Environment): BoundCall {
  requireOrder(node, over)
  const [count] = node.arguments
  if (count === undefined) throw wrongArgumentCount(node, 1)
  const groups = convertTo(bindExpression(count, environment), BIGINT, environment.statement)
  if (groups.kind === 'constant' && (groups.value === null || BigInt(Number(groups.value)) <= 0n)) {
    throw new SqlError(
      4116,
      "The function 'ntile' takes only a positive int or bigint expression as its input.",
      { line: node.line },
    )
  }
  return { operands: [groups], compute: ntile, type: BIGINT, nullable: false }
}

function bindShifted(
  direction: 1 | -1,
  { node, over }: CallSite,
  environment: Environment,
): BoundCall {
  requireOrder(node, over)
  const [value, offset, fallback] = node.arguments.map((one) => bindExpression(one, environment))
  if (value === undefined) throw wrongArgumentCount(node, 1)
  const { statement } = environment
  const operands: Bound[] = [value]
  if (offset !== undefined) operands.push(convertTo(offset, BIGINT, statement))
  if (fallback !== undefined && !isNullLiteral(fallback)) {
    operands.push(convertTo(fallback, value.type, statement))
  }
  return { operands, compute: shifted(direction), type: value.type, nullable: true }
}

function bindEdgeValue(
  compute: WindowFunction,
  { node, over }: CallSite,
  environment: Environment,
): BoundCall {
  requireOrder(node, over)
  const [value] = node.arguments
  if (value === undefined) throw wrongArgumentCount(node, 1)
  const operand = bindExpression(value, environment)
  return { operands: [operand], compute, type: operand.type, nullable: true }
}

function bindFramedAggregate({ node, frame }: CallSite, environment: Environment): BoundCall {
  if (node.distinct) {
    throw new SqlError(10759, 'Use of DISTINCT is not allowed with the OVER clause.', {
      severity: 15,
      line: node.line,
    })
  }
  if (node.star) {
    const { type, create } = countRows(node)
    return { operands: [], compute: framedAggregate(create, frame), type, nullable: false }
  }
  const found = findAggregate(node.name)
  if (found === undefined) {
    throw new SqlError(195, `'${node.name}' is not a recognized built-in function name.`, {
      severity: 15,
      state: 10,
      line: node.line,
    })
  }
  const operands = aggregateOperands(node, found, environment)
  const args = operands.map(argumentInfo)
  const type = found.resultType(args)
  return {
    operands,
    compute: framedAggregate(() => found.create(args, type), frame),
    type,
    nullable: true,
  }
}

/** @throws SqlError 4108 outside SELECT and ORDER BY, 4109 inside another one */
function checkClause(node: FunctionCall, { clause }: Environment): void {
  if (clause === 'select' || clause === 'order by') return
  if (clause === 'window' || clause === 'aggregate') {
    throw new SqlError(
      4109,
      'Windowed functions cannot be used in the context of another windowed function or aggregate.',
      { severity: 15, line: node.line },
    )
  }
  throw new SqlError(
    4108,
    'Windowed functions can only appear in the SELECT or ORDER BY clauses.',
    {
      severity: 15,
      line: node.line,
    },
  )
}

/** The frame as written, or SQL Server's own: up to the current row's peers, or everything. */
function bindFrame({ orderBy, frame }: OverClause, environment: Environment): BoundFrame {
  if (frame === undefined) return orderBy.length === 0 ? WHOLE_PARTITION : UP_TO_CURRENT_PEERS
  return {
    unit: frame.unit,
    start: frameEdge(frame.start, frame.unit, environment),
    end: frameEdge(frame.end, frame.unit, environment),
  }
}

function frameEdge(
  bound: FrameBound,
  unit: 'rows' | 'range',
  environment: Environment,
): BoundFrameEdge {
  switch (bound.kind) {
    case 'unbounded-preceding':
    case 'unbounded-following':
      return 'unbounded'
    case 'current-row':
      return 0
    default: {
      if (unit === 'range') {
        throw new SqlError(
          4194,
          'RANGE is only supported with UNBOUNDED and CURRENT ROW window frame delimiters.',
          { line: bound.offset.line },
        )
      }
      const offset = bindExpression(bound.offset, environment)
      const rows = offset.kind === 'constant' ? Number(offset.value) : Number.NaN
      if (!Number.isInteger(rows) || rows < 0) {
        throw new SqlError(4195, 'ROWS window frame delimiters take a non-negative whole number.', {
          line: bound.offset.line,
        })
      }
      return bound.kind === 'preceding' ? -rows : rows
    }
  }
}
