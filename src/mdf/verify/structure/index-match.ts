import { type IndexColumns, isIndexColumn } from '../../catalog/index-columns.ts'
import type { PhysicalColumn } from '../../catalog/storage-rows.ts'
import type { CellColumn } from '../../key/row-layout.ts'
import { MAX_LENGTH } from '../../sql-type.ts'
import type { MatchedColumn } from './row-hash.ts'
import type { RowsetTarget } from './rowset-target.ts'

const BINARY = 173
const RID_SIZE = 8

/** Which columns of a table an index repeats, column by column on both sides. */
export interface IndexMatch {
  readonly base: readonly MatchedColumn[]
  readonly index: readonly number[]
  /** The index column with the address of the heap's row. */
  readonly addressColumn: number | undefined
  /** Columns of the index that are not compared. */
  readonly leftOut: string | undefined
}

/** What an index repeats of its table; a text says why that cannot be told. */
export function matchIndex(
  base: RowsetTarget,
  index: RowsetTarget,
  indexColumns: IndexColumns,
): IndexMatch | string {
  const match: { base: MatchedColumn[]; index: number[] } = { base: [], index: [] }
  const found = new Set<number>()
  const rest: number[] = []
  let leftOut: string | undefined
  const stored = index.leaf.map((cell, position) => ({ cell, position }))
  stored.sort((left, right) => left.cell.physical.columnId - right.cell.physical.columnId)
  for (const { cell, position } of stored) {
    const columnId = indexColumns.get(cell.physical.columnId)
    if (columnId === undefined) {
      rest.push(position)
      continue
    }
    const baseColumn = base.leaf.findIndex(({ physical }) => isIndexColumn(physical, columnId))
    const baseCell = base.leaf[baseColumn]
    if (baseCell === undefined) leftOut = 'a computed column that the table does not store'
    else if (isLarge(baseCell) || isLarge(cell)) leftOut = 'large values that it includes'
    else if (!isSameType(baseCell, cell)) return 'its columns are not those of the table'
    else {
      match.base.push(baseColumn)
      match.index.push(position)
    }
    if (baseCell !== undefined) found.add(baseColumn)
  }
  const locator =
    base.rowset.indexId === 0
      ? addressLocator(index, rest)
      : keyLocator(base, index, { rest, found })
  if (typeof locator === 'string') return locator
  return {
    base: [...match.base, ...locator.base],
    index: [...match.index, ...locator.index],
    addressColumn: locator.addressColumn,
    leftOut,
  }
}

interface Locator {
  readonly base: readonly MatchedColumn[]
  readonly index: readonly number[]
  readonly addressColumn: number | undefined
}

function addressLocator(index: RowsetTarget, rest: readonly number[]): Locator | string {
  const [column] = rest
  const physical = column === undefined ? undefined : index.leaf[column]?.physical
  if (
    column === undefined ||
    rest.length !== 1 ||
    physical?.systemTypeId !== BINARY ||
    physical.length !== RID_SIZE
  ) {
    return 'it names the rows of its heap in an unknown way'
  }
  return { base: ['row address'], index: [column], addressColumn: column }
}

/** The columns of the clustered index's key that the index does not have as its own. */
function keyLocator(
  base: RowsetTarget,
  index: RowsetTarget,
  { rest, found }: { rest: readonly number[]; found: ReadonlySet<number> },
): Locator | string {
  const key = base.leaf
    .map((cell, position) => ({ cell, position }))
    .filter(({ cell, position }) => cell.physical.keyOrdinal > 0 && !found.has(position))
    .sort((left, right) => left.cell.physical.keyOrdinal - right.cell.physical.keyOrdinal)
  const isSame =
    key.length === rest.length &&
    key.every(({ cell }, at) => isSameType(cell, index.leaf[rest[at] ?? -1]))
  if (!isSame) return 'it names the rows of its table in an unknown way'
  return { base: key.map(({ position }) => position), index: rest, addressColumn: undefined }
}

function isSameType(left: CellColumn, right: CellColumn | undefined): boolean {
  if (right === undefined) return false
  const a: PhysicalColumn = left.physical
  const b = right.physical
  // A variable column may have been made longer, which changes no row and no index.
  const isSameLength = a.length === b.length || left.size === 0
  return a.systemTypeId === b.systemTypeId && isSameLength && a.scale === b.scale
}

function isLarge({ type }: CellColumn): boolean {
  return type === undefined || type.maxLength === MAX_LENGTH || LARGE_TYPES.includes(type.name)
}

const LARGE_TYPES: readonly string[] = ['text', 'ntext', 'image', 'xml', 'geometry', 'geography']
