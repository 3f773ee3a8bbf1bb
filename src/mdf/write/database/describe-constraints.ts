import { REFERENTIAL_ACTIONS } from '../../catalog/catalog-entries.ts'
import { DELETE_ACTION_SHIFT, UPDATE_ACTION_SHIFT } from '../../catalog/constraints.ts'
import { OBJECT_STATUS } from '../../catalog/objects.ts'
import { REFERENCES } from '../catalog/initial-rows.ts'
import type { DatabaseNames } from './database-names.ts'
import type { CheckDefinition, ForeignKeyDefinition } from './definition.ts'
import { addModuleText, addObject, type DescribeContext, KIND_STATUS } from './describe-context.ts'
import { invalidDefinition } from './invalid-definition.ts'
import type { PlannedColumn } from './plan-columns.ts'
import type { PlannedIndex, PlannedTable } from './plan-table.ts'

/** A check with its id and name. */
export interface PlannedCheck {
  readonly table: PlannedTable
  readonly definition: CheckDefinition
  readonly objectId: number
  readonly name: string
  /** 0 for a check of the table. */
  readonly columnId: number
}

export interface PlannedForeignKey {
  readonly table: PlannedTable
  readonly definition: ForeignKeyDefinition
  readonly objectId: number
  readonly name: string
  readonly referenced: PlannedTable
  readonly referencedIndex: PlannedIndex
  readonly pairs: readonly { readonly from: PlannedColumn; readonly to: PlannedColumn }[]
}

/** @throws PlatformError INVALID_ARGUMENT */
export function planChecks(names: DatabaseNames, table: PlannedTable): PlannedCheck[] {
  return (table.definition.checks ?? []).map((definition) => {
    const objectId = names.nextObjectId()
    const { column } = definition
    const columnId = column === undefined ? 0 : columnOf(table, column, table.where).columnId
    const short = `${table.definition.name.slice(0, 9)}__${(column ?? '').slice(0, 5)}`
    const name = definition.name ?? `CK__${short}__${hexadecimal(objectId)}`
    names.claim(table.schema, name, table.where)
    return { table, definition, objectId, name, columnId }
  })
}

/** @throws PlatformError INVALID_ARGUMENT when the referenced table has no such key */
export function planForeignKeys(
  names: DatabaseNames,
  table: PlannedTable,
  tables: readonly PlannedTable[],
): PlannedForeignKey[] {
  return (table.definition.foreignKeys ?? []).map((definition) => {
    const objectId = names.nextObjectId()
    const short = `${table.definition.name.slice(0, 9)}__${definition.columns[0]?.slice(0, 5)}`
    const name = definition.name ?? `FK__${short}__${hexadecimal(objectId)}`
    const where = `${table.where}, foreign key ${name}`
    names.claim(table.schema, name, where)
    const referenced = referencedTable(definition, table, tables, where)
    const columns = referencedColumns(definition, referenced, where)
    const referencedIndex = keyOf(referenced, columns, where)
    if (columns.length !== definition.columns.length) {
      throw invalidDefinition(where, 'it needs as many columns as the key it refers to')
    }
    const pairs = columns.map((to, index) => {
      const from = columnOf(table, definition.columns[index] ?? '', where)
      if (from.declared.systemTypeId !== to.declared.systemTypeId) {
        const both = `${from.definition.name} and ${to.definition.name}`
        throw invalidDefinition(where, `the columns ${both} are of different types`)
      }
      return { from, to }
    })
    return { table, definition, objectId, name, referenced, referencedIndex, pairs }
  })
}

function referencedTable(
  { referencedSchema, referencedTable: wanted }: ForeignKeyDefinition,
  table: PlannedTable,
  tables: readonly PlannedTable[],
  where: string,
): PlannedTable {
  const schema = (referencedSchema ?? table.schema).toLowerCase()
  const referenced = tables.find(
    (candidate) =>
      candidate.schema.toLowerCase() === schema &&
      candidate.definition.name.toLowerCase() === wanted.toLowerCase(),
  )
  if (referenced === undefined)
    throw invalidDefinition(where, `there is no table ${schema}.${wanted}`)
  return referenced
}

function referencedColumns(
  { referencedColumns: wanted }: ForeignKeyDefinition,
  referenced: PlannedTable,
  where: string,
): PlannedColumn[] {
  if (wanted !== undefined) return wanted.map((name) => columnOf(referenced, name, where))
  const primaryKey = [referenced.data, ...referenced.nonclustered].find(
    ({ constraint }) => constraint?.type === 'PK',
  )
  if (primaryKey === undefined)
    throw invalidDefinition(where, `${referenced.where} has no primary key`)
  return primaryKey.key.map(({ column }) => column)
}

function keyOf(
  referenced: PlannedTable,
  columns: readonly PlannedColumn[],
  where: string,
): PlannedIndex {
  const key = [referenced.data, ...referenced.nonclustered].find(
    (index) =>
      index.isUnique &&
      index.filter === undefined &&
      index.key.length === columns.length &&
      index.key.every(({ column }) => columns.includes(column)),
  )
  if (key !== undefined) return key
  const list = columns.map(({ definition }) => definition.name).join(', ')
  throw invalidDefinition(where, `${referenced.where} has no key of ${list}`)
}

function columnOf({ columns }: PlannedTable, name: string, where: string): PlannedColumn {
  const wanted = name.toLowerCase()
  const column = columns.find(
    ({ definition }) => definition.isDropped !== true && definition.name.toLowerCase() === wanted,
  )
  if (column === undefined) throw invalidDefinition(where, `there is no column ${name}`)
  return column
}

function hexadecimal(objectId: number): string {
  return objectId.toString(16).toUpperCase().padStart(8, '0')
}

export function describeCheck(context: DescribeContext, check: PlannedCheck): void {
  const { definition, objectId, name, table, columnId } = check
  addObject(context, {
    id: objectId,
    name,
    nsid: table.schemaId,
    type: 'C',
    status: KIND_STATUS.check | trustStatus(definition) | namedStatus(definition),
    pid: table.objectId,
    intprop: columnId,
  })
  addModuleText(context, objectId, definition.text)
}

export function describeForeignKey(context: DescribeContext, key: PlannedForeignKey): void {
  const { definition, objectId, name, table, referenced, referencedIndex, pairs } = key
  const { onUpdate = 'NO_ACTION', onDelete = 'NO_ACTION' } = definition
  const actions =
    (REFERENTIAL_ACTIONS.indexOf(onUpdate) << UPDATE_ACTION_SHIFT) |
    (REFERENTIAL_ACTIONS.indexOf(onDelete) << DELETE_ACTION_SHIFT)
  addObject(context, {
    id: objectId,
    name,
    nsid: table.schemaId,
    type: 'F',
    status: actions | trustStatus(definition) | namedStatus(definition),
    pid: table.objectId,
    intprop: pairs.length === 1 ? (pairs[0]?.from.columnId ?? 0) : 0,
  })
  const { rows } = context
  rows.add('syssingleobjrefs', {
    class: REFERENCES.referencedKey,
    depid: objectId,
    indepid: referenced.objectId,
    indepsubid: referencedIndex.indexId,
  })
  pairs.forEach(({ from, to }, index) => {
    const position = { depid: objectId, depsubid: index + 1 }
    rows.add('syssingleobjrefs', {
      ...position,
      class: REFERENCES.referencingColumn,
      indepid: table.objectId,
      indepsubid: from.columnId,
    })
    rows.add('syssingleobjrefs', {
      ...position,
      class: REFERENCES.referencedColumn,
      indepid: referenced.objectId,
      indepsubid: to.columnId,
    })
  })
}

function trustStatus(definition: CheckDefinition | ForeignKeyDefinition): number {
  const { isDisabled = false, isNotTrusted = isDisabled } = definition
  return (isDisabled ? OBJECT_STATUS.disabled : 0) | (isNotTrusted ? OBJECT_STATUS.notTrusted : 0)
}

function namedStatus({ name }: { readonly name?: string }): number {
  return name === undefined ? OBJECT_STATUS.systemNamed : 0
}
