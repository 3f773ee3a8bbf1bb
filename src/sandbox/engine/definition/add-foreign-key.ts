import type { CatalogColumn, CatalogIndex, CatalogObject, ForeignKey } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ReferentialAction } from '../../tsql/index.ts'
import { type AddingForeignKey, addConstraintObject } from './add-constraint.ts'
import { findObjectAt, writtenName } from './definition-context.ts'
import { columnsOf, type DefinedTable, findColumn } from './table-under-construction.ts'

/**
 * Adds a foreign key's entries.
 * @returns undefined for a temporary table: its foreign keys are not enforced, as a message says
 * @throws SqlError 1763, 1767, 1769, 1770, 1773, 1776, 1778, 8139
 */
export function addForeignKey(
  table: DefinedTable,
  { definition, constraint, options }: AddingForeignKey,
): CatalogObject | undefined {
  const { context, column, isNotTrusted = false } = options
  const named = constraint.columns
  const names = named.length > 0 || column === undefined ? named : [column]
  const name = definition.name ?? ''
  if (table.name.startsWith('#')) {
    context.out.info(skippedMessage(name))
    return undefined
  }
  const object = addConstraintObject(table, definition, {
    type: 'F',
    context,
    column: names[0] ?? '',
    isNotTrusted,
  })
  const columns = names.map((one) => requireReferencing(table, one, object.name))
  const referenced = referencedTable(table, { constraint, context, key: object.name })
  const target = referencedKey(referenced, constraint.referencedColumns, object.name)
  requireMatch(table, { columns, referenced, target, key: object.name })
  const entry: ForeignKey = {
    objectId: object.objectId,
    name: object.name,
    schemaId: object.schemaId,
    parentObjectId: table.objectId,
    referencedObjectId: referenced.objectId,
    referencedIndexId: target.index.indexId,
    deleteAction: ACTIONS[constraint.onDelete],
    updateAction: ACTIONS[constraint.onUpdate],
    isDisabled: false,
    isNotTrusted,
    isSystemNamed: object.isSystemNamed,
    columns: columns.map(({ columnId }, index) => ({
      parentColumnId: columnId,
      referencedColumnId: target.columns[index]?.columnId ?? 0,
    })),
  }
  table.database.catalog.foreignKeyEntries.set(entry.objectId, entry, context.log)
  return object
}

const ACTIONS: Readonly<Record<ReferentialAction, ForeignKey['deleteAction']>> = {
  'no-action': 'NO_ACTION',
  cascade: 'CASCADE',
  'set-null': 'SET_NULL',
  'set-default': 'SET_DEFAULT',
}

function skippedMessage(name: string) {
  return {
    number: 1766,
    severity: 0,
    state: 1,
    message: `Skipping FOREIGN KEY constraint '${name}' definition for temporary table. FOREIGN KEY constraints are not enforced on local or global temporary tables.`,
    line: 1,
    procedure: '',
  }
}

function requireReferencing(table: DefinedTable, name: string, key: string): CatalogColumn {
  const column = findColumn(table, name)
  if (column !== undefined) return column
  throw new SqlError(
    1769,
    `Foreign key '${key}' references invalid column '${name}' in referencing table '${table.name}'.`,
  )
}

function referencedTable(
  table: DefinedTable,
  {
    constraint,
    context,
    key,
  }: Pick<AddingForeignKey, 'constraint'> & {
    readonly context: AddingForeignKey['options']['context']
    readonly key: string
  },
): DefinedTable {
  const { table: name } = constraint
  const isElsewhere =
    name.database !== '' && name.database.toLowerCase() !== table.database.name.toLowerCase()
  if (isElsewhere) {
    throw new SqlError(
      1763,
      `Cross-database foreign key references are not supported. Foreign key '${key}'.`,
    )
  }
  // A name without a schema is looked for where the table itself is.
  const found = findObjectAt(
    {
      ...name,
      database: table.database.name,
      schema: name.schema || table.database.catalog.schemaName(table),
    },
    context,
  )
  const object =
    found?.object ?? findObjectAt({ ...name, database: table.database.name }, context)?.object
  if (object?.type !== 'U') {
    throw new SqlError(
      1767,
      `Foreign key '${key}' references invalid table '${writtenName(name)}'.`,
    )
  }
  const { objectId, schemaId } = object
  return { database: table.database, objectId, schemaId, name: object.name }
}

interface Target {
  readonly index: CatalogIndex
  readonly columns: readonly CatalogColumn[]
}

/** The key that the columns are, or the primary key when none are named. */
function referencedKey(referenced: DefinedTable, names: readonly string[], key: string): Target {
  const indexes = referenced.database.catalog.indexes(referenced.objectId)
  if (names.length === 0) {
    const index = indexes.find(({ isPrimaryKey }) => isPrimaryKey)
    if (index !== undefined) return { index, columns: keyColumns(referenced, index) }
    throw new SqlError(
      1773,
      `Foreign key '${key}' has implicit reference to object '${referenced.name}' which does not have a primary key defined on it.`,
    )
  }
  const columns = names.map((name) => {
    const column = findColumn(referenced, name)
    if (column !== undefined) return column
    throw new SqlError(
      1770,
      `Foreign key '${key}' references invalid column '${name}' in referenced table '${referenced.name}'.`,
    )
  })
  const wanted = columns.map(({ columnId }) => columnId).sort((a, b) => a - b)
  const index = indexes.find(
    (candidate) => candidate.isUnique && !candidate.hasFilter && isKeyOf(candidate, wanted),
  )
  if (index !== undefined) return { index, columns }
  throw new SqlError(
    1776,
    `There are no primary or candidate keys in the referenced table '${referenced.database.catalog.schemaName(referenced)}.${referenced.name}' that match the referencing column list in the foreign key '${key}'.`,
  )
}

function isKeyOf({ columns }: CatalogIndex, wanted: readonly number[]): boolean {
  const ids = columns.filter(({ isIncluded }) => !isIncluded).map(({ columnId }) => columnId)
  ids.sort((a, b) => a - b)
  return ids.length === wanted.length && ids.every((id, index) => id === wanted[index])
}

function keyColumns(table: DefinedTable, { columns }: CatalogIndex): readonly CatalogColumn[] {
  return columns.flatMap(
    ({ columnId }) => columnsOf(table).find((column) => column.columnId === columnId) ?? [],
  )
}

/** As many columns, and of the same types. */
function requireMatch(
  table: DefinedTable,
  parts: {
    readonly columns: readonly CatalogColumn[]
    readonly referenced: DefinedTable
    readonly target: Target
    readonly key: string
  },
): void {
  const { columns, referenced, target, key } = parts
  if (columns.length !== target.columns.length) {
    throw new SqlError(
      8139,
      `Number of referencing columns in foreign key differs from number of referenced columns, table '${table.name}'.`,
    )
  }
  for (const [index, column] of columns.entries()) {
    const other = target.columns[index]
    if (other === undefined || isSameType(column, other)) continue
    throw new SqlError(
      1778,
      `Column '${referenced.name}.${other.name}' is not the same data type as referencing column '${table.name}.${column.name}' in foreign key '${key}'.`,
    )
  }
}

/** Lengths of character and binary types may differ, their collations not. */
function isSameType({ type: a }: CatalogColumn, { type: b }: CatalogColumn): boolean {
  if (a.name !== b.name && !(isExact(a.name) && isExact(b.name))) return false
  return a.collationId === b.collationId && a.scale === b.scale && isSamePrecision(a, b)
}

function isExact(name: string): boolean {
  return name === 'decimal' || name === 'numeric'
}

function isSamePrecision(a: { precision: number }, b: { precision: number }): boolean {
  return a.precision === b.precision
}
