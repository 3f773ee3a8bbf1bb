import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { type ConstraintDefinition, rowCondition, rowValue } from '../../tsql/index.ts'
import { addForeignKey } from './add-foreign-key.ts'
import { addIndex } from './add-index.ts'
import { catalogText } from './catalog-text.ts'
import { constraintName, keyName } from './constraint-name.ts'
import { type DefinitionContext, findNamed, nameTaken } from './definition-context.ts'
import {
  columnsOf,
  type DefinedTable,
  findColumn,
  qualifiedName,
  requireColumn,
  rowTable,
} from './table-under-construction.ts'

type Parts<Kind> = Extract<ConstraintDefinition['constraint'], { kind: Kind }>

/** How a constraint is added. */
export interface ConstraintOptions {
  readonly context: DefinitionContext
  /** The column it stands behind. */
  readonly column?: string
  /** Whether an index of the table that is yet to come is clustered: then a key is not by itself. */
  readonly isClusteredElsewhere?: boolean
  /** WITH NOCHECK: rows that are there are not looked at. */
  readonly isNotTrusted?: boolean
}

/**
 * Adds a constraint's entries; rows are checked by the caller.
 * @returns the constraint's object; undefined for a foreign key of a temporary table, which is none
 * @throws SqlError 2714, 8110, 8111, 1781, 1769, …
 */
export function addConstraint(
  table: DefinedTable,
  definition: ConstraintDefinition,
  options: ConstraintOptions,
): CatalogObject | undefined {
  try {
    return addByKind(table, definition, options)
  } catch (error) {
    const isPrelude = error instanceof SqlError && PRELUDES.has(error.number)
    throw isPrelude ? constraintFailed(error) : error
  }
}

/** Errors that 1750 sums up. */
const PRELUDES = new Set([
  1505, 1763, 1767, 1769, 1770, 1773, 1776, 1778, 1779, 1781, 1902, 1909, 1911, 1919, 2714, 8111,
  8112, 8139,
])

/** 1750 behind the error that says why. */
export function constraintFailed(reason: SqlError): SqlError {
  return new SqlError(1750, 'Could not create constraint or index. See previous errors.', {
    state: 0,
    preceding: [reason],
  })
}

function addByKind(
  table: DefinedTable,
  definition: ConstraintDefinition,
  options: ConstraintOptions,
): CatalogObject | undefined {
  const { constraint } = definition
  switch (constraint.kind) {
    case 'default':
      return addDefault(table, { definition, constraint, options })
    case 'check':
      return addCheck(table, { definition, constraint, options })
    case 'foreign-key':
      return addForeignKey(table, { definition, constraint, options })
    default:
      return addKey(table, { definition, constraint, options })
  }
}

interface Adding<Kind> {
  readonly definition: ConstraintDefinition
  readonly constraint: Parts<Kind>
  readonly options: ConstraintOptions
}

export type AddingForeignKey = Adding<'foreign-key'>

/** The object of a constraint, under its own name or one made for it. @throws SqlError 2714 */
export function addConstraintObject(
  table: DefinedTable,
  { name }: ConstraintDefinition,
  parts: {
    readonly type: 'PK' | 'UQ' | 'D' | 'C' | 'F'
    readonly context: DefinitionContext
    readonly column?: string
    readonly isNotTrusted?: boolean
  },
): CatalogObject {
  const { type, context, column = '', isNotTrusted = false } = parts
  const { database, schemaId, objectId } = table
  const schema = database.catalog.schemas.find((candidate) => candidate.schemaId === schemaId)
  if (name !== undefined && schema !== undefined) {
    if (findNamed({ database, schema, name }) !== undefined) throw nameTaken(name)
  }
  const id = database.catalog.nextObjectId()
  const names = { table: table.name, column }
  const made =
    type === 'PK' || type === 'UQ'
      ? keyName(type, table.name, id)
      : constraintName(NAME_PREFIXES[type], names, id)
  return database.catalog.addObject(
    {
      objectId: id,
      name: name ?? made,
      schemaId,
      type,
      parentObjectId: objectId,
      isSystemNamed: name === undefined,
      isNotTrusted,
    },
    context.moment,
    context.log,
  )
}

const NAME_PREFIXES = { D: 'DF', C: 'CK', F: 'FK' } as const

function addDefault(
  table: DefinedTable,
  { definition, constraint, options }: Adding<'default'>,
): CatalogObject {
  const { context } = options
  const { catalog } = table.database
  const column = requireColumn(table, constraint.column ?? options.column ?? '')
  if (column.defaultObjectId !== 0) {
    throw new SqlError(1781, 'Column already has a DEFAULT bound to it.')
  }
  if (column.identity !== undefined) {
    throw new SqlError(
      1754,
      `Defaults cannot be created on columns with an IDENTITY attribute. Table '${table.name}', column '${column.name}'.`,
    )
  }
  if (column.type.name === 'timestamp') {
    throw new SqlError(
      1755,
      `Defaults cannot be created on columns of data type timestamp. Table '${table.name}', column '${column.name}'.`,
    )
  }
  requireBindableDefault(table, constraint.text, context)
  const object = addConstraintObject(table, definition, {
    type: 'D',
    context,
    column: column.name,
  })
  const { objectId, name, schemaId, isSystemNamed } = object
  catalog.defaultEntries.set(
    objectId,
    {
      objectId,
      name,
      schemaId,
      parentObjectId: table.objectId,
      columnId: column.columnId,
      text: catalogText(constraint.text),
      isDisabled: false,
      isNotTrusted: false,
      isSystemNamed,
    },
    context.log,
  )
  catalog.texts.set(objectId, catalogText(constraint.text), context.log)
  const columns = columnsOf(table).map((other) =>
    other === column ? { ...column, defaultObjectId: objectId } : other,
  )
  catalog.columnEntries.set(table.objectId, columns, context.log)
  return object
}

/** A default names no column. @throws SqlError 128 when it does */
function requireBindableDefault(table: DefinedTable, text: string, context: DefinitionContext) {
  try {
    rowValue(text, rowTable(table, []), { host: context.host })
  } catch (error) {
    if (!(error instanceof SqlError) || error.number !== 207) throw error
    const [, name = ''] = /'(.*)'/.exec(error.message) ?? []
    throw new SqlError(
      128,
      `The name "${name}" is not permitted in this context. Valid expressions are constants, constant expressions, and (in some contexts) variables. Column names are not permitted.`,
      { severity: 15 },
    )
  }
}

function addCheck(
  table: DefinedTable,
  { definition, constraint, options }: Adding<'check'>,
): CatalogObject {
  const { context, column = '', isNotTrusted = false } = options
  rowCondition(constraint.text, rowTable(table), context.host)
  const object = addConstraintObject(table, definition, {
    type: 'C',
    context,
    column,
    isNotTrusted,
  })
  const { objectId, name, schemaId, isSystemNamed } = object
  const { catalog } = table.database
  catalog.checkEntries.set(
    objectId,
    {
      objectId,
      name,
      schemaId,
      parentObjectId: table.objectId,
      columnId: findColumn(table, column)?.columnId ?? 0,
      text: catalogText(constraint.text),
      isDisabled: false,
      isNotTrusted,
      isSystemNamed,
    },
    context.log,
  )
  catalog.texts.set(objectId, catalogText(constraint.text), context.log)
  return object
}

function addKey(
  table: DefinedTable,
  { definition, constraint, options }: Adding<'primary-key' | 'unique'>,
): CatalogObject {
  const { context, column } = options
  const { catalog } = table.database
  const isPrimary = constraint.kind === 'primary-key'
  const indexes = catalog.indexes(table.objectId)
  if (isPrimary && indexes.some(({ isPrimaryKey }) => isPrimaryKey)) throw secondPrimaryKey(table)
  const written = constraint.columns
  const columns =
    written.length > 0 || column === undefined ? written : [{ name: column, descending: false }]
  if (isPrimary) {
    for (const { name } of columns) requireNotNull(table, name)
  }
  const hasClustered =
    options.isClusteredElsewhere === true || indexes.some(({ type }) => type === 'CLUSTERED')
  const object = addConstraintObject(table, definition, { type: isPrimary ? 'PK' : 'UQ', context })
  addIndex(
    table,
    {
      name: object.name,
      columns,
      include: [],
      kind: constraint.kind,
      isUnique: true,
      isClustered: constraint.clustered ?? (isPrimary && !hasClustered),
      ignoresDuplicates: constraint.ignoreDuplicateKeys,
    },
    context,
  )
  return object
}

function requireNotNull(table: DefinedTable, name: string): void {
  if (!requireColumn(table, name).isNullable) return
  throw new SqlError(
    8111,
    `Cannot define PRIMARY KEY constraint on nullable column in table '${table.name}'.`,
  )
}

function secondPrimaryKey(table: DefinedTable): SqlError {
  return new SqlError(
    8110,
    `Cannot add multiple PRIMARY KEY constraints to table '${qualifiedName(table)}'.`,
  )
}
