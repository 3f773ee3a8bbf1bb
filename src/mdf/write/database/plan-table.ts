import { planRowset, type RowsetColumn, type RowsetPlan } from '../catalog/stored-rowset.ts'
import { indexStorage, UNIQUIFIER } from '../catalog/table-rowset.ts'
import type { DatabaseNames } from './database-names.ts'
import type { Compression, TableDefinition } from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'
import { type PlannedColumn, planColumns } from './plan-columns.ts'
import { type IndexDraft, indexDrafts } from './plan-indexes.ts'

/** A heap, or an index with the constraint it serves. */
export interface PlannedIndex extends Omit<IndexDraft, 'name' | 'isClustered'> {
  readonly indexId: number
  /** undefined for a heap. */
  readonly name: string | undefined
  readonly rowset: RowsetPlan
  /** For each stored column, where its values are; see `StoredSource`. */
  readonly sources: readonly StoredSource[]
}

/**
 * Of the rows' rowset: a place in the rows that are given, or 'uniquifier'. Of a nonclustered index: a
 * place in the records of the rows' rowset, or 'address'.
 */
export type StoredSource = number | 'uniquifier' | 'address'

export interface PlannedTable {
  readonly objectId: number
  readonly schemaId: number
  readonly schema: string
  readonly where: string
  readonly definition: TableDefinition
  readonly columns: readonly PlannedColumn[]
  /** The heap or clustered index. */
  readonly data: PlannedIndex
  readonly nonclustered: readonly PlannedIndex[]
  /** How many values a row has. */
  readonly rowWidth: number
}

/** @throws PlatformError INVALID_ARGUMENT for a table that SQL Server would not make */
export function planTable(names: DatabaseNames, definition: TableDefinition): PlannedTable {
  const { schema = 'dbo', name } = definition
  const where = `table ${schema}.${name}`
  const schemaId = names.schema(schema, where)
  names.claim(schema, name, where)
  const objectId = names.nextObjectId()
  const columns = planColumns(names, definition, where)
  assertCompression(definition, where)
  const drafts = indexDrafts({ names, table: definition, columns, where })
  const clustered = drafts.find(({ isClustered }) => isClustered)
  const filegroupId = clustered?.filegroupId ?? names.filegroup(definition.filegroup, where)
  const { compression = 'none', hasVersionTags = false } = definition
  const facts = { objectId, filegroupId, compression, hasVersionTags }
  const data = planData(names, { ...facts, columns, clustered })
  const rest = drafts.filter((draft) => !draft.isClustered)
  const nonclustered = rest.map((draft, index) =>
    planNonclustered(names, { objectId, draft, indexId: index + 2, data, hasVersionTags }),
  )
  const rowWidth = columns.filter(({ rowIndex }) => rowIndex !== undefined).length
  return { objectId, schemaId, schema, where, definition, columns, data, nonclustered, rowWidth }
}

/** Compressed records have no place for sparse columns and version tags. */
function assertCompression(definition: TableDefinition, where: string): void {
  const { compression = 'none', columns, hasVersionTags = false } = definition
  if (compression === 'none') return
  if (columns.some(({ isSparse }) => isSparse)) {
    throw invalidDefinition(where, 'a table with sparse columns cannot be compressed')
  }
  if (hasVersionTags) throw invalidDefinition(where, 'its compressed rows get no version tags')
}

interface DataToPlan {
  readonly objectId: number
  readonly compression: Compression
  readonly hasVersionTags: boolean
  readonly columns: readonly PlannedColumn[]
  readonly clustered: IndexDraft | undefined
  readonly filegroupId: number
}

/** Records of a clustered index begin with the key; the uniquifier comes behind it. */
function planData(
  names: DatabaseNames,
  { columns, clustered, ...facts }: DataToPlan,
): PlannedIndex {
  const key = clustered?.key ?? []
  const inKey = new Set(key.map(({ column }) => column))
  const rest = columns.filter((column) => column.isStored && !inKey.has(column))
  const needsUniquifier = clustered !== undefined && !clustered.isUnique
  const keyEntries = key.map(({ isDescending }, index) => ({ column: index, isDescending }))
  const stored = [
    ...key.map(({ column }) => rowsetColumn(column)),
    ...(needsUniquifier ? [UNIQUIFIER] : []),
    ...rest.map(rowsetColumn),
  ]
  const sources: StoredSource[] = [
    ...key.map(({ column }) => column.rowIndex ?? 0),
    ...(needsUniquifier ? ['uniquifier' as const] : []),
    ...rest.flatMap(({ rowIndex }) => rowIndex ?? []),
  ]
  if (needsUniquifier) keyEntries.push({ column: key.length, isDescending: false })
  const rowset = planRowset(
    {
      ...facts,
      rowsetId: names.nextRowsetId(),
      indexId: clustered === undefined ? 0 : 1,
      columns: stored,
      key: keyEntries,
      isUnique: clustered?.isUnique ?? false,
      indexRecordsHaveNullBitmap: true,
      fillFactor: clustered?.fillFactor ?? 0,
      isSystem: false,
    },
    (type) => names.nextUnitId(type),
  )
  if (clustered === undefined) return { ...HEAP, ...facts, indexId: 0, rowset, sources }
  return { ...clustered, ...facts, indexId: 1, rowset, sources }
}

const HEAP = {
  name: undefined,
  isUnique: false,
  constraint: undefined,
  key: [],
  included: [],
  filter: undefined,
  fillFactor: 0,
}

function rowsetColumn({ columnId, declared, isNullable, definition }: PlannedColumn): RowsetColumn {
  const { name, isSparse = false, isDropped = false, addedLater } = definition
  return {
    stored: { columnId, name, type: declared.type, isNullable, isSparse },
    declared,
    rowsetColumnId: columnId,
    isDropped,
    isAddedLater: addedLater !== undefined,
  }
}

interface NonclusteredToPlan {
  readonly objectId: number
  readonly draft: IndexDraft
  readonly indexId: number
  readonly data: PlannedIndex
  readonly hasVersionTags: boolean
}

function planNonclustered(
  names: DatabaseNames,
  { objectId, draft, indexId, data, hasVersionTags }: NonclusteredToPlan,
): PlannedIndex {
  const placeOf = (column: PlannedColumn) => data.sources.indexOf(column.rowIndex ?? -1)
  const { columns, key, sources } = indexStorage(
    { columns: data.rowset.columns, key: data.rowset.definition.key, isHeap: data.indexId === 0 },
    {
      key: draft.key.map(({ column, isDescending }) => ({ column: placeOf(column), isDescending })),
      included: draft.included.map(placeOf),
      isUnique: draft.isUnique,
    },
  )
  const rowset = planRowset(
    {
      rowsetId: names.nextRowsetId(),
      objectId,
      indexId,
      filegroupId: draft.filegroupId,
      columns,
      key,
      isUnique: draft.isUnique,
      indexRecordsHaveNullBitmap: true,
      fillFactor: draft.fillFactor,
      compression: draft.compression,
      hasVersionTags: hasVersionTags && draft.compression === 'none',
      isSystem: false,
    },
    (type) => names.nextUnitId(type),
  )
  return { ...draft, indexId, rowset, sources }
}
