import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { BulkLoad } from '../../tds/index.ts'
import type { TableSource } from '../host.ts'
import {
  invalidObject,
  pause,
  prepareRowConverter,
  type Run,
  throwIfCancelled,
} from '../query/index.ts'
import type { InsertBulkStatement } from '../syntax/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import type { RowAction } from './carry-out.ts'
import { changing } from './execute-change.ts'
import type { Flow } from './execute-statements.ts'
import { writable } from './identity-insert.ts'
import { statementContext } from './statement-context.ts'

/**
 * INSERT BULK: announces the rows that the client's next message brings, or takes them when they are here.
 * @throws SqlError 208, 207, 271, 3906, 4816
 */
export async function executeInsertBulk(
  node: InsertBulkStatement,
  state: BatchState,
): Promise<Flow> {
  const { load } = state
  if (load !== undefined) return loadRows(node, load, state)
  compiling(() => columnOrdinals(node, targetTable(node, state)))
  state.host.announceBulkLoad(node)
  state.done()
  return 'next'
}

function loadRows(node: InsertBulkStatement, load: BulkLoad, state: BatchState): Promise<Flow> {
  return changing('INSERT', node.line, state, () => {
    const statement = statementContext(state)
    const table = targetTable(node, state)
    const ordinals = columnOrdinals(node, table)
    const types = load.columns.map(({ type }) => type)
    if (types.length !== ordinals.length) throw invalidColumnType(ordinals.length + 1)
    statement.tables.push({ table, use: 'change', hints: [] })
    const toColumns = prepareRowConverter(types, { table, ordinals, statement })
    const { options } = node
    return {
      statement,
      table,
      actions: ['INSERT'],
      updated: [],
      outputs: [],
      load: {
        isIdentityGiven: ordinals.some((ordinal) => table.columns[ordinal]?.identity),
        checksConstraints: options.has('CHECK_CONSTRAINTS'),
        firesTriggers: options.has('FIRE_TRIGGERS'),
      },
      collect: (run) =>
        collectRows(load, {
          run,
          state,
          toColumns: (row) => toColumns(row, run),
          actionOf: options.has('KEEP_NULLS')
            ? (values) => insertOf(ordinals, values)
            : defaultsForNulls(table, ordinals),
        }),
    }
  })
}

async function collectRows(
  load: BulkLoad,
  parts: {
    readonly run: Run
    readonly state: BatchState
    readonly toColumns: (row: readonly SqlValue[]) => SqlValue[]
    readonly actionOf: (values: SqlValue[]) => RowAction
  },
): Promise<RowAction[]> {
  const { run, state, toColumns, actionOf } = parts
  const actions: RowAction[] = []
  for await (const rows of load.rows) {
    throwIfCancelled(state.signal)
    for (const row of rows) {
      const values = toColumns(row)
      run.memory.addRow(values)
      actions.push(actionOf(values))
    }
    if (run.slice.expired) await pause(run, state.signal)
  }
  return actions
}

function insertOf(ordinals: readonly number[], values: readonly SqlValue[]): RowAction {
  return { kind: 'insert', ordinals, values, from: [] }
}

/** Without KEEP_NULLS a NULL leaves the column to its default. */
function defaultsForNulls(
  table: TableSource,
  ordinals: readonly number[],
): (values: SqlValue[]) => RowAction {
  const defaults = table.writer?.defaults ?? new Map()
  if (!ordinals.some((ordinal) => defaults.has(ordinal))) {
    return (values) => insertOf(ordinals, values)
  }
  return (values) => {
    const isGiven = (index: number) =>
      values[index] !== null || !defaults.has(ordinals[index] ?? -1)
    return insertOf(
      ordinals.filter((_, index) => isGiven(index)),
      values.filter((_, index) => isGiven(index)),
    )
  }
}

function targetTable({ target }: InsertBulkStatement, { host }: BatchState): TableSource {
  const table = host.findTable(target, host.session.database)
  if (table?.kind !== 'table') throw invalidObject(target)
  return { ...table, ...writable(table) }
}

function columnOrdinals(
  { columns, line }: InsertBulkStatement,
  table: TableSource,
): readonly number[] {
  if (columns.length === 0) return [...table.columns.keys()]
  return columns.map((name) => {
    const wanted = name.toLowerCase()
    const ordinal = table.columns.findIndex((column) => column.name.toLowerCase() === wanted)
    const column = table.columns[ordinal]
    if (column === undefined) {
      throw new SqlError(207, `Invalid column name '${name}'.`, { line })
    }
    if (column.computedText !== undefined || table.writer?.computed.has(ordinal) === true) {
      throw new SqlError(
        271,
        `The column "${column.name}" cannot be modified because it is either a computed column or is the result of a UNION operator.`,
        { line },
      )
    }
    return ordinal
  })
}

function invalidColumnType(ordinal: number): SqlError {
  return new SqlError(4816, `Invalid column type from bcp client for colid ${ordinal}.`)
}
