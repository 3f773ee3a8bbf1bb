import { SqlVariant } from '../../sql-type.ts'
import type { DeclaredType } from '../catalog/parse-type.ts'
import type { DatabaseNames } from './database-names.ts'
import type { ColumnDefinition, KeyColumn, TableDefinition } from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'

/** A column of a table with its ids. */
export interface PlannedColumn {
  readonly definition: ColumnDefinition
  readonly columnId: number
  readonly declared: DeclaredType
  readonly isNullable: boolean
  /** Whether records have it: all but computed columns that are not persisted. */
  readonly isStored: boolean
  /** Its place in the rows that are given; undefined when they have no value for it. */
  readonly rowIndex: number | undefined
  readonly defaultObjectId: number
  readonly defaultName: string
}

const MOST_COLUMNS = 1024

/** @throws PlatformError INVALID_ARGUMENT for columns that SQL Server would not make */
export function planColumns(
  names: DatabaseNames,
  table: TableDefinition,
  where: string,
): PlannedColumn[] {
  if (table.columns.length === 0) throw invalidDefinition(where, 'it has no columns')
  if (table.columns.length > MOST_COLUMNS)
    throw invalidDefinition(where, 'it has over 1024 columns')
  const inPrimaryKey = new Set(
    table.primaryKey?.columns.map((column) => nameOf(column).toLowerCase()),
  )
  const known = new Set<string>()
  let rowIndex = 0
  let hasLater = false
  return table.columns.map((definition, index) => {
    const { name, computed, addedLater, isDropped } = definition
    const place = `${where}, column ${name}`
    if (isDropped !== true && known.has(name.toLowerCase()))
      throw invalidDefinition(place, 'is there twice')
    known.add(name.toLowerCase())
    const declared = names.type(definition.type, definition.collation, place)
    const isStored = computed === undefined || computed.isPersisted === true
    const hasValues = isStored && addedLater === undefined
    if (hasLater && hasValues)
      throw invalidDefinition(place, 'columns that were added later come last')
    hasLater ||= addedLater !== undefined
    const isNullable = definition.isNullable ?? !inPrimaryKey.has(name.toLowerCase())
    if (isNullable && inPrimaryKey.has(name.toLowerCase())) {
      throw invalidDefinition(place, 'a primary key has no NULLs')
    }
    assertColumn(definition, declared, isNullable, place)
    return {
      definition,
      columnId: index + 1,
      declared,
      isNullable: isNullable && declared.type.name !== 'timestamp',
      isStored,
      rowIndex: hasValues ? rowIndex++ : undefined,
      ...planDefault(names, table, definition, place),
    }
  })
}

const IDENTITY_TYPES: readonly string[] = [
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'numeric',
]

function assertColumn(
  { identity, isSparse, addedLater }: ColumnDefinition,
  { type }: DeclaredType,
  isNullable: boolean,
  place: string,
): void {
  if (identity !== undefined && (!IDENTITY_TYPES.includes(type.name) || type.scale > 0)) {
    throw invalidDefinition(place, `${type.name} can be no identity`)
  }
  if (isSparse === true && !isNullable)
    throw invalidDefinition(place, 'a sparse column can be NULL')
  if (addedLater?.value instanceof SqlVariant) {
    throw invalidDefinition(place, 'a sql_variant that was added later has no value for old rows')
  }
  if (addedLater !== undefined && (addedLater.value ?? null) === null && !isNullable) {
    throw invalidDefinition(place, 'the rows have no value for it, and it cannot be NULL')
  }
}

function planDefault(
  names: DatabaseNames,
  table: TableDefinition,
  definition: ColumnDefinition,
  place: string,
) {
  if (definition.default === undefined) return { defaultObjectId: 0, defaultName: '' }
  const defaultObjectId = names.nextObjectId()
  const digits = defaultObjectId.toString(16).toUpperCase().padStart(8, '0')
  const short = `${table.name.slice(0, 9)}__${definition.name.slice(0, 5)}`
  const defaultName = definition.default.name ?? `DF__${short}__${digits}`
  names.claim(table.schema ?? 'dbo', defaultName, place)
  return { defaultObjectId, defaultName }
}

export function nameOf(column: KeyColumn): string {
  return typeof column === 'string' ? column : column.name
}

/**
 * A column of a key or index, which rows have values of.
 * @throws PlatformError INVALID_ARGUMENT
 */
export function columnNamed(
  columns: readonly PlannedColumn[],
  name: string,
  place: string,
): PlannedColumn {
  const wanted = name.toLowerCase()
  const column = columns.find(
    ({ definition }) => definition.isDropped !== true && definition.name.toLowerCase() === wanted,
  )
  if (column === undefined) throw invalidDefinition(place, `there is no column ${name}`)
  if (column.rowIndex === undefined) {
    throw invalidDefinition(place, `the rows hold no values of column ${name}`)
  }
  return column
}
