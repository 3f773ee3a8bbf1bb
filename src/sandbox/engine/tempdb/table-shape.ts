import type { CatalogColumn, CatalogIndex, SqlValue } from '../../../mdf/index.ts'
import { type ExecutionHost, rowCondition } from '../../tsql/index.ts'
import type { MemoryDatabase } from './memory-database.ts'
import type { TableIndex, TableShape } from './memory-table.ts'
import { sourceColumn } from './table-source.ts'

const DBO = { schemaId: 1 } as const

/**
 * What the catalog says of a table, as its rows need it.
 * @throws SqlError when the filter of an index can't be bound
 */
export function tableShape(
  database: MemoryDatabase,
  objectId: number,
  host: ExecutionHost,
): TableShape {
  const { catalog } = database
  const columns = catalog.columns(objectId)
  const object = catalog.objectById(objectId)
  const identityColumn = columns.find(({ identity }) => identity !== undefined)
  const { identity, type } = identityColumn ?? {}
  const indexes = catalog.indexes(objectId).filter(({ indexId }) => indexId > 0)
  return {
    // Looked up when it is told: sp_rename does not build the rows anew.
    get name() {
      return `${catalog.schemaName(object ?? DBO)}.${catalog.displayName(objectId)}`
    },
    columnTypes: columns.map((column) => column.type),
    indexes: indexes.map((index) => tableIndex(index, columns, { database, host })),
    ...(identity === undefined || type === undefined
      ? {}
      : { identity: { seed: identity.seed, increment: identity.increment, type } }),
  }
}

function tableIndex(
  index: CatalogIndex,
  columns: readonly CatalogColumn[],
  { database, host }: { readonly database: MemoryDatabase; readonly host: ExecutionHost },
): TableIndex {
  const { catalog } = database
  const filter = catalog.filterText(index.objectId, index.indexId)
  const object = catalog.objectById(index.objectId)
  const keys = index.columns.flatMap(({ columnId, isDescending, isIncluded }) => {
    const ordinal = columns.findIndex((column) => column.columnId === columnId)
    const type = columns[ordinal]?.type
    return isIncluded || type === undefined ? [] : [{ ordinal, descending: isDescending, type }]
  })
  const shape: TableIndex = {
    indexId: index.indexId,
    get name() {
      const indexes = catalog.indexes(index.objectId)
      return indexes.find(({ indexId }) => indexId === index.indexId)?.name ?? index.name
    },
    kind: index.isPrimaryKey ? 'primary-key' : index.isUniqueConstraint ? 'unique' : 'index',
    isUnique: index.isUnique,
    isClustered: index.type === 'CLUSTERED',
    ignoresDuplicates: index.ignoresDuplicateKeys,
    keys,
  }
  if (filter === undefined || object === undefined) return shape
  const condition = rowCondition(
    filter,
    {
      database: database.name,
      schema: catalog.schemaName(object),
      name: catalog.displayName(object.objectId),
      columns: columns.map((column) => sourceColumn(column, database)),
    },
    host,
  )
  return Object.assign(shape, {
    accepts: (values: readonly SqlValue[]) => condition(values) === true,
  })
}
