import { PlatformError } from '../../../base/index.ts'
import type { CatalogColumn } from '../../catalog/catalog-entries.ts'
import {
  ALLOCATION_UNIT_TYPES,
  type AllocationUnit,
  type Rowset,
} from '../../catalog/storage-rows.ts'
import { KeyOrder } from '../../key/key-order.ts'
import { type CellColumn, rowLayout } from '../../key/row-layout.ts'
import type { RecordForm } from '../../page/record-frame.ts'
import type { SqlValue } from '../../sql-type.ts'
import { encodeValue } from '../../write/value/value-encoder.ts'
import type { ProblemObject } from '../problem.ts'
import type { VerifyContext } from '../verify-context.ts'
import type { CatalogView } from './catalog-view.ts'

/** A heap, a clustered or a nonclustered index: one partition of it. */
export interface RowsetTarget {
  readonly rowset: Rowset
  readonly object: ProblemObject
  /** The pages of its rows; undefined when it has none. */
  readonly unit: AllocationUnit | undefined
  /** Its pages of large values and row overflow. */
  readonly largeUnits: readonly AllocationUnit[]
  /** How the records of its rows are kept. */
  readonly form: RecordForm
  readonly leaf: readonly CellColumn[]
  readonly internal: readonly CellColumn[]
  readonly order: KeyOrder
  /** What a row that is older than a column has for it; undefined when that is not known. */
  valueWhenAbsent(column: CellColumn): Buffer | null | undefined
  columnName(column: CellColumn): string
  /** Whether the values are files of their own, outside the database's. */
  isFilestream(column: CellColumn): boolean
}

export function rowsetTarget(
  context: VerifyContext,
  rowset: Rowset,
  catalog: CatalogView,
): RowsetTarget {
  const { storage } = context
  const units = storage.unitsOf(rowset.rowsetId)
  const physical = storage.columnsOf(rowset.rowsetId)
  const leaf = rowLayout(physical, 'leaf')
  const columns = new Map(
    catalog.columns(rowset.objectId).map((column) => [column.columnId, column]),
  )
  return {
    rowset,
    object: catalog.nameOf(rowset),
    unit: units.find(({ type }) => type === ALLOCATION_UNIT_TYPES.inRow),
    largeUnits: units.filter(({ type }) => type !== ALLOCATION_UNIT_TYPES.inRow),
    form: rowset.indexId > 1 ? 'index' : 'data',
    leaf,
    internal: rowLayout(physical, 'internal'),
    order: new KeyOrder(leaf),
    valueWhenAbsent: (column) =>
      absentValue(context, column, columns.get(column.physical.columnId)),
    isFilestream: ({ physical }) => columns.get(physical.columnId)?.isFilestream === true,
    columnName: ({ physical: { columnId, isDropped, isUniquifier } }) => {
      if (isDropped) return 'a dropped column'
      if (isUniquifier) return 'the uniquifier'
      const name = rowset.indexId > 1 ? undefined : columns.get(columnId)?.name
      return name === undefined ? `column ${columnId}` : `column ${name}`
    },
  }
}

function absentValue(
  { storage }: VerifyContext,
  { physical, type }: CellColumn,
  column: CatalogColumn | undefined,
): Buffer | null | undefined {
  if (column === undefined || type === undefined) return undefined
  try {
    const value: SqlValue = storage.valueWhenAbsent(physical, column)
    return value === null ? null : encodeValue(type, value)
  } catch (error) {
    if (error instanceof PlatformError) return undefined
    throw error
  }
}
