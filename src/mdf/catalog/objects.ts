import type { SystemRow } from '../table/system-row.ts'
import type { CatalogObject, Schema, UserType } from './catalog-entries.ts'
import { readType } from './columns.ts'

// Layouts and status bits: format reference 4.3.
const NAME = 0
const OBJECT_STATUS = {
  msShipped: 0x1,
  systemNamed: 0x4,
  disabled: 0x100,
  notTrusted: 0x400,
  ansiNulls: 0x40000,
  quotedIdentifier: 0x80000,
} as const
const TYPE_IS_NOT_NULL = 0x1
const SCHEMA_CLASS = 50

/** sysschobjs, id 34; `status` also holds the actions of foreign keys. */
export interface ObjectRow {
  readonly object: CatalogObject
  readonly status: number
  /** Checks and defaults: the column's id. */
  readonly property: number
}

export function readObject(row: SystemRow): ObjectRow {
  const status = row.int32(13)
  const has = (bit: number) => (status & bit) !== 0
  return {
    status,
    property: row.int32(24),
    object: {
      objectId: row.int32(4),
      name: row.text(NAME),
      schemaId: row.int32(8),
      type: row.characters(17, 2),
      parentObjectId: row.int32(19),
      createDate: row.dateTime(28),
      modifyDate: row.dateTime(36),
      isMsShipped: has(OBJECT_STATUS.msShipped),
      isSystemNamed: has(OBJECT_STATUS.systemNamed),
      isDisabled: has(OBJECT_STATUS.disabled),
      isNotTrusted: has(OBJECT_STATUS.notTrusted),
      usesAnsiNulls: has(OBJECT_STATUS.ansiNulls),
      usesQuotedIdentifier: has(OBJECT_STATUS.quotedIdentifier),
    },
  }
}

/** sysclsobjs, id 64: schemas among entities of other classes. */
export function readSchema(row: SystemRow): Schema | undefined {
  if (row.uint8(4) !== SCHEMA_CLASS) return undefined
  return { schemaId: row.int32(5), name: row.text(NAME), principalId: row.int32(15) }
}

/** sysscalartypes, id 50. */
export function readUserType(row: SystemRow): UserType {
  const userTypeId = row.int32(4)
  const systemTypeId = row.uint8(12)
  return {
    userTypeId,
    name: row.text(NAME),
    schemaId: row.int32(8),
    systemTypeId,
    type: readType(row, { systemTypeId, userTypeId, start: 13 }),
    isNullable: (row.int32(21) & TYPE_IS_NOT_NULL) === 0,
  }
}
