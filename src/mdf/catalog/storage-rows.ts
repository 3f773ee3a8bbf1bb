import type { PagePointer } from '../page/page.ts'
import type { SystemRow } from '../table/system-row.ts'
import { groupBy } from './group-by.ts'

// Layouts: format reference 4.3, and 4.4 for SQL Server 2005.

/** Object ids of the system base tables (format reference 4.3). */
export const SYSTEM_TABLES = {
  sysrscols: 3,
  sysrowsetcolumns: 4,
  sysrowsets: 5,
  sysallocunits: 7,
  sysseobjvalues: 9,
  syshobtcolumns: 13,
  sysprufiles: 24,
  sysftinds: 25,
  sysowners: 27,
  sysprivs: 29,
  sysschobjs: 34,
  syscolpars: 41,
  sysnsobjs: 44,
  syscerts: 46,
  sysxprops: 49,
  sysscalartypes: 50,
  systypedsubobjs: 51,
  sysidxstats: 54,
  sysiscols: 55,
  sysbinobjs: 58,
  sysobjvalues: 60,
  sysclsobjs: 64,
  syssingleobjrefs: 74,
  sysmultiobjrefs: 75,
  sysdbfiles: 76,
  sysasymkeys: 95,
} as const

/** SQL Server 2005 keeps some things in other tables. */
export const FIRST_VERSION_AFTER_2005 = 613

export const ALLOCATION_UNIT_TYPES = { inRow: 1, lob: 2, rowOverflow: 3 } as const

/** Pages that belong together: the rows, large values or overflow of one rowset. */
export interface AllocationUnit {
  readonly allocationUnitId: bigint
  /** 1 in-row data, 2 large values, 3 row overflow. */
  readonly type: number
  /** The rowset (partition) it belongs to. */
  readonly rowsetId: bigint
  readonly filegroupId: number
  readonly root: PagePointer | undefined
  readonly firstIam: PagePointer | undefined
  readonly usedPages: number
  readonly dataPages: number
  readonly reservedPages: number
}

/** A partition of a heap or index. */
export interface Rowset {
  readonly rowsetId: bigint
  readonly objectId: number
  /** 0 heap, 1 clustered index, above 1 nonclustered. */
  readonly indexId: number
  /** From 1. */
  readonly partitionNumber: number
  /** As the catalog counts; may be slightly wrong. */
  readonly rowCount: number
  /** 0 none, 1 ROW, 2 PAGE, 3 COLUMNSTORE, 4 COLUMNSTORE_ARCHIVE. */
  readonly compression: number
}

/** A column as a rowset stores it. */
export interface PhysicalColumn {
  readonly rowsetId: bigint
  /** column_id of the table's column; 0 for a uniquifier, huge for a dropped column. */
  readonly columnId: number
  /** The column's id in the storage engine: another one after ALTER COLUMN. */
  readonly storageColumnId: number
  readonly systemTypeId: number
  /** From the record's start when positive; -1, -2, … is the first, second, … variable column. */
  readonly leafOffset: number
  readonly nullBit: number
  readonly bitPosition: number
  readonly isDropped: boolean
  readonly isSparse: boolean
  /** The number that tells apart rows with equal keys of a clustered index. */
  readonly isUniquifier: boolean
  /** Its place in the order of the index, from 1; 0 when it has none. */
  readonly keyOrdinal: number
  readonly isDescending: boolean
  /** Where the index pages above the leaves keep it; 0 when they don't. */
  readonly internalOffset: number
  readonly internalNullBit: number
  readonly internalBitPosition: number
  /** Declared bytes of character and binary types; 0 for (max). */
  readonly length: number
  readonly precision: number
  readonly scale: number
  readonly collationId: number
}

/** sysallocunits, id 7. */
export function readAllocationUnit(row: SystemRow): AllocationUnit {
  return {
    allocationUnitId: row.int64(4),
    type: row.uint8(12),
    rowsetId: row.int64(13),
    filegroupId: row.int16(25),
    root: row.pagePointer(33),
    firstIam: row.pagePointer(39),
    usedPages: Number(row.int64(45)),
    dataPages: Number(row.int64(53)),
    reservedPages: Number(row.int64(61)),
  }
}

/** sysrowsets, id 5; in 2005 it ends before the compression. */
export function readRowset(row: SystemRow): Rowset {
  return {
    rowsetId: row.int64(4),
    objectId: row.int32(13),
    indexId: row.int32(17),
    partitionNumber: row.int32(21),
    rowCount: Number(row.int64(31)),
    compression: row.uint8(39),
  }
}

const COLUMN_IS_DROPPED = 0x2
/** Dropped columns keep their place in old rows, under ids from here. */
const FIRST_DROPPED_COLUMN_ID = 0x0400_0001
const COLUMN_IS_SPARSE = 0x100
const COLUMN_IS_DESCENDING = 0x8
const COLUMN_IS_UNIQUIFIER = 0x10

/**
 * sysrscols, id 3: offset, null bit and bit position hold the leaf's value in their low half, that of
 * the index pages above in their high half.
 */
export function readPhysicalColumn(row: SystemRow): PhysicalColumn {
  const status = row.int32(40)
  return {
    rowsetId: row.int64(4),
    columnId: row.int32(12),
    storageColumnId: row.int32(16),
    leafOffset: row.int16(44),
    nullBit: row.int16(48),
    bitPosition: row.uint8(52),
    isDropped: (status & COLUMN_IS_DROPPED) !== 0,
    isSparse: (status & COLUMN_IS_SPARSE) !== 0,
    isUniquifier: (status & COLUMN_IS_UNIQUIFIER) !== 0,
    keyOrdinal: row.int16(36),
    isDescending: (status & COLUMN_IS_DESCENDING) !== 0,
    internalOffset: row.int16(46),
    internalNullBit: row.int16(50),
    internalBitPosition: row.uint8(53),
    collationId: row.int32(32),
    ...unpackType(row.int32(28)),
  }
}

const DECIMAL_TYPES: readonly number[] = [106, 108]
const TIME_TYPES: readonly number[] = [41, 42, 43]

/** The type in the low byte; above it precision and scale, or the scale, or the length. */
function unpackType(type: number) {
  const systemTypeId = type & 0xff
  const low = (type >>> 8) & 0xff
  if (DECIMAL_TYPES.includes(systemTypeId)) {
    return { systemTypeId, length: 0, precision: low, scale: (type >>> 16) & 0xff }
  }
  if (TIME_TYPES.includes(systemTypeId))
    return { systemTypeId, length: 0, precision: 0, scale: low }
  return { systemTypeId, length: (type >>> 8) & 0xffff, precision: 0, scale: 0 }
}

/** SQL Server 2005: sysrowsetcolumns (4) names the column, syshobtcolumns (13) says where it is. */
export function joinPhysicalColumns2005(
  rowsetColumns: Iterable<SystemRow>,
  storageColumns: Iterable<SystemRow>,
): PhysicalColumn[] {
  const storage = groupBy(
    Array.from(storageColumns, readStorageColumn2005),
    (column) => column.rowsetId,
  )
  const columns: PhysicalColumn[] = []
  for (const row of rowsetColumns) {
    const rowsetId = row.int64(4)
    const storageColumnId = row.int32(16)
    const place = storage
      .get(rowsetId)
      ?.find((column) => column.storageColumnId === storageColumnId)
    const columnId = row.int32(12)
    const isDropped = columnId >= FIRST_DROPPED_COLUMN_ID
    if (place !== undefined) columns.push({ ...place, columnId, isDropped })
  }
  return columns
}

const UNIQUIFIER_2005 = 0x2
const DESCENDING_2005 = 0x4

function readStorageColumn2005(row: SystemRow) {
  const status = row.int32(16)
  const length = row.int16(23)
  return {
    rowsetId: row.int64(4),
    storageColumnId: row.int32(12),
    systemTypeId: row.uint8(22),
    leafOffset: row.int16(31),
    bitPosition: row.uint8(35),
    nullBit: row.int16(37),
    isSparse: false,
    isUniquifier: (status & UNIQUIFIER_2005) !== 0,
    keyOrdinal: row.int16(20),
    isDescending: (status & DESCENDING_2005) !== 0,
    internalOffset: row.int16(33),
    internalNullBit: row.int16(39),
    internalBitPosition: row.uint8(36),
    // (max) is -1 here.
    length: Math.max(0, length),
    precision: row.uint8(25),
    scale: row.uint8(26),
    collationId: row.int32(27),
  }
}
