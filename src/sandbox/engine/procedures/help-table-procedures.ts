import type { CatalogIndex, CatalogObject, ForeignKey } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { findUserObject } from '../catalog/find-object.ts'
import { schemaNameOf } from '../catalog/views/objects.ts'
import { inform } from '../messages.ts'
import { parseProcedureName } from '../session/procedure-name.ts'
import {
  type EngineProcedure,
  type ProcedureContext,
  requiredText,
  sendRows,
} from './engine-procedure.ts'

/** @throws SqlError 15009 */
function tableOf(name: string, context: ProcedureContext, procedure: string): CatalogObject {
  const object = findUserObject(parseProcedureName(name), context.database.content)
  if (object !== undefined) return object
  throw new SqlError(
    15_009,
    `The object '${name}' does not exist in database '${context.database.name}' or is invalid for this operation.`,
    { procedure },
  )
}

function columnNames(
  objectId: number,
  columnIds: readonly number[],
  { database }: ProcedureContext,
): readonly string[] {
  const columns = database.content.catalog.columns(objectId)
  return columnIds.map((id) => columns.find(({ columnId }) => columnId === id)?.name ?? '')
}

/** `City, Region(-)`: descending ones are marked. */
function keyText(index: CatalogIndex, context: ProcedureContext): string {
  const keys = index.columns.filter(({ isIncluded }) => !isIncluded)
  const names = columnNames(
    index.objectId,
    keys.map(({ columnId }) => columnId),
    context,
  )
  return names.map((name, i) => `${name}${keys[i]?.isDescending === true ? '(-)' : ''}`).join(', ')
}

/** `nonclustered, unique, unique key located on PRIMARY` */
function indexDescription(index: CatalogIndex, { database }: ProcedureContext): string {
  const words = [index.indexId === 1 ? 'clustered' : 'nonclustered']
  if (index.ignoresDuplicateKeys) words.push('ignore duplicate keys')
  if (index.isUnique) words.push('unique')
  if (index.isPrimaryKey) words.push('primary key')
  if (index.isUniqueConstraint) words.push('unique key')
  const group = database.content.catalog.filegroups.find(
    ({ filegroupId }) => filegroupId === index.dataSpaceId,
  )
  return `${words.join(', ')} located on ${group?.name ?? 'PRIMARY'}`
}

const helpIndex: EngineProcedure = async (args, context) => {
  const procedure = 'sp_helpindex'
  const name = requiredText(args, { name: 'objname', position: 0, procedure })
  const { objectId } = tableOf(name, context, procedure)
  const indexes = context.database.content.catalog
    .indexes(objectId)
    .filter(({ indexId, isHypothetical }) => indexId > 0 && !isHypothetical)
  if (indexes.length === 0) {
    inform(
      context.out,
      15_472,
      `The object '${name}' does not have any indexes, or you do not have permissions.`,
    )
    return 0
  }
  const rows = indexes
    .map((index) => ({
      index_name: index.name,
      index_description: indexDescription(index, context),
      index_keys: keyText(index, context),
    }))
    .sort((a, b) => (a.index_name.toUpperCase() < b.index_name.toUpperCase() ? -1 : 1))
  await sendRows(
    context,
    `index_name sysname
    index_description varchar(210) ?
    index_keys nvarchar(2078) ?`,
    rows,
  )
  return 0
}

const NOT_APPLICABLE = '(n/a)'
const RULE_NAMES = {
  NO_ACTION: 'No Action',
  CASCADE: 'Cascade',
  SET_NULL: 'Set Null',
  SET_DEFAULT: 'Set Default',
} as const

type ConstraintRow = Readonly<
  Record<keyof typeof PLAIN | 'constraint_type' | 'constraint_name' | 'constraint_keys', string>
>

const PLAIN = {
  delete_action: NOT_APPLICABLE,
  update_action: NOT_APPLICABLE,
  status_enabled: NOT_APPLICABLE,
  status_for_replication: NOT_APPLICABLE,
}

function constraintRows(
  { objectId }: CatalogObject,
  context: ProcedureContext,
): readonly ConstraintRow[] {
  const { catalog } = context.database.content
  const keys = catalog.indexes(objectId).flatMap((index): ConstraintRow[] => {
    if (!index.isPrimaryKey && !index.isUniqueConstraint) return []
    const kind = index.isPrimaryKey ? 'PRIMARY KEY' : 'UNIQUE'
    const shape = index.indexId === 1 ? 'clustered' : 'non-clustered'
    return [
      {
        ...PLAIN,
        constraint_type: `${kind} (${shape})`,
        constraint_name: index.name,
        constraint_keys: keyText(index, context),
      },
    ]
  })
  const texts = [
    ...catalog.checkConstraints.map((one) => ({ ...one, kind: 'CHECK' })),
    ...catalog.defaultConstraints.map((one) => ({ ...one, kind: 'DEFAULT' })),
  ].filter(({ parentObjectId }) => parentObjectId === objectId)
  const textRows = texts.map((one): ConstraintRow => {
    const [column = ''] = columnNames(objectId, [one.columnId], context)
    const place = one.columnId === 0 ? 'Table Level' : `on column ${column}`
    return {
      ...PLAIN,
      ...(one.kind === 'CHECK' ? statusOf(one.isDisabled) : {}),
      constraint_type: `${one.kind} ${place}`,
      constraint_name: one.name,
      constraint_keys: one.text,
    }
  })
  const foreignRows = catalog.foreignKeys
    .filter(({ parentObjectId }) => parentObjectId === objectId)
    .flatMap((key) => foreignKeyRows(key, context))
  return [...textRows, ...foreignRows, ...keys]
}

function statusOf(isDisabled: boolean) {
  return {
    status_enabled: isDisabled ? 'Disabled' : 'Enabled',
    status_for_replication: 'Is_For_Replication',
  }
}

/** Two rows: the key's columns, and what they refer to. */
function foreignKeyRows(key: ForeignKey, context: ProcedureContext): readonly ConstraintRow[] {
  const { catalog } = context.database.content
  const parents = key.columns.map(({ parentColumnId }) => parentColumnId)
  const referenced = key.columns.map(({ referencedColumnId }) => referencedColumnId)
  const target = catalog.objectById(key.referencedObjectId)
  const schema = target === undefined ? '' : schemaNameOf(target, context)
  const names = columnNames(key.referencedObjectId, referenced, context).join(', ')
  return [
    {
      constraint_type: 'FOREIGN KEY',
      constraint_name: key.name,
      delete_action: RULE_NAMES[key.deleteAction],
      update_action: RULE_NAMES[key.updateAction],
      ...statusOf(key.isDisabled),
      constraint_keys: columnNames(key.parentObjectId, parents, context).join(', '),
    },
    {
      constraint_type: ' ',
      constraint_name: ' ',
      delete_action: ' ',
      update_action: ' ',
      status_enabled: ' ',
      status_for_replication: ' ',
      constraint_keys: `REFERENCES ${context.database.name}.${schema}.${target?.name} (${names})`,
    },
  ]
}

const helpConstraint: EngineProcedure = async (args, context) => {
  const procedure = 'sp_helpconstraint'
  const name = requiredText(args, { name: 'objname', position: 0, procedure })
  const table = tableOf(name, context, procedure)
  await sendRows(context, 'Object_Name nvarchar(776) ?', [{ Object_Name: name }])
  const rows = constraintRows(table, context)
  if (rows.length === 0) {
    inform(
      context.out,
      15_469,
      `No constraints are defined on object '${name}', or you do not have permissions.`,
    )
    return 0
  }
  await sendRows(
    context,
    `constraint_type nvarchar(146)
    constraint_name sysname
    delete_action nvarchar(11) ?
    update_action nvarchar(11) ?
    status_enabled varchar(8) ?
    status_for_replication varchar(19) ?
    constraint_keys nvarchar(2126) ?`,
    rows,
  )
  return 0
}

/** Procedures that describe the indexes and constraints of a table. */
export const HELP_TABLE_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_helpconstraint: helpConstraint,
  sp_helpindex: helpIndex,
}
