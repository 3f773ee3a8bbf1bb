import { SqlError } from '../../../sql-error.ts'
import type { TableSource, ViewSource } from '../../host.ts'
import type { QueryExpression, TableReference } from '../../syntax/index.ts'
import { BIGINT } from '../../values/index.ts'
import type { Column } from '../plan/column.ts'
import type { Plan } from '../plan/plan.ts'
import { columnNode } from './bind-expression.ts'
import type { StatementContext } from './statement-context.ts'

/** The table whose rows a statement changes, wanted in FROM and found there when FROM is bound. */
export interface ChangeTarget {
  readonly reference: TableReference
  /** What the statement does to its rows; undefined inside a view. */
  readonly actions?: readonly ChangeAction[]
  /** Other rows stand for those of the table. */
  readonly pin?: TablePin
  found: FoundTarget | undefined
}

export type ChangeAction = 'INSERT' | 'UPDATE' | 'DELETE'

/** Puts something else in the place of a table. */
export interface TablePin {
  wrap(source: TableSource): TableSource
}

export interface FoundTarget {
  readonly source: TableSource
  /** The place of each row. */
  readonly locator: Column
  /** Columns of the table that are stored, by ordinal. */
  readonly stored: ReadonlyMap<number, Column>
  /** Views around it whose WITH CHECK OPTION its new rows have to meet. */
  readonly checks?: readonly ViewSource[]
  /** What the statement may name: the table's columns, or those of a view over it. */
  readonly columns: readonly Column[]
  /** The ordinal of the table's column that one of `columns` is; undefined for a value computed from it. */
  ordinalOf(column: Column): number | undefined
}

/** Notes a table as the target; its scan gives the locator too. @throws SqlError 3906 for a read-only one */
export function locate(
  target: ChangeTarget,
  source: TableSource,
  table: {
    readonly columns: readonly Column[]
    readonly stored: readonly number[]
    readonly statement: StatementContext
  },
): Column {
  if (source.writer === undefined) throw readOnly(source)
  const { columns, stored, statement } = table
  const locator = statement.columns.create({ name: '', type: BIGINT, nullable: false })
  target.found = {
    source,
    locator,
    stored: new Map(
      stored.flatMap((ordinal) => {
        const column = columns[ordinal]
        return column === undefined ? [] : [[ordinal, column] as const]
      }),
    ),
    columns,
    ordinalOf: (column) => {
      const ordinal = columns.indexOf(column)
      return ordinal < 0 ? undefined : ordinal
    },
  }
  return locator
}

export function readOnly({ database }: TableSource): SqlError {
  return new SqlError(
    3906,
    `Failed to update database "${database}" because the database is read-only.`,
  )
}

/** The one table that a view or common table expression is over. @throws SqlError 4403, 4405 */
export function targetWithin(query: QueryExpression, name: string): ChangeTarget {
  const { body } = query
  if (body.kind === 'nested') return targetWithin(body.query, name)
  if (body.kind === 'set-operation') throw notUpdatable(name)
  const [reference, ...others] = body.from
  if (reference === undefined || body.distinct || body.groupBy.length > 0) throw notUpdatable(name)
  if (others.length > 0 || reference.kind === 'join') throw severalTables(name)
  if (reference.kind === 'derived') return targetWithin(reference.query, name)
  if (reference.kind !== 'table' && reference.kind !== 'table-variable') throw notUpdatable(name)
  return { reference, found: undefined }
}

interface BoundTable {
  readonly plan: Plan
  readonly columns: readonly Column[]
}

/** Lets what was found inside a view be the target of the statement around it. */
export function passTarget(
  bound: BoundTable,
  outer: ChangeTarget | undefined,
  inner: ChangeTarget | undefined,
): BoundTable {
  const found = inner?.found
  if (outer === undefined || found === undefined) return bound
  const { plan, columns } = bound
  outer.found = {
    ...found,
    columns,
    ordinalOf: (column) => {
      const origin = originOf(plan, column)
      return origin === undefined ? undefined : found.ordinalOf(origin)
    },
  }
  return { plan: exposing(plan, [found.locator, ...found.stored.values()]), columns }
}

/** The column below that a column of the plan is, unchanged. */
function originOf(plan: Plan, column: Column): Column | undefined {
  switch (plan.kind) {
    case 'project': {
      const output = plan.outputs.find((one) => one.column === column)
      if (output === undefined) return column
      const { expression } = output
      return expression.kind === 'column' ? originOf(plan.input, expression.column) : undefined
    }
    case 'filter':
    case 'sort':
    case 'top':
    case 'offset':
      return originOf(plan.input, column)
    case 'window':
      return plan.calls.some((call) => call.column === column)
        ? undefined
        : originOf(plan.input, column)
    default:
      return column
  }
}

/** The plan with these columns among its own. @throws SqlError 4403 when they don't come through */
export function exposing(plan: Plan, columns: readonly Column[]): Plan {
  switch (plan.kind) {
    case 'project': {
      const present = new Set(plan.outputs.map(({ column }) => column))
      const missing = columns.filter((column) => !present.has(column))
      return {
        ...plan,
        input: exposing(plan.input, columns),
        outputs: [
          ...plan.outputs,
          ...missing.map((column) => ({ column, expression: columnNode(column) })),
        ],
      }
    }
    case 'filter':
    case 'sort':
    case 'top':
    case 'offset':
    case 'window':
      return { ...plan, input: exposing(plan.input, columns) }
    case 'scan':
      return plan
    default:
      throw notUpdatable('')
  }
}

function notUpdatable(name: string): SqlError {
  return new SqlError(
    4403,
    `Cannot update the view or function '${name}' because it contains aggregates, or a DISTINCT or GROUP BY clause, or PIVOT or UNPIVOT operator.`,
  )
}

function severalTables(name: string): SqlError {
  return new SqlError(
    4405,
    `View or function '${name}' is not updatable because the modification affects multiple base tables.`,
  )
}
