import type { SqlValue } from '../../../mdf/index.ts'
import { applyChanges, RowMaker } from '../change/index.ts'
import {
  type PreparedInsert,
  type PreparedOutput,
  pause,
  prepareInsert,
  type Run,
  type StatementContext,
} from '../query/index.ts'
import type { OutputClause } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Changed } from './carry-out.ts'
import { refuseTriggersOf } from './choose-triggers.ts'
import { clientDrained } from './client-drained.ts'
import { writable } from './identity-insert.ts'

/** A list of OUTPUT and where it goes: to the client when there is no target. */
export interface OutputPlace {
  readonly output: PreparedOutput
  readonly into: PreparedInsert | undefined
}

/** @throws SqlError as an INSERT into the target of OUTPUT INTO */
export function prepareOutputPlaces(
  clause: OutputClause | undefined,
  outputs: readonly PreparedOutput[],
  statement: StatementContext,
): OutputPlace[] {
  return outputs.map((output, index) => {
    if (index > 0 || clause?.into === undefined) return { output, into: undefined }
    const { target, columns } = clause.into
    const { line } = clause
    const node = { kind: 'insert', with: [], target, columns, source: NO_ROWS, line } as const
    const into = prepareInsert(node, statement, () => false)
    refuseTriggersOf(into.table)
    return { output, into }
  })
}

/** Its rows come from OUTPUT. */
const NO_ROWS = {
  kind: 'execute',
  execute: { kind: 'execute', arguments: [], line: 1 },
} as const

/** Puts the rows of OUTPUT where they go, after everything has been changed. */
export async function sendOutput(
  places: readonly OutputPlace[],
  changed: readonly Changed[],
  run: Run,
  state: BatchState,
): Promise<void> {
  for (const { output, into } of places) {
    const rows = changed.map((row) => output.evaluate(row, run))
    if (into === undefined) await sendRows(output, rows, run, state)
    else insertRows(output, rows, { into, run, state })
  }
}

async function sendRows(
  { columns }: PreparedOutput,
  rows: readonly SqlValue[][],
  run: Run,
  state: BatchState,
): Promise<void> {
  state.out.columns(columns)
  for (const row of rows) {
    if (run.slice.expired) await pause(run, state.signal)
    if (!state.out.row(row)) await clientDrained(state)
  }
}

function insertRows(
  { columns }: PreparedOutput,
  rows: readonly SqlValue[][],
  parts: { readonly into: PreparedInsert; readonly run: Run; readonly state: BatchState },
): void {
  const { into, run, state } = parts
  const { host } = state
  const maker = new RowMaker(writable(into.table), host)
  const convert = into.rowConverter(columns.map(({ type }) => type))
  const changes = rows.map((row) => {
    const after = maker.newRow(into.ordinals, convert(row, run))
    return { kind: 'insert', after } as const
  })
  applyChanges(maker.table, changes, { host, verb: 'INSERT' })
}
