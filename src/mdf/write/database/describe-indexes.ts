import { INDEX_COLUMN_STATUS, INDEX_STATUS } from '../../catalog/indexes.ts'
import { TEXT_CLASSES } from '../../catalog/module-texts.ts'
import { OBJECT_STATUS } from '../../catalog/objects.ts'
import { PRIMARY_FILEGROUP, REFERENCES } from '../catalog/initial-rows.ts'
import type { SystemRows } from '../catalog/system-rows.ts'
import { addObject, addText, type DescribeContext } from './describe-context.ts'
import type { PlannedIndex, PlannedTable } from './plan-table.ts'

const ALWAYS = 0x80000
const KEY_COLUMN = INDEX_COLUMN_STATUS.ofStatistics | INDEX_COLUMN_STATUS.ofIndex
const INCLUDED_COLUMN = INDEX_COLUMN_STATUS.ofIndex | INDEX_COLUMN_STATUS.included

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
    const key = { valclass: TEXT_CLASSES.indexFilter, objid: objectId, subobjid: indexId }
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
  const { isIndex, hasStatistics, unique, primaryKey, uniqueConstraint, filtered } = INDEX_STATUS
  return (
    ALWAYS |
    isIndex |
    (indexId === 0 ? 0 : hasStatistics) |
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
      status: KEY_COLUMN | (isDescending ? INDEX_COLUMN_STATUS.descending : 0),
      intprop: column.columnId,
      tinyprop1: at + 1,
    })
  })
  included.forEach(({ columnId }, at) => {
    const subid = key.length + at + 1
    rows.add('sysiscols', {
      ...position,
      subid,
      status: INCLUDED_COLUMN,
      intprop: columnId,
    })
  })
}
