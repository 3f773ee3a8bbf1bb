import { groupBy } from '../catalog/group-by.ts'
import type { Permission } from '../catalog/permissions.ts'
import { PERMISSION_NAMES } from './permission-names.ts'
import { principalById, whenThere } from './principals.ts'
import { quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

/** dbo, INFORMATION_SCHEMA and sys can be granted and denied nothing. */
const NOT_GRANTABLE: ReadonlySet<number> = new Set([1, 3, 4])
const LAST_SYSTEM_TYPE_ID = 256
/** What every user may do in a database of SQL Server 2016 and later. */
const EVERYONE = 0
const GRANTED_TO_EVERYONE: ReadonlySet<string> = new Set(['VWCK', 'VWCM'])
/** Object types whose permissions a script can give: it has made them. */
const SCRIPTED_TYPES: ReadonlySet<string> = new Set(['U', 'V', 'P', 'FN', 'IF', 'TF', 'SN', 'SO'])

/** GRANT, DENY and REVOKE, those of one securable in a batch. */
export function* permissions(context: ScriptContext): Generator<string> {
  const bySecurable = groupBy(
    context.details.permissions,
    (permission) => `${permission.class}:${permission.majorId}`,
  )
  for (const group of bySecurable.values()) {
    const statements = group.flatMap((permission) => statementOf(context, permission) ?? [])
    if (statements.length > 0) yield statements.join('\n')
  }
}

function statementOf(context: ScriptContext, permission: Permission): string | undefined {
  if (NOT_GRANTABLE.has(permission.granteeId) || isThereAnyway(permission)) return undefined
  const grantee = principalById(context, permission.granteeId)
  const name = PERMISSION_NAMES[permission.type]
  const securable = securableOf(context, permission)
  if (grantee === undefined || name === undefined || securable === undefined) {
    noteMissing(context, permission, grantee?.name)
    return undefined
  }
  const { verb, preposition, suffix } = wordsOf(permission.state)
  const on = securable === '' ? '' : ` ON ${securable}`
  return `${whenThere(grantee)}${verb} ${name}${on} ${preposition} ${quoteName(grantee.name)}${suffix}`
}

function isThereAnyway({ granteeId, type, state }: Permission): boolean {
  return granteeId === EVERYONE && state === 'G' && GRANTED_TO_EVERYONE.has(type)
}

function wordsOf(state: string) {
  switch (state) {
    case 'D':
      return { verb: 'DENY', preposition: 'TO', suffix: '' }
    case 'R':
      return { verb: 'REVOKE', preposition: 'FROM', suffix: '' }
    case 'W':
      return { verb: 'GRANT', preposition: 'TO', suffix: ' WITH GRANT OPTION' }
    default:
      return { verb: 'GRANT', preposition: 'TO', suffix: '' }
  }
}

/** '' for the database itself; undefined for what the script does not make. */
function securableOf(context: ScriptContext, permission: Permission): string | undefined {
  const { majorId, minorId } = permission
  const { catalog } = context
  switch (permission.class) {
    case 0:
      return ''
    case 1: {
      const object = catalog.objectById(majorId)
      if (object === undefined || !SCRIPTED_TYPES.has(object.type)) return undefined
      const column = minorId === 0 ? '' : ` (${context.columnName(majorId, minorId)})`
      return `OBJECT::${context.qualified(object)}${column}`
    }
    case 3: {
      const schema = catalog.schemas.find(({ schemaId }) => schemaId === majorId)
      return schema && `SCHEMA::${quoteName(schema.name)}`
    }
    case 4: {
      const principal = principalById(context, majorId)
      if (principal === undefined || !['R', 'S'].includes(principal.type)) return undefined
      return `${principal.type === 'R' ? 'ROLE' : 'USER'}::${quoteName(principal.name)}`
    }
    case 6: {
      const type = catalog.userTypes.find(({ userTypeId }) => userTypeId === majorId)
      if (majorId <= LAST_SYSTEM_TYPE_ID) return undefined
      return type && `TYPE::${context.qualified(type)}`
    }
    default:
      return undefined
  }
}

/** SQL Server's own objects, which users may have permissions on, are nobody's loss. */
function noteMissing(context: ScriptContext, permission: Permission, grantee = ''): void {
  const object = context.catalog.objectById(permission.majorId)
  if (permission.class === 1 && (object === undefined || object.isMsShipped)) return
  context.note(
    `the permission ${permission.type} of ${quoteName(grantee)} on ${permission.class}:${permission.majorId}`,
  )
}
