import type { SqlValue } from '../../sql-type.ts'
import type { RowToWrite, WrittenRowset } from '../rowset-definition.ts'
import { rowAddressBytes, type StorageWriter } from '../storage/index.ts'
import type { BaseIndex, BaseTable } from './base-tables.ts'
import { IndexRowOrder } from './index-row-order.ts'
import { PRIMARY_FILEGROUP } from './initial-rows.ts'
import { planRowset, type RowsetColumn, type RowsetPlan } from './stored-rowset.ts'
import type { SystemRows } from './system-rows.ts'
import { indexStorage } from './table-rowset.ts'

/** A rowset of a base table, and where the values of its columns are in the table's rows. */
export interface BaseRowset {
  readonly table: BaseTable
  readonly plan: RowsetPlan
  readonly sources: readonly (number | 'address')[]
}

/** These have no index number in their ids (format reference 4.2). */
const PLAIN_IDS: readonly number[] = [3, 5, 7, 8]
/** Stands for the index in the ids of allocation units for large values. */
const LARGE_VALUES = 255n

/** Rowsets of a base table: its heap or clustered index first. */
export function planBaseTable(table: BaseTable): BaseRowset[] {
  const clustered = table.indexes.find(({ indexId }) => indexId === 1)
  const columns = table.columns.map(
    ({ columnId, name, declared, isNullable }): RowsetColumn => ({
      stored: { columnId, name, type: declared.type, isNullable },
      declared,
      rowsetColumnId: columnId,
    }),
  )
  const key = (clustered?.key ?? []).map(ascending)
  const data: BaseRowset = {
    table,
    plan: planStorage(table, clustered, columns, key),
    sources: columns.map((_, index) => index),
  }
  const storage = { columns, key, isHeap: clustered === undefined }
  const others = table.indexes.filter((index) => index !== clustered)
  return [data, ...others.map((index) => planBaseIndex(table, index, storage))]
}

function planBaseIndex(
  table: BaseTable,
  index: BaseIndex,
  storage: Parameters<typeof indexStorage>[0],
): BaseRowset {
  const parts = { ...index, key: index.key.map(ascending) }
  const { columns, key, sources } = indexStorage(storage, parts)
  return { table, plan: planStorage(table, index, columns, key), sources }
}

function planStorage(
  { objectId }: BaseTable,
  index: BaseIndex | undefined,
  columns: readonly RowsetColumn[],
  key: readonly { readonly column: number; readonly isDescending: boolean }[],
): RowsetPlan {
  const indexId = index?.indexId ?? 0
  const rowsetId = baseStorageId(objectId, indexId)
  const facts = { rowsetId, objectId, indexId, filegroupId: PRIMARY_FILEGROUP, fillFactor: 0 }
  return planRowset(
    { ...facts, columns, key, isUnique: index?.isUnique ?? false, isSystem: true },
    (type) => (type === 1 ? rowsetId : (LARGE_VALUES << 48n) | BigInt(objectId << 16)),
  )
}

function baseStorageId(objectId: number, indexId: number): bigint {
  const part = BigInt(objectId << 16)
  const hasPlainId = indexId <= 1 && PLAIN_IDS.includes(objectId)
  return hasPlainId ? part : (BigInt(indexId) << 48n) | part
}

function ascending(column: number) {
  return { column, isDescending: false }
}

/** Writes the rowsets of one base table; their order is that of `rowsets`. */
export function writeBaseTable(
  writer: StorageWriter,
  rowsets: readonly BaseRowset[],
  rows: SystemRows,
): WrittenRowset[] {
  const addresses: Uint8Array[] = []
  const [data] = rowsets
  if (data === undefined) return []
  const isHeap = data.plan.definition.indexId === 0
  const tableRows = rows.rowsOf(data.table.name)
  return rowsets.map((rowset) => {
    const values = indexRows(rowset, tableRows, addresses)
    const keep = isHeap && rowset === data
    return writer.writeRowset(rowset.plan.definition, values, (_, address) => {
      if (keep) addresses.push(rowAddressBytes(address))
    })
  })
}

function indexRows(
  { plan, sources }: BaseRowset,
  rows: readonly (readonly SqlValue[])[],
  addresses: readonly Uint8Array[],
): RowToWrite[] {
  const { key } = plan.definition
  const values = rows.map((row, at) =>
    sources.map((source) =>
      source === 'address' ? (addresses[at] ?? null) : (row[source] ?? null),
    ),
  )
  const order = new IndexRowOrder(
    key.map(({ column, isDescending }) => ({
      place: column,
      type: plan.columns[column]?.declared.type,
      isDescending,
    })),
  )
  if (key.length > 0) values.sort((left, right) => order.compare(left, right))
  return values.map((row) => ({ values: row }))
}
