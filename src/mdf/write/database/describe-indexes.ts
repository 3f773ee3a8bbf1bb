import { PRIMARY_FILEGROUP, REFERENCES } from '../catalog/initial-rows.ts'
import type { SystemRows } from '../catalog/system-rows.ts'
import {
  addObject,
  addText,
  type DescribeContext,
  OBJECT_STATUS,
  TEXT_CLASSES,
} from './describe-context.ts'
import type { PlannedIndex, PlannedTable } from './plan-table.ts'

const INDEX_STATUS = {
  index: 0x1,
  withStatistics: 0x2,
  unique: 0x8,
  primaryKey: 0x20,
  uniqueConstraint: 0x40,
  filtered: 0x20000,
  always: 0x80000,
} as const
const INDEX_COLUMN_STATUS = { key: 0x3, descending: 0x4, included: 0x12 } as const

/** The heap or an index, and the constraint it serves. */
export function describeIndex(
  context: DescribeContext,
  table: PlannedTable,
  index: PlannedIndex,
): void {
  const { rows } = context
  const { objectId } = table
  const { indexId, constraint, filter, filegroupId } = index
  const isElsewhere = filegroupId !== PRIMARY_FILEGROUP
  rows.add('sysidxstats', {
    id: objectId,
    indid: indexId,
    name: index.name ?? null,
    status: indexStatus(index),
    fillfact: index.fillFactor,
    type: Math.min(indexId, 2),
    dataspace: isElsewhere ? filegroupId : 0,
    lobds: isElsewhere ? filegroupId : 0,
    rowset: index.rowset.definition.rowsetId,
  })
  if (isElsewhere) {
    const space = { class: REFERENCES.indexDataSpace, depid: objectId, depsubid: indexId }
    rows.add('syssingleobjrefs', { ...space, indepid: filegroupId })
  }
  addIndexColumns(rows, objectId, index)
  if (filter !== undefined) {
    const key = { valclass: TEXT_CLASSES.filter, objid: objectId, subobjid: indexId }
    addText(context, key, filter.text)
  }
  if (constraint === undefined) return
  addObject(context, {
    id: constraint.objectId,
    name: index.name ?? '',
    nsid: table.schemaId,
    type: constraint.type,
    status: constraint.isSystemNamed ? OBJECT_STATUS.systemNamed : 0,
    pid: objectId,
  })
  const reference = { class: REFERENCES.keyIndex, depid: constraint.objectId, indepid: indexId }
  rows.add('syssingleobjrefs', reference)
}

function indexStatus({ indexId, isUnique, constraint, filter }: PlannedIndex): number {
  const { index, withStatistics, unique, primaryKey, uniqueConstraint, filtered, always } =
    INDEX_STATUS
  return (
    always |
    index |
    (indexId === 0 ? 0 : withStatistics) |
    (isUnique ? unique : 0) |
    (constraint?.type === 'PK' ? primaryKey : 0) |
    (constraint?.type === 'UQ' ? uniqueConstraint : 0) |
    (filter === undefined ? 0 : filtered)
  )
}

function addIndexColumns(
  rows: SystemRows,
  objectId: number,
  { indexId, key, included }: PlannedIndex,
): void {
  const position = { idmajor: objectId, idminor: indexId }
  key.forEach(({ column, isDescending }, at) => {
    rows.add('sysiscols', {
      ...position,
      subid: at + 1,
      status: INDEX_COLUMN_STATUS.key | (isDescending ? INDEX_COLUMN_STATUS.descending : 0),
      intprop: column.columnId,
      tinyprop1: at + 1,
    })
  })
  included.forEach(({ columnId }, at) => {
    const subid = key.length + at + 1
    rows.add('sysiscols', {
      ...position,
      subid,
      status: INDEX_COLUMN_STATUS.included,
      intprop: columnId,
    })
  })
}
