import { SqlError } from '../../sql-error.ts'
import type {
  ColumnDefinition,
  ConstraintDefinition,
  CreateTableStatement,
  TableElement,
} from '../../tsql/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import { isLocalTemporary, paddedName } from '../tempdb/temporary-objects.ts'
import { addColumn } from './add-column.ts'
import { addConstraint } from './add-constraint.ts'
import { addHeap, addIndex } from './add-index.ts'
import { buildRows } from './build-rows.ts'
import { type DefinitionContext, type Place, placeOf, requireFree } from './definition-context.ts'
import type { DefinedTable } from './table-under-construction.ts'

/** @throws SqlError 2714 and the errors of columns, constraints and indexes */
export function createTable({ name, elements }: CreateTableStatement, context: DefinitionContext) {
  const place = placeOf(name, context)
  requireFree(place, context)
  const table = addTableObject(place, 'U', context)
  defineElements(table, elements, context)
  buildRows(table, context)
}

/** The object of a table, or of a table type, without anything in it. */
export function addTableObject(
  { database, schema, name }: Place,
  type: 'U' | 'TT',
  context: DefinitionContext,
): DefinedTable {
  const { catalog } = database
  const { schemaId } = schema
  const stored = isLocalTemporary(name) ? paddedName(name) : name
  const entry = { name: stored, schemaId, type }
  const { objectId } = catalog.addObject(entry, context.moment, context.log)
  if (name.startsWith('#')) {
    catalog.temporaryNames.set(objectId, name, context.log)
    context.temporary.add(name, objectId, context.log)
  }
  return { database, objectId, schemaId, name }
}

/** Columns first, then the constraints and indexes on them. */
export function defineElements(
  table: DefinedTable,
  elements: readonly TableElement[],
  context: DefinitionContext,
): void {
  const columns = elements.filter((element) => element.kind === 'column')
  const keys = primaryKeyColumns(elements, table)
  addHeap(table, context)
  for (const column of columns) {
    const key = nameKey(column.name, table.database.settings.collationId)
    addColumn(table, column, { context, inPrimaryKey: keys.has(key) })
  }
  if (!columns.some(({ computed }) => computed === undefined)) throw noColumns(table)
  addConstraintsAndIndexes(table, elements, context)
}

export function addConstraintsAndIndexes(
  table: DefinedTable,
  elements: readonly TableElement[],
  context: DefinitionContext,
): void {
  const isClusteredElsewhere = elements.some(isClustered)
  const options = { context, isClusteredElsewhere }
  for (const { constraints, name: column } of elements.filter(isColumn)) {
    for (const constraint of constraints) addConstraint(table, constraint, { ...options, column })
  }
  for (const element of elements) {
    if (element.kind === 'constraint') addConstraint(table, element, options)
    if (element.kind !== 'index') continue
    const { unique: isUnique, clustered, ignoreDuplicateKeys: ignoresDuplicates } = element
    const rest = { kind: 'index', isUnique, isClustered: clustered, ignoresDuplicates } as const
    addIndex(table, { ...element, ...rest }, context)
  }
}

function isColumn(element: TableElement): element is ColumnDefinition {
  return element.kind === 'column'
}

function isClustered(element: TableElement): boolean {
  if (element.kind === 'index') return element.clustered
  const constraints = element.kind === 'column' ? element.constraints : [element]
  return constraints.some(({ constraint }) => 'clustered' in constraint && constraint.clustered)
}

/** Keys of the names of columns that a PRIMARY KEY among the elements names. */
function primaryKeyColumns(
  elements: readonly TableElement[],
  { database }: DefinedTable,
): ReadonlySet<string> {
  const names = elements.flatMap((element) => {
    if (element.kind === 'constraint') return keyColumns(element)
    if (element.kind !== 'column') return []
    return element.constraints.some(({ constraint }) => constraint.kind === 'primary-key')
      ? [element.name]
      : []
  })
  return new Set(names.map((name) => nameKey(name, database.settings.collationId)))
}

function keyColumns({ constraint }: ConstraintDefinition): readonly string[] {
  return constraint.kind === 'primary-key' ? constraint.columns.map(({ name }) => name) : []
}

function noColumns({ name }: DefinedTable): SqlError {
  return new SqlError(
    1730,
    `Creating or altering table '${name}' failed because it has no columns that hold data.`,
  )
}
