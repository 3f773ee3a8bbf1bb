import { type CatalogObject, type DatabaseReader, PAGE_SIZE, typeText } from '../../mdf/index.ts'
import { COMPRESSIONS } from './space.ts'

/** A table or indexed view. Sizes are bytes. */
export interface TableSummary {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'indexed view'
  /** As the database counts; may be slightly wrong. */
  readonly rows: number
  readonly reservedBytes: number
  /** Rows of the heap or clustered index. */
  readonly dataBytes: number
  /** Everything else that is used: other indexes, upper index pages, allocation maps. */
  readonly indexBytes: number
  /** Large values and row overflow. */
  readonly lobBytes: number
  /** Nonclustered ones, and the clustered one. */
  readonly indexes: number
  readonly isHeap: boolean
  /** NONE, ROW, PAGE, …; several where partitions or indexes differ. */
  readonly compression: string
  readonly columns: readonly ColumnSummary[]
}

export interface ColumnSummary {
  readonly name: string
  readonly type: string
  readonly isNullable: boolean
  /** False for a computed column whose value is not stored. */
  readonly isStored: boolean
}

const IN_ROW = 1

/** Tables and indexed views by schema and name. */
export function tableSummaries(reader: DatabaseReader): TableSummary[] {
  const { catalog } = reader
  const schemas = new Map(catalog.schemas.map(({ schemaId, name }) => [schemaId, name]))
  return catalog.objects
    .filter((object) => isTable(reader, object))
    .map((object) => summarize(reader, object, schemas.get(object.schemaId) ?? ''))
    .sort((left, right) => compare(left.schema, right.schema) || compare(left.name, right.name))
}

/** A user table, or a view that keeps its rows. */
export function isTable({ catalog }: DatabaseReader, { objectId, type }: CatalogObject): boolean {
  return type === 'U' || (type === 'V' && catalog.partitions(objectId).length > 0)
}

function summarize(reader: DatabaseReader, object: CatalogObject, schema: string): TableSummary {
  const { catalog } = reader
  const { objectId, name, type } = object
  const indexes = catalog.indexes(objectId)
  const stored = new Set(reader.storedColumnIds(objectId))
  return {
    schema,
    name,
    kind: type === 'U' ? 'table' : 'indexed view',
    rows: catalog.rowCount(objectId),
    ...sizesOf(reader, objectId),
    indexes: indexes.filter(({ indexId, isHypothetical }) => indexId > 0 && !isHypothetical).length,
    isHeap: indexes.some(({ indexId }) => indexId === 0),
    columns: catalog.columns(objectId).map((column) => ({
      name: column.name,
      type: typeText(column.type),
      isNullable: column.isNullable,
      isStored: stored.has(column.columnId),
    })),
  }
}

type Sizes = Pick<
  TableSummary,
  'reservedBytes' | 'dataBytes' | 'indexBytes' | 'lobBytes' | 'compression'
>

function sizesOf({ catalog }: DatabaseReader, objectId: number): Sizes {
  const pages = { reserved: 0, used: 0, data: 0, lob: 0 }
  const compressions = new Set<string>()
  for (const { rowsetId, indexId, compression } of catalog.partitions(objectId)) {
    compressions.add(COMPRESSIONS[compression] ?? `compression ${compression}`)
    for (const unit of catalog.allocationUnits(rowsetId)) {
      pages.reserved += unit.reservedPages
      pages.used += unit.usedPages
      if (indexId > 1) continue
      if (unit.type === IN_ROW) pages.data += unit.dataPages
      else pages.lob += unit.usedPages
    }
  }
  return {
    reservedBytes: pages.reserved * PAGE_SIZE,
    dataBytes: pages.data * PAGE_SIZE,
    indexBytes: Math.max(0, pages.used - pages.data - pages.lob) * PAGE_SIZE,
    lobBytes: pages.lob * PAGE_SIZE,
    compression: [...compressions].join(', ') || 'NONE',
  }
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
