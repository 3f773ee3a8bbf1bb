import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type {
  ExecutionHost,
  ForeignKeyRule,
  IndexRead,
  LocatedRow,
  SourceIndex,
  TableSource,
} from '../host.ts'
import { hashKeyOf } from '../values/index.ts'
import type { WritableTable } from './row-maker.ts'

/** A key's values as one text that equal keys share; undefined when one of them is NULL. */
type KeyOf = (values: readonly SqlValue[]) => string | undefined

/** The table of a rule's one side, with the ordinals of its key. */
interface KeySide {
  readonly table: TableSource
  readonly ordinals: readonly number[]
  readonly keyOf: KeyOf
}

/**
 * Every key of the rows has its row in the table it refers to; looked up once for all of them.
 * @throws SqlError 547
 */
export function checkReferences(
  table: WritableTable,
  rows: readonly (readonly SqlValue[])[],
  { host, verb }: { readonly host: ExecutionHost; readonly verb: string },
): void {
  for (const rule of table.writer.foreignKeys) {
    const own = sideOf(table, rule.columns)
    const wanted = keysOf(own, rows)
    const other = findSide(rule, 'referenced', host)
    if (wanted.size === 0 || other === undefined) continue
    for (const values of rowsByKey(other, wanted, other.table, other.ordinals)) {
      const key = other.keyOf(values)
      if (key !== undefined && wanted.delete(key) && wanted.size === 0) break
    }
    if (wanted.size > 0) throw referenceFailed(rule, other.table, { verb, kind: 'FOREIGN KEY' })
  }
}

/** The keys of the rows, by what `keyOf` makes of them; those with a NULL are none. */
function keysOf(
  { ordinals, keyOf }: KeySide,
  rows: readonly (readonly SqlValue[])[],
): Map<string, readonly SqlValue[]> {
  const keys = new Map<string, readonly SqlValue[]>()
  for (const row of rows) {
    const values = ordinals.map((ordinal) => row[ordinal] ?? null)
    const key = keyOf(values)
    if (key !== undefined) keys.set(key, values)
  }
  return keys
}

/** What a table, or its writer, gives rows by. */
interface RowReader<Row> {
  scan(ordinals: readonly number[]): Iterable<Row>
  seek?(read: IndexRead, ordinals: readonly number[]): Iterable<Row>
}

/** Finding a row by an index costs about as much as reading so many in turn. */
const ROWS_PER_LOOKUP = 20
const FEW_KEYS = 10

/** All rows with one of the keys, and perhaps others: each found by an index, or the whole table read. */
function* rowsByKey<Row>(
  { table, ordinals }: KeySide,
  keys: ReadonlyMap<string, readonly SqlValue[]>,
  reader: RowReader<Row>,
  wanted: readonly number[],
): Generator<Row> {
  const mostKeys = Math.max(FEW_KEYS, table.estimatedRowCount / ROWS_PER_LOOKUP)
  const index = keys.size > mostKeys ? undefined : indexOn(table, ordinals)
  if (index === undefined || reader.seek === undefined) {
    yield* reader.scan(wanted)
    return
  }
  // The index has the columns in an order of its own.
  const places = index.keys
    .slice(0, ordinals.length)
    .map(({ ordinal }) => ordinals.indexOf(ordinal))
  const mostLookups = Number.POSITIVE_INFINITY
  for (const values of [...keys.values()]) {
    const equal = places.map((place) => values[place] ?? null)
    yield* reader.seek({ index, equal, isBackward: false, mostLookups }, wanted)
  }
}

/** An index whose first columns are these, in any order. */
function indexOn(table: TableSource, ordinals: readonly number[]): SourceIndex | undefined {
  return table.indexes?.find(({ keys }) => {
    const first = keys.slice(0, ordinals.length).map(({ ordinal }) => ordinal)
    return first.length === ordinals.length && ordinals.every((ordinal) => first.includes(ordinal))
  })
}

/** Rows of another table that refer to keys which are gone, and what their rule says of them. */
export interface Orphans {
  readonly rule: ForeignKeyRule
  readonly table: WritableTable
  /** Ordinals of the rule's columns, there and here. */
  readonly ordinals: readonly number[]
  readonly referencedOrdinals: readonly number[]
  readonly rows: readonly (LocatedRow & { readonly key: string })[]
}

/**
 * The rows that refer to keys which the statement took away and no other row has.
 * @throws SqlError 547 where the rule is NO ACTION
 */
export function findOrphans(
  table: WritableTable,
  before: readonly (readonly SqlValue[])[],
  context: { readonly host: ExecutionHost; readonly verb: 'UPDATE' | 'DELETE' },
): Orphans[] {
  const { host, verb } = context
  return table.writer.referencingKeys.flatMap((rule): Orphans[] => {
    const own = sideOf(table, rule.referencedColumns)
    const gone = keysOf(own, before)
    if (gone.size > 0) {
      const rows = rowsByKey(own, gone, table, own.ordinals)
      for (const values of rows) gone.delete(own.keyOf(values) ?? '')
    }
    const other = gone.size === 0 ? undefined : findSide(rule, 'own', host)
    if (other?.table.writer === undefined) return []
    const { writer } = other.table
    const all = [...other.table.columns.keys()]
    const rows = Array.from(rowsByKey(other, gone, writer, all), (row) => {
      const key = other.keyOf(other.ordinals.map((ordinal) => row.values[ordinal] ?? null))
      return { ...row, key: key ?? '' }
    }).filter(({ key }) => gone.has(key))
    if (rows.length === 0) return []
    const action = verb === 'DELETE' ? rule.onDelete : rule.onUpdate
    if (action === 'no-action')
      throw referenceFailed(rule, other.table, { verb, kind: 'REFERENCE' })
    const { ordinals } = other
    return [
      { rule, table: { ...other.table, writer }, ordinals, referencedOrdinals: own.ordinals, rows },
    ]
  })
}

/** A key of `table`, as `Orphans` name it. */
export function keyReader(table: TableSource, ordinals: readonly number[]): KeyOf {
  const types = ordinals.map((ordinal) => table.columns[ordinal]?.type)
  return (values) => {
    let key = ''
    for (const [index, value] of values.entries()) {
      const type = types[index]
      if (value === null || type === undefined) return undefined
      const part = `${hashKeyOf(value, type)}`
      key += `${part.length}:${part}`
    }
    return key
  }
}

function findSide(
  { table, columns, referencedTable, referencedColumns }: ForeignKeyRule,
  side: 'own' | 'referenced',
  host: ExecutionHost,
): KeySide | undefined {
  const name = side === 'own' ? table : referencedTable
  const found = host.findTable(name, name.database)
  if (found?.kind !== 'table') return undefined
  return sideOf(found, side === 'own' ? columns : referencedColumns)
}

function sideOf(table: TableSource, names: readonly string[]): KeySide {
  const ordinals = names.map((name) => table.columns.findIndex((column) => column.name === name))
  return { table, ordinals, keyOf: keyReader(table, ordinals) }
}

function referenceFailed(
  rule: ForeignKeyRule,
  conflict: TableSource,
  { verb, kind }: { readonly verb: string; readonly kind: 'FOREIGN KEY' | 'REFERENCE' },
): SqlError {
  const names = kind === 'REFERENCE' ? rule.columns : rule.referencedColumns
  const column = names.length === 1 ? `, column '${names[0]}'` : ''
  const { table, referencedTable } = rule
  const isSame = table.name === referencedTable.name && table.schema === referencedTable.schema
  return new SqlError(
    547,
    `The ${verb} statement conflicted with the ${kind}${isSame ? ' SAME TABLE' : ''} constraint "${rule.name}". The conflict occurred in database "${conflict.database}", table "${conflict.schema}.${conflict.name}"${column}.`,
    { state: 0 },
  )
}
