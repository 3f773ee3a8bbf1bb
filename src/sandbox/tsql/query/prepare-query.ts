import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { ResultColumn } from '../../tds/index.ts'
import type { Expression, QueryExpression } from '../syntax/index.ts'
import { isLargeObjectType } from '../values/index.ts'
import { bindExpression } from './bind/bind-expression.ts'
import { bindPredicate } from './bind/bind-predicate.ts'
import { bindQuery } from './bind/bind-query.ts'
import { convertTo } from './bind/conversion.ts'
import type { Environment } from './bind/environment.ts'
import type { StatementContext } from './bind/statement-context.ts'
import { compileExpression } from './compile/compile-expression.ts'
import { compileQuery, ROWLESS } from './compile/compile-plan.ts'
import { compilePredicate } from './compile/compile-predicate.ts'
import type { Bound, Variable } from './plan/bound.ts'
import type { Column } from './plan/column.ts'
import { optimise } from './plan/optimise.ts'
import { hasSubquery } from './plan/walk.ts'
import { NO_VALUES, type Row, TICK, type Tick } from './run/row.ts'
import type { Run } from './run/run.ts'
import { resumable } from './run/suspension.ts'

/** A query bound, optimised and compiled for one execution. */
export interface PreparedQuery {
  readonly columns: readonly ResultColumn[]
  /** SELECT @a = …, @b = …: the variables each row is written to; such a query has no result set. */
  readonly assignments?: readonly Variable[]
  rows(run: Run): Generator<Row | Tick, void>
}

/**
 * Makes a query ready to run.
 * @throws SqlError when a name is unknown or the query makes no sense
 */
export function prepareQuery(query: QueryExpression, statement: StatementContext): PreparedQuery {
  const bound = bindQuery(query, rowlessEnvironment(statement), { position: 'statement' })
  const operator = compileQuery(optimise(bound.plan, bound.columns))
  const positions = bound.columns.map((column) => operator.columns.indexOf(column))
  const isInOrder =
    positions.length === operator.columns.length &&
    positions.every((position, index) => position === index)
  return {
    columns: bound.columns.map(resultColumn),
    ...(bound.assignments === undefined
      ? {}
      : { assignments: bound.assignments.map(({ variable }) => variable) }),
    rows: isInOrder ? (run) => operator.open(run) : (run) => picked(operator.open(run), positions),
  }
}

function* picked(
  rows: Iterable<Row | Tick>,
  positions: readonly number[],
): Generator<Row | Tick, void> {
  for (const row of rows) {
    yield row === TICK ? TICK : positions.map((position) => row[position] ?? null)
  }
}

/** A column as clients are told of it. */
export function resultColumn({
  name,
  type,
  nullable,
  identity,
  computed,
  table,
}: Column): ResultColumn {
  return {
    name,
    type,
    nullable,
    identity,
    computed,
    ...(table !== undefined && isLargeObjectType(type) ? { tableName: table } : {}),
  }
}

function rowlessEnvironment(statement: StatementContext): Environment {
  return { statement, scope: undefined, ctes: undefined, clause: 'none' }
}

/** An expression outside a query, ready to be evaluated again and again. */
export interface PreparedValue {
  readonly type: SqlType
  /** Without subqueries it looks nothing up when it runs, so it may be kept for the next time. */
  readonly isReusable: boolean
  evaluate(run: Run): Generator<Tick, SqlValue>
}

/** Prepares the value of SET, PRINT and their kind; `type` converts it as an assignment would. */
export function prepareValue(
  expression: Expression,
  statement: StatementContext,
  options: { readonly type?: SqlType; readonly transform?: (bound: Bound) => Bound } = {},
): PreparedValue {
  const bound = bindExpression(expression, rowlessEnvironment(statement))
  const changed = options.transform?.(bound) ?? bound
  const converted =
    options.type === undefined ? changed : convertTo(changed, options.type, statement)
  const evaluate = compileExpression(converted, ROWLESS)
  return {
    type: converted.type,
    isReusable: !hasSubquery(converted),
    evaluate: (run) => resumable(() => evaluate(NO_VALUES, run)),
  }
}

/** A condition of IF and WHILE. */
export interface PreparedCondition {
  readonly isReusable: boolean
  evaluate(run: Run): Generator<Tick, boolean | null>
}

export function prepareCondition(
  expression: Expression,
  statement: StatementContext,
): PreparedCondition {
  const bound = bindPredicate(expression, rowlessEnvironment(statement))
  const test = compilePredicate(bound, ROWLESS)
  return {
    isReusable: !hasSubquery(bound),
    evaluate: (run) => resumable(() => test(NO_VALUES, run)),
  }
}

/** The columns a query would answer with, without compiling it. */
export function describeQuery(
  query: QueryExpression,
  statement: StatementContext,
): readonly ResultColumn[] | undefined {
  const bound = bindQuery(query, rowlessEnvironment(statement), { position: 'statement' })
  return bound.assignments === undefined ? bound.columns.map(resultColumn) : undefined
}
