import { groupBy } from '../../../../src/mdf/catalog/group-by.ts'
import { StorageCatalog } from '../../../../src/mdf/catalog/storage-catalog.ts'
import { SYSTEM_TABLES } from '../../../../src/mdf/catalog/storage-rows.ts'
import { DatabaseReader, PageFile } from '../../../../src/mdf/index.ts'
import type { SystemRow } from '../../../../src/mdf/table/system-row.ts'
import { sqlTypeOf } from '../../../../src/mdf/value/system-type.ts'
import type { StoredColumn } from '../../../../src/mdf/write/rowset-definition.ts'
import type { RowsetShape } from '../../../../src/mdf/write/storage/index.ts'

const STATUS = { isDropped: 0x2, isDescending: 0x8, isUniquifier: 0x10, isNotNull: 0x80 }
const HAS_INDEX_NULL_BITMAP = 0x40

/** A rowset that SQL Server laid out, and the rows of sysrowsets and sysrscols that say how. */
export interface StoredRowset {
  readonly rowsetId: bigint
  readonly objectId: number
  readonly indexId: number
  readonly status: number
  readonly compression: number
  readonly rowsetRow: SystemRow
  readonly columnRows: readonly SystemRow[]
  readonly hasDroppedColumn: boolean
  readonly shape: RowsetShape
}

/** Every rowset of a database of SQL Server 2008 or later, system tables included. */
export function storedRowsets(path: string): {
  readonly reader: DatabaseReader
  readonly storage: StorageCatalog
  readonly rowsets: readonly StoredRowset[]
} {
  const reader = DatabaseReader.open([PageFile.open(path)])
  const storage = new StorageCatalog(reader, reader.bootPage)
  const columns = groupBy([...storage.systemRows(SYSTEM_TABLES.sysrscols)], (row) => row.int64(4))
  const rowsets = Array.from(storage.systemRows(SYSTEM_TABLES.sysrowsets), (row) =>
    storedRowset(row, columns.get(row.int64(4)) ?? []),
  )
  return { reader, storage, rowsets: rowsets.filter(({ columnRows }) => columnRows.length > 0) }
}

function storedRowset(row: SystemRow, rows: readonly SystemRow[]): StoredRowset {
  const columnRows = rows.toSorted((left, right) => left.int32(16) - right.int32(16))
  const status = row.int32(25)
  const key = columnRows
    .map((column, index) => ({
      column: index,
      ordinal: column.int16(36),
      isDescending: (column.int32(40) & STATUS.isDescending) !== 0,
    }))
    .filter(({ ordinal }) => ordinal > 0)
    .sort((left, right) => left.ordinal - right.ordinal)
  return {
    rowsetId: row.int64(4),
    objectId: row.int32(13),
    indexId: row.int32(17),
    status,
    compression: row.uint8(39),
    rowsetRow: row,
    columnRows,
    hasDroppedColumn: columnRows.some((column) => (column.int32(40) & STATUS.isDropped) !== 0),
    shape: {
      columns: columnRows.map(storedColumn),
      key,
      indexId: row.int32(17),
      isUnique: true,
      ...((status & HAS_INDEX_NULL_BITMAP) === 0 ? {} : { indexRecordsHaveNullBitmap: true }),
    },
  }
}

function storedColumn(row: SystemRow): StoredColumn {
  const information = row.int32(28)
  const systemTypeId = information & 0xff
  const [first, second] = [(information >> 8) & 0xff, (information >> 16) & 0xff]
  const isTime = [41, 42, 43].includes(systemTypeId)
  const isDecimal = systemTypeId === 106 || systemTypeId === 108
  const type = sqlTypeOf({
    systemTypeId,
    userTypeId: 0,
    length: isTime || isDecimal ? 0 : (information >> 8) & 0xffff,
    precision: isDecimal ? first : 0,
    scale: isDecimal ? second : isTime ? first : 0,
    collationId: row.uint32(32),
  })
  if (type === undefined) throw new RangeError(`a column has the type ${systemTypeId}`)
  const status = row.int32(40)
  return {
    columnId: row.int32(12),
    type,
    isNullable: (status & STATUS.isNotNull) === 0,
    isUniquifier: (status & STATUS.isUniquifier) !== 0,
  }
}
