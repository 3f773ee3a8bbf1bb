import type { CatalogIndex } from '../catalog/catalog-entries.ts'
import type { StorageCatalog } from '../catalog/storage-catalog.ts'
import { ALLOCATION_UNIT_TYPES, type PhysicalColumn, type Rowset } from '../catalog/storage-rows.ts'
import type { FileExtents } from '../page/allocation.ts'
import { IndexTree } from './index-tree.ts'

const BINARY = 173
const ROW_ADDRESS_SIZE = 8

/** An index by which rows can be found. */
export interface SearchableIndex {
  readonly indexId: number
  readonly isUnique: boolean
  /** Key columns of the table in key order. */
  readonly keys: readonly { readonly columnId: number; readonly isDescending: boolean }[]
  /** Rows are in order within each partition only. */
  readonly partitionCount: number
  /** Whether its own records have the column of the table. */
  covers(columnId: number): boolean
}

export interface TableIndex extends SearchableIndex {
  /** One a partition, in their order. */
  readonly trees: readonly IndexTree[]
  /** How its records lead to the rows; undefined for a clustered index, whose leaves are the rows. */
  readonly locator: RowLocator | undefined
  /** Where its own records keep columns of the table, by column id; of a nonclustered index. */
  readonly covered: ReadonlyMap<number, number>
}

/** The address of a heap's row, or the key of the clustered index: by the columns of the index's rowset. */
export type RowLocator =
  | { readonly kind: 'address'; readonly column: number }
  | { readonly kind: 'key'; readonly columns: readonly number[]; readonly index: TableIndex }

/** The indexes of a table that can be searched: not disabled, filtered or compressed ones, and so on. */
export function openIndexes(
  files: FileExtents,
  storage: StorageCatalog,
  indexes: readonly CatalogIndex[],
): TableIndex[] {
  const open: TableIndex[] = []
  // Through the clustered index others find their rows.
  const ordered = indexes.toSorted((left, right) => left.indexId - right.indexId)
  for (const index of ordered) {
    const opened = openIndex(files, { storage, index, clustered: open[0] })
    if (opened !== undefined) open.push(opened)
    else if (index.type === 'CLUSTERED') return []
  }
  return open
}

interface IndexParts {
  readonly storage: StorageCatalog
  readonly index: CatalogIndex
  /** The clustered index, or any other one of a heap. */
  readonly clustered: TableIndex | undefined
}

function openIndex(files: FileExtents, parts: IndexParts): TableIndex | undefined {
  const { storage, index } = parts
  const isClustered = index.type === 'CLUSTERED'
  if (!isClustered && index.type !== 'NONCLUSTERED') return undefined
  if (index.isDisabled || index.isHypothetical || index.hasFilter) return undefined
  const rowsets = rowsetsOf(storage, index)
  const [first] = rowsets
  if (first === undefined || rowsets.some(({ compression }) => compression !== 0)) return undefined
  const trees = rowsets.map((rowset) => openTree(files, storage, rowset))
  const columns = storage.columnsOf(first.rowsetId)
  const known = {
    indexId: index.indexId,
    isUnique: index.isUnique,
    keys: index.columns
      .filter(({ keyOrdinal }) => keyOrdinal > 0)
      .map(({ columnId, isDescending }) => ({ columnId, isDescending })),
    partitionCount: trees.length,
    trees,
  }
  if (known.keys.length === 0) return undefined
  if (isClustered) {
    return { ...known, locator: undefined, covered: new Map(), covers: () => true }
  }
  const covered = coveredColumns(parts, columns)
  const locator = locatorOf(parts, covered, columns)
  if (locator === undefined) return undefined
  return { ...known, locator, covered, covers: (columnId) => covered.has(columnId) }
}

function rowsetsOf(storage: StorageCatalog, { objectId, indexId }: CatalogIndex): Rowset[] {
  return storage
    .rowsetsOf(objectId)
    .filter((rowset) => rowset.indexId === indexId)
    .sort((left, right) => left.partitionNumber - right.partitionNumber)
}

function openTree(files: FileExtents, storage: StorageCatalog, rowset: Rowset): IndexTree {
  const unit = storage
    .unitsOf(rowset.rowsetId)
    .find(({ type }) => type === ALLOCATION_UNIT_TYPES.inRow)
  const columns = storage.columnsOf(rowset.rowsetId)
  if (rowset.indexId > 1) return new IndexTree(files, unit, { form: 'index', columns })
  // The other columns of a row are decoded by the table's own row decoder.
  const keys = columns.filter(({ keyOrdinal }) => keyOrdinal > 0)
  return new IndexTree(files, unit, { form: 'data', columns: keys })
}

function coveredColumns(
  { storage, index: { objectId, indexId } }: IndexParts,
  columns: readonly PhysicalColumn[],
): ReadonlyMap<number, number> {
  const named = storage.indexColumnsOf(objectId, indexId)
  const covered = new Map<number, number>()
  for (const [place, { columnId }] of columns.entries()) {
    const tableColumn = named.get(columnId)
    if (tableColumn !== undefined) covered.set(tableColumn, place)
  }
  return covered
}

/** What is left of an index's columns is what names the row (format reference 2.5). */
function locatorOf(
  { storage, index, clustered }: IndexParts,
  covered: ReadonlyMap<number, number>,
  columns: readonly PhysicalColumn[],
): RowLocator | undefined {
  const [rowset, ...others] = storage.dataRowsetsOf(index.objectId)
  if (rowset === undefined || others.length > 0 || rowset.compression !== 0) return undefined
  const own = new Set(covered.values())
  const rest = [...columns.keys()]
    .filter((place) => !own.has(place))
    .sort((a, b) => (columns[a]?.columnId ?? 0) - (columns[b]?.columnId ?? 0))
  if (rowset.indexId === 0) return addressLocator(columns, rest)
  return clustered && keyLocator(clustered, columns, { covered, rest })
}

function addressLocator(
  columns: readonly PhysicalColumn[],
  rest: readonly number[],
): RowLocator | undefined {
  const [column] = rest
  const physical = column === undefined ? undefined : columns[column]
  const isAddress = physical?.systemTypeId === BINARY && physical.length === ROW_ADDRESS_SIZE
  return column === undefined || rest.length !== 1 || !isAddress
    ? undefined
    : { kind: 'address', column }
}

/** Key columns of the clustered index that the index has as its own, then the others in their order. */
function keyLocator(
  clustered: TableIndex,
  columns: readonly PhysicalColumn[],
  { covered, rest }: { covered: ReadonlyMap<number, number>; rest: readonly number[] },
): RowLocator | undefined {
  const [tree, ...others] = clustered.trees
  if (tree === undefined || others.length > 0) return undefined
  const waiting = [...rest]
  const places: number[] = []
  const keys = tree.columns
    .map(({ physical }) => physical)
    .toSorted((left, right) => left.keyOrdinal - right.keyOrdinal)
  for (const key of keys) {
    const place = covered.get(key.columnId) ?? waiting.shift()
    const stored = place === undefined ? undefined : columns[place]
    if (place === undefined || stored?.systemTypeId !== key.systemTypeId) return undefined
    places.push(place)
  }
  return waiting.length > 0 ? undefined : { kind: 'key', columns: places, index: clustered }
}
