import type { SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ResultColumn } from '../../../tds/index.ts'
import type { TableLock, TableSource } from '../../host.ts'
import type { QueryExpression } from '../../syntax/index.ts'
import { bindQuery } from '../bind/bind-query.ts'
import { type ChangeTarget, exposing, targetWithin } from '../bind/change-target.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import { RowPin } from '../change/row-pin.ts'
import { compileQuery } from '../compile/compile-plan.ts'
import { optimise } from '../plan/optimise.ts'
import { prepareQuery } from '../prepare-query.ts'
import { type Row, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'

/** A row of a cursor's result; `locator` is the place of the table's row it was made of. */
export interface LocatedResult {
  readonly locator: bigint
  readonly values: SqlValue[]
}

/** A cursor's query whose rows are made of one row each of one table. */
export interface LiveQuery {
  readonly table: TableSource
  /** What its rows are locked by. */
  readonly locks: readonly TableLock[]
  rows(run: Run): Generator<LocatedResult | Tick, void>
  /** The row as it is now; undefined when it is gone or, while it has to qualify, does no more. */
  rowAt(locator: bigint, run: Run): Generator<Tick, Row | undefined>
}

export interface PreparedCursor {
  readonly columns: readonly ResultColumn[]
  readonly locks: readonly TableLock[]
  /** The result as it is when it is read. */
  rows(run: Run): Generator<Row | Tick, void>
  /** Undefined where a result's row is not one row of a table that can be changed. */
  readonly live: LiveQuery | undefined
}

/**
 * Makes a cursor's query ready to be opened. With `staysIn`, a row belongs to the result even when it no
 * longer meets the condition.
 * @throws SqlError those of the query, and 154 when it assigns variables
 */
export function prepareCursor(
  query: QueryExpression,
  contextOf: () => StatementContext,
  { staysIn }: { readonly staysIn: boolean },
): PreparedCursor {
  const statement = contextOf()
  const prepared = prepareQuery(query, statement)
  if (prepared.assignments !== undefined) {
    throw new SqlError(154, 'Variable assignment is not allowed in a cursor declaration.', {
      severity: 15,
      line: query.line,
    })
  }
  return {
    columns: prepared.columns,
    locks: statement.tables,
    rows: prepared.rows,
    live: prepareLive(query, contextOf, staysIn),
  }
}

function prepareLive(
  query: QueryExpression,
  contextOf: () => StatementContext,
  staysIn: boolean,
): LiveQuery | undefined {
  try {
    const all = locatedQuery(query, contextOf())
    const pin = new RowPin()
    const one = locatedQuery(staysIn ? withoutCondition(query) : query, contextOf(), pin)
    const { table } = all
    return {
      table,
      locks: [{ table, use: 'read', hints: [] }],
      rows: all.rows,
      *rowAt(locator, run) {
        pin.locator = locator
        for (const row of one.rows(run)) {
          if (row === TICK) yield TICK
          else if (row.locator === locator) return row.values
        }
        return undefined
      },
    }
  } catch (error) {
    if (error instanceof SqlError) return undefined
    throw error
  }
}

/** @throws SqlError 4403, 4405, 3906 where rows are not those of one table that can be changed */
function locatedQuery(
  query: QueryExpression,
  statement: StatementContext,
  pin?: RowPin,
): Pick<LiveQuery, 'table'> & {
  rows(run: Run): Generator<LocatedResult | Tick, void>
} {
  const changing: ChangeTarget = { ...targetWithin(query, ''), ...(pin && { pin }) }
  const rowless = { statement, scope: undefined, ctes: undefined, clause: 'none' } as const
  const bound = bindQuery(query, { ...rowless, changing }, { position: 'statement' })
  const { found } = changing
  if (found === undefined) throw new SqlError(16929, 'The cursor is READ ONLY.')
  const wanted = [...bound.columns, found.locator]
  const operator = compileQuery(optimise(exposing(bound.plan, [found.locator]), wanted))
  const positions = bound.columns.map((column) => operator.columns.indexOf(column))
  const place = operator.columns.indexOf(found.locator)
  return {
    table: found.source,
    *rows(run) {
      for (const row of operator.open(run)) {
        if (row === TICK) {
          yield TICK
          continue
        }
        const locator = row[place]
        if (typeof locator !== 'bigint') continue
        yield { locator, values: positions.map((position) => row[position] ?? null) }
      }
    },
  }
}

function withoutCondition(query: QueryExpression): QueryExpression {
  const { body } = query
  if (body.kind !== 'select') return query
  const { where: _where, ...rest } = body
  return { ...query, body: rest }
}
