import type { SystemRow } from '../table/system-row.ts'
import {
  type CatalogObject,
  type Filegroup,
  LOCK_ESCALATIONS,
  type Schema,
  type UserType,
} from './catalog-entries.ts'
import { readType } from './columns.ts'
import { REFERENCE_CLASSES, type Reference } from './references.ts'

// Layouts and status bits: format reference 4.3.
const NAME = 0
/** Bits of the status of an object. */
export const OBJECT_STATUS = {
  msShipped: 0x1,
  systemNamed: 0x4,
  disabled: 0x100,
  notForReplication: 0x200,
  notTrusted: 0x400,
  /** The same bit, of a trigger. */
  insteadOf: 0x400,
  ansiNulls: 0x40000,
  quotedIdentifier: 0x80000,
  largeValuesOutOfRow: 0x2000000,
} as const
/** A bit of status2 @44, which SQL Server 2012 and later have. */
const IS_MEMORY_OPTIMIZED = 0x8
/** Two bits of a table's status. */
const LOCK_ESCALATION_SHIFT = 28
const TYPE_IS_NOT_NULL = 0x1
const SCHEMA_CLASS = 50
const DATA_SPACE_CLASS = 31
const DBO = 1

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
  const type = row.characters(17, 2)
  return {
    status,
    property: row.int32(24),
    object: {
      objectId: row.int32(4),
      name: row.text(NAME),
      schemaId: row.int32(8),
      type,
      parentObjectId: row.int32(19),
      createDate: row.dateTime(28),
      modifyDate: row.dateTime(36),
      isMsShipped: has(OBJECT_STATUS.msShipped),
      isSystemNamed: has(OBJECT_STATUS.systemNamed),
      isDisabled: has(OBJECT_STATUS.disabled),
      isNotTrusted: type !== 'TR' && has(OBJECT_STATUS.notTrusted),
      usesAnsiNulls: has(OBJECT_STATUS.ansiNulls),
      usesQuotedIdentifier: has(OBJECT_STATUS.quotedIdentifier),
      isNotForReplication: has(OBJECT_STATUS.notForReplication),
      isInsteadOf: type === 'TR' && has(OBJECT_STATUS.insteadOf),
      lockEscalation:
        (type === 'U' ? LOCK_ESCALATIONS[(status >> LOCK_ESCALATION_SHIFT) & 3] : undefined) ??
        'TABLE',
      isMemoryOptimized:
        (type === 'U' || type === 'TT') && (row.int32(44) & IS_MEMORY_OPTIMIZED) !== 0,
      keepsLargeValuesOutOfRow: type === 'U' && has(OBJECT_STATUS.largeValuesOutOfRow),
    },
  }
}

/** An entity of sysclsobjs, id 64: class u8 @4, id @5, status @9, type char(2) @13, number @15. */
export interface ClassObject {
  readonly class: number
  readonly id: number
  readonly status: number
  readonly type: string
  /** Partition functions: how many partitions they make. */
  readonly property: number
  readonly name: string
}

export function readClassObject(row: SystemRow): ClassObject {
  return {
    class: row.uint8(4),
    id: row.int32(5),
    status: row.int32(9),
    type: row.characters(13, 2),
    property: row.int32(15),
    name: row.text(NAME),
  }
}

/** The schemas among the entities, with their owners among the references. */
export function schemasOf(
  entities: readonly ClassObject[],
  references: readonly Reference[],
): Schema[] {
  const owners = new Map(
    references
      .filter((reference) => reference.class === REFERENCE_CLASSES.schemaOwner)
      .map(({ dependentId, independentId }) => [dependentId, independentId]),
  )
  return entities
    .filter((entity) => entity.class === SCHEMA_CLASS)
    .map(({ id, name }) => ({ schemaId: id, name, principalId: owners.get(id) ?? DBO }))
}

/** The filegroups among the entities; partition schemes are of the same class. */
export function filegroupsOf(entities: readonly ClassObject[]): Filegroup[] {
  return entities
    .filter((entity) => entity.class === DATA_SPACE_CLASS && entity.type.startsWith('F'))
    .map(({ id, name }) => ({ filegroupId: id, name }))
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
    defaultObjectId: row.int32(41),
    ruleObjectId: row.int32(45),
  }
}
