import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { ExecutionHost } from '../host.ts'
import {
  contextOf,
  prepareRowCondition,
  prepareRowValue,
  type RowTable,
  type StatementContext,
  startRun,
  TimeSlice,
} from '../query/index.ts'
import { parseExpression } from '../syntax/index.ts'

export interface RowValue {
  readonly type: SqlType
  readonly nullable: boolean
  /** @throws SqlError of the expression: 8134, 245, … */
  evaluate(values: readonly SqlValue[]): SqlValue
}

/**
 * An expression kept as text (DEFAULT, computed column) over the rows of a table; `type` converts its
 * value as an assignment would. Bound once, for one statement: GETDATE() stays the same.
 * @throws SqlError 102, 207, 195, …
 */
export function rowValue(
  text: string,
  table: RowTable,
  { host, type }: { readonly host: ExecutionHost; readonly type?: SqlType },
): RowValue {
  const statement = rowContext(host, table)
  const run = startRun(statement, new TimeSlice())
  const options = type === undefined ? { statement } : { statement, type }
  const prepared = prepareRowValue(parseExpression(text), table, options)
  return {
    type: prepared.type,
    nullable: prepared.nullable,
    evaluate: (values) => prepared.evaluate(values, run),
  }
}

/**
 * A condition kept as text (CHECK, filter of an index) over the rows of a table: unknown is null.
 * @throws SqlError 102, 207, 4145, …
 */
export function rowCondition(
  text: string,
  table: RowTable,
  host: ExecutionHost,
): (values: readonly SqlValue[]) => boolean | null {
  const statement = rowContext(host, table)
  const run = startRun(statement, new TimeSlice())
  const test = prepareRowCondition(parseExpression(text), table, statement)
  return (values) => test(values, run)
}

function rowContext(host: ExecutionHost, { database }: RowTable): StatementContext {
  const context = contextOf(host, {
    findVariable: () => undefined,
    findTableVariable: () => undefined,
    findFunction: () => undefined,
    findGlobal: () => undefined,
  })
  const collationId = host.databaseCollationId(database) ?? context.collationId
  return { ...context, database, collationId }
}
