import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { AlterTableStatement } from '../../tsql/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import { checkRows } from './check-rows.ts'
import type { DefinitionContext } from './definition-context.ts'
import { findConstraint } from './drop-items.ts'
import type { DefinedTable } from './table-under-construction.ts'

type Switch = Extract<
  AlterTableStatement['change'],
  { kind: 'switch-constraints' | 'switch-triggers' }
>

/** CHECK and NOCHECK CONSTRAINT: enables or disables CHECKs and foreign keys. @throws SqlError 4917, 547 */
export function switchConstraints(
  table: DefinedTable,
  { names, isEnabled, withCheck }: Switch,
  context: DefinitionContext,
): void {
  const { catalog } = table.database
  const chosen =
    names.length > 0
      ? names.map((name) => requireConstraint(table, name))
      : catalog.objects.filter(
          ({ parentObjectId, type }) =>
            parentObjectId === table.objectId && (type === 'C' || type === 'F'),
        )
  for (const object of chosen) {
    if (isEnabled && withCheck) checkRows(table, object, context)
    const isNotTrusted = isEnabled ? !withCheck && (object.isDisabled || object.isNotTrusted) : true
    setSwitch(table, object, { isDisabled: !isEnabled, isNotTrusted }, context)
  }
}

function setSwitch(
  { database: { catalog } }: DefinedTable,
  object: CatalogObject,
  flags: { readonly isDisabled: boolean; readonly isNotTrusted: boolean },
  { log }: DefinitionContext,
): void {
  const { objectId } = object
  catalog.objectEntries.set(objectId, { ...object, ...flags }, log)
  const check = catalog.checkEntries.get(objectId)
  if (check !== undefined) catalog.checkEntries.set(objectId, { ...check, ...flags }, log)
  const key = catalog.foreignKeyEntries.get(objectId)
  if (key !== undefined) catalog.foreignKeyEntries.set(objectId, { ...key, ...flags }, log)
}

function requireConstraint(table: DefinedTable, name: string): CatalogObject {
  const object = findConstraint(table, name)
  if (object?.type === 'C' || object?.type === 'F') return object
  throw new SqlError(4917, `Constraint '${name}' does not exist.`, { state: 0 })
}

/** ENABLE and DISABLE TRIGGER. @throws SqlError 4920 */
export function switchTriggers(
  table: DefinedTable,
  { names, isEnabled }: Switch,
  { log }: DefinitionContext,
): void {
  const { catalog, settings } = table.database
  const triggers = catalog.objects.filter(
    ({ parentObjectId, type }) => parentObjectId === table.objectId && type === 'TR',
  )
  const chosen =
    names.length === 0
      ? triggers
      : names.map((name) => {
          const key = nameKey(name, settings.collationId)
          const found = triggers.find((one) => nameKey(one.name, settings.collationId) === key)
          if (found !== undefined) return found
          throw new SqlError(
            4920,
            `ALTER TABLE failed because trigger '${name}' on table '${table.name}' does not exist.`,
            { state: 0 },
          )
        })
  for (const trigger of chosen) {
    catalog.objectEntries.set(trigger.objectId, { ...trigger, isDisabled: !isEnabled }, log)
  }
}
