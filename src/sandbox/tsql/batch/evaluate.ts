import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import {
  type Bound,
  complete,
  type PreparedCondition,
  type PreparedValue,
  prepareCondition,
  prepareValue,
  startRun,
} from '../query/index.ts'
import type { Expression } from '../syntax/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { lockTables } from './lock-tables.ts'
import { statementContext } from './statement-context.ts'

/** The value of an expression outside a query, converted to `type` when one is given. */
export async function evaluate(
  expression: Expression,
  state: BatchState,
  options: { readonly type?: SqlType; readonly transform?: (bound: Bound) => Bound } = {},
): Promise<{ readonly type: SqlType; readonly value: SqlValue }> {
  const statement = statementContext(state)
  const known = state.preparedValues.get(expression)
  const prepared: PreparedValue =
    known ?? compiling(() => prepareValue(expression, statement, options))
  if (prepared.isReusable) state.preparedValues.set(expression, prepared)
  using _locks = statement.tables.length > 0 ? await lockTables(statement.tables, state) : undefined
  const run = startRun(statement, state.slice)
  using _memory = run.memory
  const value = await complete(prepared.evaluate(run), run, state.signal)
  return { type: prepared.type, value }
}

/** Whether a condition is true; unknown counts as false. */
export async function isTrue(condition: Expression, state: BatchState): Promise<boolean> {
  const statement = statementContext(state)
  const known = state.preparedConditions.get(condition)
  const prepared: PreparedCondition =
    known ?? compiling(() => prepareCondition(condition, statement))
  if (prepared.isReusable) state.preparedConditions.set(condition, prepared)
  using _locks = statement.tables.length > 0 ? await lockTables(statement.tables, state) : undefined
  const run = startRun(statement, state.slice)
  using _memory = run.memory
  return (await complete(prepared.evaluate(run), run, state.signal)) === true
}
