import type { Principal } from '../catalog/catalog-entries.ts'
import { quoteName, quoteString } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

const DBO = 1
/** public, dbo, guest, INFORMATION_SCHEMA and sys are in every database. */
const LAST_SYSTEM_PRINCIPAL_ID = 4
const FIRST_FIXED_ROLE_ID = 16_384
const LAST_FIXED_ROLE_ID = 16_399

/** CREATE USER and CREATE ROLE. */
export function* principals(context: ScriptContext): Generator<string> {
  for (const principal of ownPrincipals(context)) {
    const statement = createPrincipal(principal)
    if (statement !== undefined) yield statement
    else context.note(`the principal ${quoteName(principal.name)} of type ${principal.type}`)
    if (context.details.hasPassword(principal.principalId)) {
      context.note(`the password of ${quoteName(principal.name)}`)
    }
  }
}

/** CREATE SCHEMA for all but those of every database; their owners follow in `owners`. */
export function* schemas(context: ScriptContext): Generator<string> {
  for (const { schemaId, name } of context.catalog.schemas) {
    if (isOwn(schemaId)) yield `CREATE SCHEMA ${quoteName(name)}`
  }
}

/** ALTER AUTHORIZATION for schemas, roles and objects that are not dbo's. */
export function* owners(context: ScriptContext): Generator<string> {
  const { catalog, details } = context
  for (const { schemaId, name, principalId } of catalog.schemas) {
    if (isOwn(schemaId)) yield* changeOwner(context, `SCHEMA::${quoteName(name)}`, principalId)
  }
  for (const { principalId, name, type } of ownPrincipals(context)) {
    const owner = type === 'R' ? details.roleOwner(principalId) : undefined
    if (owner !== undefined) yield* changeOwner(context, `ROLE::${quoteName(name)}`, owner)
  }
  for (const object of catalog.objects) {
    const owner = object.isMsShipped ? undefined : details.objectOwner(object.objectId)
    if (owner === undefined || object.parentObjectId !== 0) continue
    yield* changeOwner(context, `OBJECT::${context.qualified(object)}`, owner)
  }
}

/** sp_addrolemember, which servers of every version have. */
export function* roleMembers(context: ScriptContext): Generator<string> {
  for (const { rolePrincipalId, memberPrincipalId } of context.catalog.roleMembers) {
    const role = principalById(context, rolePrincipalId)
    const member = principalById(context, memberPrincipalId)
    if (memberPrincipalId === DBO || role === undefined || member === undefined) continue
    yield `${whenThere(member)}EXEC sys.sp_addrolemember ${quoteString(role.name)}, ${quoteString(member.name)}`
  }
}

/**
 * A condition to put before a statement about a principal that the script may not have been able to
 * make: a Windows user or group exists only where the server knows it.
 */
export function whenThere({ name, type }: Principal): string {
  return isCertain(type) ? '' : `IF DATABASE_PRINCIPAL_ID(${quoteString(name)}) IS NOT NULL\n  `
}

export function principalById(
  { catalog }: ScriptContext,
  principalId: number,
): Principal | undefined {
  return catalog.principals.find((principal) => principal.principalId === principalId)
}

function isCertain(type: string): boolean {
  return type === 'R' || type === 'S'
}

function ownPrincipals({ catalog }: ScriptContext): Principal[] {
  return catalog.principals.filter(({ principalId }) => isOwn(principalId))
}

/** Schemas and principals have the same ids in every database up to here, and those of fixed roles. */
function isOwn(id: number): boolean {
  const isFixedRole = id >= FIRST_FIXED_ROLE_ID && id <= LAST_FIXED_ROLE_ID
  return id > LAST_SYSTEM_PRINCIPAL_ID && !isFixedRole
}

/** Undefined for what needs a password, certificate or key that the script cannot have. */
function createPrincipal(principal: Principal): string | undefined {
  switch (principal.type) {
    case 'R':
      return `CREATE ROLE ${quoteName(principal.name)}`
    case 'S':
      return createSqlUser(principal)
    case 'U':
    case 'G':
      return createWindowsUser(principal)
    default:
      return undefined
  }
}

/** With the login of the same name if it is free on the server, otherwise without one. */
function createSqlUser(principal: Principal): string {
  const user = quoteName(principal.name)
  const options = userOptions(principal)
  return [
    `IF SUSER_ID(${quoteString(principal.name)}) IS NULL OR ${loginIsTaken(principal)}`,
    `  CREATE USER ${user} WITHOUT LOGIN${options}`,
    'ELSE',
    `  CREATE USER ${user} FOR LOGIN ${user}${options}`,
  ].join('\n')
}

function createWindowsUser(principal: Principal): string {
  const user = quoteName(principal.name)
  return [
    `IF SUSER_ID(${quoteString(principal.name)}) IS NOT NULL AND NOT ${loginIsTaken(principal)}`,
    `  CREATE USER ${user} FOR LOGIN ${user}${userOptions(principal)}`,
  ].join('\n')
}

function loginIsTaken({ name }: Principal): string {
  return `EXISTS (SELECT * FROM sys.database_principals WHERE sid = SUSER_SID(${quoteString(name)}))`
}

function userOptions({ defaultSchema }: Principal): string {
  return defaultSchema === '' ? '' : ` WITH DEFAULT_SCHEMA = ${quoteName(defaultSchema)}`
}

function* changeOwner(
  context: ScriptContext,
  securable: string,
  principalId: number,
): Generator<string> {
  const owner = principalById(context, principalId)
  if (owner === undefined || principalId === DBO) return
  yield `${whenThere(owner)}ALTER AUTHORIZATION ON ${securable} TO ${quoteName(owner.name)}`
}
