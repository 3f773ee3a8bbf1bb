import type { ResultColumn, ResultSink } from '../../tds/index.ts'
import type { ExecutionHost } from '../host.ts'
import { describeQuery } from '../query/index.ts'
import { parseBatch, type Statement } from '../syntax/index.ts'
import { BatchState } from './batch-state.ts'
import type { BatchParameter, BatchTableParameter } from './contract.ts'
import { declareVariables } from './declare-variables.ts'
import { isQuoted } from './execute-text.ts'
import { statementContext } from './statement-context.ts'
import { declareTableParameter } from './table-parameter.ts'

/**
 * The columns of the first result set a batch would give, without running it; undefined when it gives
 * none or a procedure decides.
 * @throws SqlError when the batch doesn't parse or its first query can't be bound
 */
export function describeBatch(
  text: string,
  host: ExecutionHost,
  parameters: readonly BatchParameter[],
  tables: readonly BatchTableParameter[] = [],
): readonly ResultColumn[] | undefined {
  const state = new BatchState({
    host,
    out: SILENT,
    signal: new AbortController().signal,
    describeOnly: true,
  })
  for (const { name, type, value } of parameters) state.declare(name, type, value)
  for (const table of tables) declareTableParameter(table, table.sent, state)
  const { statements } = parseBatch(text, { quotedIdentifier: isQuoted(state) })
  declareVariables(statements, state)
  return firstColumns(statements, state)
}

/** Takes nothing: for describing, and for what answers otherwise. */
export const SILENT: ResultSink = {
  columns: () => {},
  row: () => true,
  drained: async () => {},
  info: () => {},
  error: () => {},
  environment: () => {},
  done: () => {},
  doneInProc: () => {},
  returnStatus: () => {},
  returnValue: () => {},
  doneProc: () => {},
}

function firstColumns(
  statements: readonly Statement[],
  state: BatchState,
): readonly ResultColumn[] | undefined {
  for (const statement of statements) {
    const columns = columnsOf(statement, state)
    if (columns !== undefined) return columns
  }
  return undefined
}

function columnsOf(statement: Statement, state: BatchState): readonly ResultColumn[] | undefined {
  switch (statement.kind) {
    case 'select-statement':
      return describeQuery(statement.query, statementContext(state))
    case 'block':
      return firstColumns(statement.statements, state)
    case 'try':
      return firstColumns(statement.body, state)
    case 'while':
      return columnsOf(statement.body, state)
    case 'if': {
      const then = columnsOf(statement.then, state)
      if (then !== undefined || statement.otherwise === undefined) return then
      return columnsOf(statement.otherwise, state)
    }
    default:
      return undefined
  }
}
