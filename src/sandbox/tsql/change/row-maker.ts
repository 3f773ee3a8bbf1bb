import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { type RowValue, rowCondition, rowValue } from '../definition/index.ts'
import type { ExecutionHost, TableSource, TableWriter } from '../host.ts'
import { convert, decimalType } from '../values/index.ts'

export type ChangeVerb = 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE'

/** A table that can be changed. */
export type WritableTable = TableSource & { readonly writer: TableWriter }

interface Computed {
  readonly ordinal: number
  readonly value: RowValue
}

interface Check {
  readonly name: string
  readonly text: string
  readonly holds: (values: readonly SqlValue[]) => boolean | null
}

/** Makes whole rows of what a statement gives: defaults, identity, rowversion, computed columns. */
export class RowMaker {
  readonly table: WritableTable
  /** The identity value given last. */
  lastIdentity: bigint | undefined
  readonly #host: ExecutionHost
  readonly #isIdentityGiven: boolean
  readonly #stored: readonly Computed[]
  readonly #checks: readonly Check[]
  readonly #defaults = new Map<number, RowValue>()
  #unstored: readonly Computed[] | undefined

  constructor(
    table: WritableTable,
    host: ExecutionHost,
    options: { readonly isIdentityGiven?: boolean; readonly checksConstraints?: boolean } = {},
  ) {
    this.table = table
    this.#host = host
    this.#isIdentityGiven = options.isIdentityGiven === true
    this.#stored = [...table.writer.computed].map(([ordinal, text]) =>
      this.#computed(ordinal, text),
    )
    const checks = options.checksConstraints === false ? [] : table.writer.checks
    this.#checks = checks.map(({ name, text }) => ({
      name,
      text,
      holds: rowCondition(text, table, host),
    }))
  }

  /**
   * A new row, with `values` for the columns at `ordinals`.
   * @throws SqlError 515, 547, and those of defaults and computed columns
   */
  newRow(ordinals: readonly number[], values: readonly SqlValue[]): SqlValue[] {
    const { columns } = this.table
    const row = new Array<SqlValue>(columns.length).fill(null)
    const given = new Set(ordinals)
    for (const [index, ordinal] of ordinals.entries()) row[ordinal] = values[index] ?? null
    for (const ordinal of columns.keys()) {
      if (!given.has(ordinal)) row[ordinal] = this.#unnamedValue(ordinal)
      else if (columns[ordinal]?.identity === true) this.#noteIdentity(row[ordinal] ?? null)
    }
    return this.#finish(row, 'INSERT')
  }

  /** A changed row: `after` has what the statement set. */
  changedRow(after: readonly SqlValue[]): SqlValue[] {
    const row = [...after]
    for (const [ordinal, { type }] of this.table.columns.entries()) {
      if (type.name === 'timestamp') row[ordinal] = this.table.writer.nextRowVersion()
    }
    return this.#finish(row, 'UPDATE')
  }

  /** `values` at `ordinals` and the defaults of the other columns: 0 for an identity that is not drawn. */
  unfilledRow(ordinals: readonly number[], values: readonly SqlValue[]): SqlValue[] {
    const row = this.table.columns.map(({ identity, type }, ordinal) =>
      identity ? convert(0, INT_TYPE, type) : this.defaultOf(ordinal),
    )
    for (const [index, ordinal] of ordinals.entries()) row[ordinal] = values[index] ?? null
    return row
  }

  /** The row with all its computed columns, unchecked. */
  proposedRow(values: readonly SqlValue[]): readonly SqlValue[] {
    const row = [...values]
    for (const { ordinal, value } of this.#stored) row[ordinal] = value.evaluate(row)
    return this.withComputed(row)
  }

  /** The row with the columns that are computed when it is read. */
  withComputed(row: readonly SqlValue[]): readonly SqlValue[] {
    this.#unstored ??= this.table.columns.flatMap(({ computedText }, ordinal) =>
      computedText === undefined ? [] : [this.#computed(ordinal, computedText)],
    )
    if (this.#unstored.length === 0) return row
    const whole = [...row]
    for (const { ordinal, value } of this.#unstored) whole[ordinal] = value.evaluate(row)
    return whole
  }

  #finish(row: SqlValue[], verb: 'INSERT' | 'UPDATE'): SqlValue[] {
    for (const { ordinal, value } of this.#stored) row[ordinal] = value.evaluate(row)
    const { columns } = this.table
    for (const [ordinal, { name, nullable, computedText }] of columns.entries()) {
      if (row[ordinal] !== null || nullable || computedText !== undefined) continue
      throw notNullable(this.table, name, verb)
    }
    for (const check of this.#checks) {
      if (check.holds(row) === false) throw checkFailed(this.table, check, verb)
    }
    return row
  }

  #unnamedValue(ordinal: number): SqlValue {
    const { columns, writer } = this.table
    const column = columns[ordinal]
    if (column?.identity === true) return this.#nextIdentity(ordinal)
    if (column?.type.name === 'timestamp') return writer.nextRowVersion()
    return this.defaultOf(ordinal)
  }

  /** What the column's DEFAULT gives now; NULL without one. */
  defaultOf(ordinal: number): SqlValue {
    const { columns, writer } = this.table
    const column = columns[ordinal]
    const text = writer.defaults.get(ordinal)?.text
    if (text === undefined || column === undefined) return null
    const known = this.#defaults.get(ordinal)
    const { database, schema, name } = this.table
    const value =
      known ??
      rowValue(
        text,
        { database, schema, name, columns: [] },
        { host: this.#host, type: column.type },
      )
    this.#defaults.set(ordinal, value)
    return value.evaluate([])
  }

  #nextIdentity(ordinal: number): SqlValue {
    const { columns, writer } = this.table
    const type = columns[ordinal]?.type
    if (this.#isIdentityGiven || type === undefined) return null
    this.lastIdentity = writer.nextIdentity()
    return convert(this.lastIdentity, BIGINT_TYPE, type)
  }

  #noteIdentity(value: SqlValue): void {
    if (value === null) return
    this.lastIdentity = BigInt(`${value}`)
    this.table.writer.noteIdentity(this.lastIdentity)
  }

  #computed(ordinal: number, text: string): Computed {
    const type = this.table.columns[ordinal]?.type
    const options = type === undefined ? { host: this.#host } : { host: this.#host, type }
    return { ordinal, value: rowValue(text, this.table, options) }
  }
}

const BIGINT_TYPE = {
  name: 'bigint',
  maxLength: 8,
  precision: 19,
  scale: 0,
  collationId: 0,
} as const

const INT_TYPE = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 } as const

/** What @@IDENTITY and SCOPE_IDENTITY() are of. */
export const IDENTITY_TYPE = decimalType(38, 0, 'numeric')

function notNullable(table: TableSource, column: string, verb: string): SqlError {
  const { database, schema, name } = table
  return new SqlError(
    515,
    `Cannot insert the value NULL into column '${column}', table '${database}.${schema}.${name}'; column does not allow nulls. ${verb} fails.`,
    { state: 2 },
  )
}

function checkFailed(table: TableSource, { name, text }: Check, verb: string): SqlError {
  const named = table.columns.filter((column) => text.includes(`[${column.name}]`))
  const column = named.length === 1 ? `, column '${named[0]?.name}'` : ''
  return new SqlError(
    547,
    `The ${verb} statement conflicted with the CHECK constraint "${name}". The conflict occurred in database "${table.database}", table "${table.schema}.${table.name}"${column}.`,
    { state: 0 },
  )
}
