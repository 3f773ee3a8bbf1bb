import { SqlError } from '../../sql-error.ts'
import type { TableParameter } from '../../tds/index.ts'
import { applyChanges, RowMaker } from '../change/index.ts'
import type { TableSource } from '../host.ts'
import { prepareRowConverter, startRun } from '../query/index.ts'
import type { TypeName } from '../syntax/index.ts'
import type { BatchState, TableVariable } from './batch-state.ts'
import type { EvaluatedArgument } from './execute-procedure.ts'
import { writable } from './identity-insert.ts'
import { statementContext } from './statement-context.ts'

/** A table given for a parameter: the caller's variable, or rows that a client sent. */
export type TableArgument = TableVariable | TableParameter

/** The table an argument is. @throws SqlError 206 for a value that is none */
export function tableOf(
  argument: EvaluatedArgument | undefined,
  type: TypeName,
): TableArgument | undefined {
  if (argument === undefined || argument.table !== undefined) return argument?.table
  throw operandClash(argument.value === null ? 'void type' : argument.type.name, type.name)
}

/**
 * Declares a table-valued parameter with the rows given for it; none without an argument.
 * @throws SqlError 206 (of another type), 352 (not READONLY), 500 (another number of columns); those of INSERT
 */
export function declareTableParameter(
  parameter: { readonly name: string; readonly type: TypeName; readonly isReadOnly: boolean },
  argument: TableArgument | undefined,
  state: BatchState,
): void {
  const { name, type } = parameter
  if (!parameter.isReadOnly) throw notReadOnly(name)
  if (argument !== undefined) refuseOtherType(argument, type)
  const table =
    argument !== undefined && 'table' in argument
      ? argument.table
      : filledTable(state.host.createTableVariable(name, type), argument, state)
  state.declareTable(name, { ...table, isReadOnly: true }, type)
}

function refuseOtherType(argument: TableArgument, type: TypeName): void {
  const given =
    'table' in argument ? argument.type : { schema: argument.schema, name: argument.typeName }
  if (given === undefined) throw operandClash('table', type.name)
  if (given.name === '') return
  const isSameSchema =
    given.schema === '' || type.schema === '' || isSame(given.schema, type.schema)
  if (!isSameSchema || !isSame(given.name, type.name)) throw operandClash(given.name, type.name)
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function filledTable(
  table: TableSource,
  sent: TableParameter | undefined,
  state: BatchState,
): TableSource {
  if (sent === undefined || sent.columns.length === 0) return table
  const { columns } = table
  if (sent.columns.length !== columns.length) {
    throw new SqlError(
      500,
      `Trying to pass a table-valued parameter with ${sent.columns.length} column(s) where the corresponding user-defined table type requires ${columns.length} column(s).`,
    )
  }
  const ordinals = [...columns.keys()].filter(
    (ordinal) => sent.columns[ordinal]?.isDefault === false,
  )
  if (ordinals.some((ordinal) => columns[ordinal]?.identity)) {
    throw new SqlError(1077, 'INSERT into an identity column not allowed on table variables.')
  }
  const types = sent.columns.flatMap(({ type, isDefault }) => (isDefault ? [] : [type]))
  insertRows(sent.rows, { table, ordinals, types }, state)
  return table
}

function insertRows(
  rows: TableParameter['rows'],
  { table, ordinals, types }: InsertedColumns,
  state: BatchState,
): void {
  const { host } = state
  const statement = statementContext(state)
  const toColumns = prepareRowConverter(types, { table, ordinals, statement })
  const run = startRun(statement, state.slice)
  using _memory = run.memory
  const maker = new RowMaker(writable(table), host)
  const changes = rows.map((row) => {
    run.memory.addRow(row)
    return { kind: 'insert', after: maker.newRow(ordinals, toColumns(row, run)) } as const
  })
  applyChanges(maker.table, changes, { host, verb: 'INSERT' })
}

interface InsertedColumns {
  readonly table: TableSource
  readonly ordinals: readonly number[]
  readonly types: readonly TableParameter['columns'][number]['type'][]
}

/** 206. */
export function operandClash(from: string, to: string): SqlError {
  return new SqlError(206, `Operand type clash: ${from} is incompatible with ${to}`, { state: 2 })
}

function notReadOnly(name: string): SqlError {
  return new SqlError(
    352,
    `The table-valued parameter "${name}" must be declared with the READONLY option.`,
    { severity: 15 },
  )
}
