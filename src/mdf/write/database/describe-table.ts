import { REFERENCES } from '../catalog/initial-rows.ts'
import { describeColumns } from './describe-columns.ts'
import { addObject, type DescribeContext, KIND_STATUS } from './describe-context.ts'
import { describeIndex } from './describe-indexes.ts'
import type { PlannedTable } from './plan-table.ts'
import type { WrittenTable } from './write-table.ts'

/** All rows of the system tables that describe a table but for its storage and its foreign keys. */
export function describeTable(
  context: DescribeContext,
  table: PlannedTable,
  { lastIdentities }: WrittenTable,
): void {
  const { objectId, schemaId, definition, columns, data } = table
  const intprop = Math.max(...columns.map(({ columnId }) => columnId))
  const object = { id: objectId, name: definition.name, nsid: schemaId, type: 'U' }
  addObject(context, { ...object, status: KIND_STATUS.table, intprop })
  describeColumns(context, table, lastIdentities)
  for (const index of [data, ...table.nonclustered]) describeIndex(context, table, index)
  if (data.rowset.units.some(({ type }) => type === 2)) {
    const lob = { class: REFERENCES.lobDataSpace, depid: objectId, depsubid: 1 }
    context.rows.add('syssingleobjrefs', { ...lob, indepid: data.filegroupId })
  }
}
