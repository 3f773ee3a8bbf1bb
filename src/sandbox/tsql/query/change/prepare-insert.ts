import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { TableSource } from '../../host.ts'
import type { Expression, InsertStatement } from '../../syntax/index.ts'
import { commonType } from '../../values/index.ts'
import { bindCtes } from '../bind/bind-cte.ts'
import { bindExpression, columnNode } from '../bind/bind-expression.ts'
import { bindTableReference } from '../bind/bind-from.ts'
import { bindQuery } from '../bind/bind-query.ts'
import { bindTop } from '../bind/bind-top.ts'
import type { ChangeTarget, FoundTarget } from '../bind/change-target.ts'
import { convertTo, isNullLiteral } from '../bind/conversion.ts'
import type { Environment } from '../bind/environment.ts'
import { invalidColumn } from '../bind/scope.ts'
import { isSameName, type StatementContext } from '../bind/statement-context.ts'
import { compileExpression } from '../compile/compile-expression.ts'
import { compileQuery, expressionContext } from '../compile/compile-plan.ts'
import type { Bound } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { optimise } from '../plan/optimise.ts'
import type { Plan } from '../plan/plan.ts'
import { type Row, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { settled } from '../run/suspension.ts'
import { assignTo } from './assign-column.ts'
import { type PreparedOutput, prepareOutput } from './output.ts'
import { defaultOf, derivedField, refuseFixedColumn, setTwice } from './set-clauses.ts'
import { checksOf, type ViewCheck } from './view-check.ts'

/** No query around it. */
const ALONE = { correlation: undefined, isRepeated: true } as const

export interface PreparedInsert {
  readonly table: TableSource
  /** Ordinals of the columns that rows have values for, in their order. */
  readonly ordinals: readonly number[]
  readonly outputs: readonly PreparedOutput[]
  /** Of views WITH CHECK OPTION that the statement changes the table through. */
  readonly checks: readonly ViewCheck[]
  /** Values converted to the columns' types; undefined for INSERT … EXEC, whose rows come from outside. */
  readonly rows: ((run: Run) => Generator<Row | Tick, void>) | undefined
  /** Converts rows of these types that come from outside. @throws SqlError 213, 120, 121 */
  rowConverter(types: readonly SqlType[]): (row: Row, run: Run) => SqlValue[]
}

/**
 * Makes INSERT ready to run. `isIdentityGiven` is SET IDENTITY_INSERT ON for the table.
 * @throws SqlError 109, 110, 120, 121, 207, 208, 213, 264, 271, 544, 545, 3906, 8101
 */
export function prepareInsert(
  node: InsertStatement,
  statement: StatementContext,
  isIdentityGiven: (table: TableSource) => boolean,
): PreparedInsert {
  const rowless: Environment = { statement, scope: undefined, ctes: undefined, clause: 'none' }
  const target = findTarget(node, rowless)
  const { source: table } = target
  const isGiven = isIdentityGiven(table)
  const ordinals = insertOrdinals(node, target, { statement, isGiven })
  const environment = { ...rowless, ctes: bindCtes(node.with, rowless) }
  const source = bindSource(node, { table, ordinals }, environment)
  return {
    table,
    ordinals,
    outputs: outputsOf(node, table, environment),
    checks: checksOf(target, statement),
    rows: source && compileRows(source, { table, ordinals, statement }),
    rowConverter: (types) => {
      checkCount(types.length, ordinals.length, node)
      return prepareRowConverter(types, { table, ordinals, statement })
    },
  }
}

function findTarget({ target: reference }: InsertStatement, environment: Environment): FoundTarget {
  const changing: ChangeTarget = { reference, actions: ['INSERT'], found: undefined }
  bindTableReference(reference, { ...environment, changing })
  if (changing.found === undefined) throw derivedField()
  return changing.found
}

/** What of INSERT decides which columns it fills. */
export type InsertColumns = Pick<InsertStatement, 'columns' | 'line'> & {
  readonly source: { readonly kind: InsertStatement['source']['kind'] }
}

/**
 * The ordinals of the columns the statement names, or of all that take values.
 * @throws SqlError 207, 264, 271, 272, 544, 545, 4406, 8101
 */
export function insertOrdinals(
  { columns: names, source, line }: InsertColumns,
  target: FoundTarget,
  { statement, isGiven }: { readonly statement: StatementContext; readonly isGiven: boolean },
): number[] {
  const { source: table } = target
  const identity = table.columns.findIndex((column) => column.identity)
  if (source.kind === 'default-values') return []
  if (names.length === 0) {
    if (isGiven && identity >= 0) throw identityNeedsList(table)
    return target.columns.flatMap((column) => {
      const ordinal = target.ordinalOf(column)
      return ordinal === undefined || !takesValues(table, ordinal) ? [] : [ordinal]
    })
  }
  const ordinals = names.map((name) => {
    const column = target.columns.find((candidate) => isSameName(candidate.name, name, statement))
    if (column === undefined) throw invalidColumn(name, line)
    const ordinal = target.ordinalOf(column)
    const found = ordinal === undefined ? undefined : table.columns[ordinal]
    if (ordinal === undefined || found === undefined) throw derivedField()
    refuseFixedColumn(found, ordinal, table)
    return ordinal
  })
  const twice = ordinals.find((ordinal, index) => ordinals.indexOf(ordinal) !== index)
  if (twice !== undefined) throw setTwice(table.columns[twice]?.name ?? '', line)
  if (identity >= 0 && ordinals.includes(identity) && !isGiven) throw identityIsOff(table)
  if (identity >= 0 && !ordinals.includes(identity) && isGiven) throw identityMissing(table)
  return ordinals
}

/** Not those the engine fills: identity, computed, timestamp. */
function takesValues({ columns, writer }: TableSource, ordinal: number): boolean {
  const column = columns[ordinal]
  if (column === undefined || column.identity || column.computedText !== undefined) return false
  return writer?.computed.has(ordinal) !== true && column.type.name !== 'timestamp'
}

interface BoundSource {
  readonly plan: Plan
  readonly columns: readonly Column[]
}

interface Places {
  readonly table: TableSource
  readonly ordinals: readonly number[]
}

function bindSource(
  node: InsertStatement,
  places: Places,
  environment: Environment,
): BoundSource | undefined {
  const { source, top, line } = node
  if (source.kind === 'execute') return undefined
  if (source.kind === 'default-values') {
    return { plan: { kind: 'rows', columns: [], rows: [[]] }, columns: [] }
  }
  const bound =
    source.kind === 'values'
      ? bindValues(source.rows, places, environment, node)
      : bindQuery(source.query, environment, { position: 'statement' })
  checkCount(bound.columns.length, places.ordinals.length, node)
  if (top === undefined) return bound
  return { ...bound, plan: bindTop(bound.plan, { top, ties: [], line }, environment) }
}

/** Rows of VALUES: those of a column are of one type first, as in a table value constructor. */
function bindValues(
  rows: readonly (readonly Expression[])[],
  { table, ordinals }: Places,
  environment: Environment,
  node: InsertStatement,
): BoundSource {
  const { statement } = environment
  const width = rows[0]?.length ?? 0
  if (rows.some((row) => row.length !== width)) {
    throw new SqlError(
      10709,
      'The number of columns for each row in a table value constructor must be the same.',
      { line: node.line },
    )
  }
  checkCount(width, ordinals.length, node)
  const cells = rows.map((row) =>
    row.map((cell, index) => bindCell(cell, { table, ordinal: ordinals[index] ?? 0 }, environment)),
  )
  const columns = ordinals.map((ordinal, index) => {
    const typed = cells.flatMap((row) => {
      const cell = row[index]
      return cell === undefined || isNullLiteral(cell) ? [] : [cell.type]
    })
    const own = table.columns[ordinal]?.type
    const type = typed.length > 0 ? commonType(typed) : own
    return statement.columns.create({ name: '', type: type ?? commonType([]), nullable: true })
  })
  const converted = cells.map((row) =>
    row.map((cell, index) => {
      const type = columns[index]?.type ?? cell.type
      return rows.length === 1 && !isNullLiteral(cell) ? cell : convertTo(cell, type, statement)
    }),
  )
  return { plan: { kind: 'rows', columns, rows: converted }, columns }
}

/** A value of VALUES, or the column's default. */
export function bindCell(
  cell: Expression,
  { table, ordinal }: { readonly table: TableSource; readonly ordinal: number },
  environment: Environment,
): Bound {
  const isDefault = cell.kind === 'literal' && cell.literalType === 'default'
  return isDefault ? defaultOf(table, ordinal, environment) : bindExpression(cell, environment)
}

/** The value as that of the column at `ordinal`. */
export function assigned(
  value: Bound,
  ordinal: number | undefined,
  place: { readonly table: TableSource; readonly statement: StatementContext },
): Bound {
  const column = place.table.columns[ordinal ?? -1]
  return column === undefined ? value : assignTo(value, column, place)
}

/** Converts rows of these types, which come from outside, to the types of the columns at `ordinals`. */
export function prepareRowConverter(
  types: readonly SqlType[],
  { table, ordinals, statement }: Places & { readonly statement: StatementContext },
): (row: Row, run: Run) => SqlValue[] {
  const columns = types.map((type) => statement.columns.create({ name: '', type }))
  const context = expressionContext(columns, ALONE)
  const compiled = columns.map((column, index) => {
    const value = assigned(columnNode(column), ordinals[index], { table, statement })
    return compileExpression(value, context)
  })
  return (row, run) => compiled.map((evaluate) => settled(() => evaluate(row, run)))
}

function compileRows(
  { plan, columns }: BoundSource,
  { table, ordinals, statement }: Places & { readonly statement: StatementContext },
): (run: Run) => Generator<Row | Tick, void> {
  const outputs = columns.map((column, index) => {
    const node = column.isNullLiteral
      ? { ...columnNode(column), type: table.columns[ordinals[index] ?? 0]?.type ?? column.type }
      : columnNode(column)
    const expression = assigned(node, ordinals[index], { table, statement })
    const { type } = expression
    return { column: statement.columns.create({ name: '', type }), expression }
  })
  const wanted = outputs.map(({ column }) => column)
  const operator = compileQuery(optimise({ kind: 'project', input: plan, outputs }, wanted))
  return function* rows(run) {
    for (const row of operator.open(run)) {
      if (row !== TICK) run.memory.addRow(row)
      yield row
    }
  }
}

function outputsOf(
  { output }: InsertStatement,
  table: TableSource,
  environment: Environment,
): PreparedOutput[] {
  if (output === undefined) return []
  const place = { environment, sources: [], images: ['inserted'] as const }
  const lists = output.toClient === undefined ? [output.items] : [output.items, output.toClient]
  return lists.map((items) => prepareOutput({ items, line: output.line }, table, place))
}

/** @throws SqlError 109, 110 (VALUES), 120, 121 (a query), 213 (no list of columns) */
export function checkCount(
  given: number,
  wanted: number,
  { source, columns, line }: InsertColumns,
): void {
  if (given === wanted) return
  if (columns.length === 0) {
    throw new SqlError(
      213,
      'Column name or number of supplied values does not match table definition.',
      { line },
    )
  }
  const isQuery = source.kind === 'query'
  const what = isQuery ? 'select list for the INSERT statement' : 'INSERT statement'
  if (given < wanted) {
    throw isQuery
      ? new SqlError(
          120,
          `The ${what} contains fewer items than the insert list. The number of SELECT values must match the number of INSERT columns.`,
          { severity: 15, line },
        )
      : new SqlError(
          109,
          `There are more columns in the ${what} than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.`,
          { severity: 15, line },
        )
  }
  throw isQuery
    ? new SqlError(
        121,
        `The ${what} contains more items than the insert list. The number of SELECT values must match the number of INSERT columns.`,
        { severity: 15, line },
      )
    : new SqlError(
        110,
        `There are fewer columns in the ${what} than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.`,
        { severity: 15, line },
      )
}

function identityNeedsList(table: TableSource): SqlError {
  return new SqlError(
    8101,
    `An explicit value for the identity column in table '${table.name}' can only be specified when a column list is used and IDENTITY_INSERT is ON.`,
  )
}

function identityIsOff(table: TableSource): SqlError {
  return new SqlError(
    544,
    `Cannot insert explicit value for identity column in table '${table.name}' when IDENTITY_INSERT is set to OFF.`,
  )
}

function identityMissing(table: TableSource): SqlError {
  return new SqlError(
    545,
    `Explicit value must be specified for identity column in table '${table.name}' either when IDENTITY_INSERT is set to ON or when a replication user is inserting into a NOT FOR REPLICATION identity column.`,
  )
}
