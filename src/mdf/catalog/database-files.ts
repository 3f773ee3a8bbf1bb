import type { SystemRow } from '../table/system-row.ts'
import { decodeSqlVariant } from '../value/sql-variant-value.ts'
import type { DatabaseFile, ExtendedProperty, Principal } from './catalog-entries.ts'

const FILE_TYPES = ['ROWS', 'LOG', 'FILESTREAM', '', 'FULLTEXT'] as const
const GROWTH_IS_PERCENT = 0x20

/** sysprufiles, id 24: variable columns are the logical name and the physical path. */
export function readDatabaseFile(row: SystemRow): DatabaseFile {
  return {
    fileId: row.int32(8),
    filegroupId: row.int32(12),
    type: FILE_TYPES[row.uint8(20)] || 'ROWS',
    state: row.uint8(21),
    logicalName: row.text(0),
    physicalPath: row.text(1),
    sizePages: row.int32(22),
    maxSizePages: row.int32(26),
    growth: row.int32(30),
    growthIsPercent: (row.int32(16) & GROWTH_IS_PERCENT) !== 0,
  }
}

/** sysdbfiles, id 76: the same in SQL Server 2005. */
export function readDatabaseFile2005(row: SystemRow): DatabaseFile {
  return {
    fileId: row.int32(8),
    filegroupId: row.int32(12),
    type: FILE_TYPES[row.uint8(52)] || 'ROWS',
    state: row.uint8(53),
    logicalName: row.text(0),
    physicalPath: row.text(1),
    sizePages: row.int32(20),
    maxSizePages: row.int32(24),
    growth: row.int32(28),
    growthIsPercent: (row.int32(16) & GROWTH_IS_PERCENT) !== 0,
  }
}

/** sysowners, id 27: variable columns are name, sid, password and default schema. */
export function readPrincipal(row: SystemRow): Principal {
  return {
    principalId: row.int32(4),
    name: row.text(0),
    type: row.characters(8, 1),
    sid: new Uint8Array(row.variableBytes(1)),
    defaultSchema: row.text(3),
    createDate: row.dateTime(13),
    modifyDate: row.dateTime(21),
  }
}

/** sysxprops, id 49: variable columns are name and value. */
export function readExtendedProperty(row: SystemRow): ExtendedProperty {
  const value = row.variableBytes(1)
  return {
    class: row.uint8(4),
    majorId: row.int32(5),
    minorId: row.int32(9),
    name: row.text(0),
    value: value.length === 0 ? null : decodeSqlVariant(value, 0, value.length),
  }
}
