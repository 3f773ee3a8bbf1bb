import type { CatalogIndex, CatalogStatistics } from '../catalog/catalog-entries.ts'
import { keyColumns, onClause, withClause } from './index-options.ts'
import { quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

/** CREATE INDEX for the indexes of a table or view that are no constraint, then its own statistics. */
export function* indexes(context: ScriptContext, objectId: number): Generator<string> {
  for (const index of context.catalog.indexes(objectId)) {
    if (index.type === 'HEAP' || index.isHypothetical) continue
    if (index.isPrimaryKey || index.isUniqueConstraint) continue
    if (isOfGraph(context, index)) continue
    const statement = createIndex(context, index)
    if (statement === undefined) noteIndex(context, index)
    else yield statement
  }
  for (const statistics of context.catalog.statistics(objectId)) {
    if (!statistics.isAutoCreated) yield* createStatistics(context, statistics)
  }
}

/** An index on columns of a graph alone: every node and edge table comes with one. */
function isOfGraph(context: ScriptContext, { objectId, columns }: CatalogIndex): boolean {
  const ofGraph = columns.filter(({ columnId }) => {
    const column = context.column(objectId, columnId)
    return column !== undefined && context.isOfGraph(column)
  })
  return columns.length > 0 && ofGraph.length === columns.length
}

/** ALTER INDEX … DISABLE for every index of a table or view that is disabled. */
export function* disabledIndexes(context: ScriptContext, objectId: number): Generator<string> {
  for (const index of context.catalog.indexes(objectId)) {
    if (!index.isDisabled || index.type === 'HEAP' || index.isHypothetical) continue
    if (context.isSystemNamed(index)) {
      context.note(`that ${quoteName(index.name)} on ${context.objectName(objectId)} is disabled`)
    } else {
      yield `ALTER INDEX ${quoteName(index.name)} ON ${context.objectName(objectId)} DISABLE`
    }
  }
}

function createIndex(context: ScriptContext, index: CatalogIndex): string | undefined {
  const target = `${quoteName(index.name)} ON ${context.objectName(index.objectId)}`
  const options = `${withClause(context, index)}${onClause(context, index)}`
  switch (index.type) {
    case 'CLUSTERED COLUMNSTORE':
      return `CREATE CLUSTERED COLUMNSTORE INDEX ${target}${options}`
    case 'NONCLUSTERED COLUMNSTORE': {
      const columns = allColumns(context, index)
      return `CREATE NONCLUSTERED COLUMNSTORE INDEX ${target} (${columns})${whereClause(context, index)}${options}`
    }
    case 'XML':
      return xmlIndex(context, index)
    case 'SPATIAL':
    case 'HEAP':
      return undefined
    default:
      return rowstoreIndex(context, index, options)
  }
}

function rowstoreIndex(context: ScriptContext, index: CatalogIndex, options: string): string {
  const unique = index.isUnique ? 'UNIQUE ' : ''
  const kind = index.type === 'CLUSTERED' ? 'CLUSTERED' : 'NONCLUSTERED'
  const included = index.columns
    .filter(({ isIncluded }) => isIncluded)
    .map(({ columnId }) => context.columnName(index.objectId, columnId))
  const include = included.length === 0 ? '' : ` INCLUDE (${included.join(', ')})`
  return `CREATE ${unique}${kind} INDEX ${quoteName(index.name)} ON ${context.objectName(index.objectId)} ${keyColumns(context, index)}${include}${whereClause(context, index)}${options}`
}

/** Which paths, values or properties a secondary XML index is for is not known. */
function xmlIndex(context: ScriptContext, index: CatalogIndex): string | undefined {
  const [column] = index.columns
  const xmlIndexes = context.catalog.indexes(index.objectId).filter(({ type, columns }) => {
    return type === 'XML' && columns[0]?.columnId === column?.columnId
  })
  const isPrimary = xmlIndexes.every(({ indexId }) => indexId >= index.indexId)
  if (column === undefined || !isPrimary) return undefined
  return `CREATE PRIMARY XML INDEX ${quoteName(index.name)} ON ${context.objectName(index.objectId)} (${context.columnName(index.objectId, column.columnId)})`
}

function whereClause(context: ScriptContext, index: CatalogIndex): string {
  if (!index.hasFilter) return ''
  const filter = context.catalog.filterText(index.objectId, index.indexId)
  if (filter !== undefined) return ` WHERE ${filter}`
  context.note(`the filter of ${quoteName(index.name)} on ${context.objectName(index.objectId)}`)
  return ''
}

function allColumns(context: ScriptContext, { objectId, columns }: CatalogIndex): string {
  return columns.map(({ columnId }) => context.columnName(objectId, columnId)).join(', ')
}

function noteIndex(context: ScriptContext, { objectId, name, type }: CatalogIndex): void {
  context.note(`the ${type} index ${quoteName(name)} on ${context.objectName(objectId)}`)
}

function* createStatistics(
  context: ScriptContext,
  statistics: CatalogStatistics,
): Generator<string> {
  const { objectId, name, columnIds, isNoRecompute, hasFilter } = statistics
  const filter = context.catalog.filterText(objectId, statistics.statisticsId)
  if (columnIds.length === 0 || (hasFilter && filter === undefined)) {
    context.note(`the statistics ${quoteName(name)} on ${context.objectName(objectId)}`)
    return
  }
  const columns = columnIds.map((columnId) => context.columnName(objectId, columnId)).join(', ')
  const where = hasFilter ? ` WHERE ${filter}` : ''
  const options = isNoRecompute ? ' WITH NORECOMPUTE' : ''
  yield `CREATE STATISTICS ${quoteName(name)} ON ${context.objectName(objectId)} (${columns})${where}${options}`
}
