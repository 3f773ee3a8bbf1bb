import { INT, varbinaryType } from '../values/index.ts'
import type { CallContext, ScalarFunction } from './contract.ts'
import { defineFunction } from './define-function.ts'
import { nameType } from './metadata.ts'
import { textOf } from './text-argument.ts'

/** Everything here runs as a member of sysadmin, who is dbo in every database. */
const DATABASE_USER = 'dbo'
const PRINCIPALS: Readonly<Record<number, string>> = {
  0: 'public',
  1: DATABASE_USER,
  2: 'guest',
  3: 'INFORMATION_SCHEMA',
  4: 'sys',
}
const SERVER_ADMINISTRATOR = 'sa'
const SERVER_ADMINISTRATOR_SID = Uint8Array.of(1)

const FIXED_DATABASE_ROLES = [
  'db_accessadmin',
  'db_backupoperator',
  'db_datareader',
  'db_datawriter',
  'db_ddladmin',
  'db_denydatareader',
  'db_denydatawriter',
  'db_securityadmin',
]
const FIXED_SERVER_ROLES = [
  'bulkadmin',
  'dbcreator',
  'diskadmin',
  'processadmin',
  'securityadmin',
  'serveradmin',
  'setupadmin',
]

/** SYSTEM_USER and its kin: a name of the session. */
function sessionName(pick: (context: CallContext) => string): ScalarFunction {
  return defineFunction({
    arguments: 0,
    deterministic: false,
    result: nameType,
    evaluate: (_values, context) => pick(context),
  })
}

const loginName = ({ host }: CallContext): string => host.session.loginName

/** SUSER_SNAME([sid]): the administrator's is the only sid that is the same everywhere. */
const suserSname = defineFunction({
  arguments: [0, 1],
  deterministic: false,
  parameters: [varbinaryType(85)],
  result: nameType,
  evaluate([sid], context) {
    if (sid === undefined) return loginName(context)
    const isAdministrator = sid instanceof Uint8Array && sid.length === 1 && sid[0] === 1
    return isAdministrator ? SERVER_ADMINISTRATOR : null
  },
})

const suserName = defineFunction({
  arguments: [0, 1],
  deterministic: false,
  parameters: [INT],
  result: nameType,
  evaluate: ([id], context) => {
    if (id === undefined) return loginName(context)
    return id === 1 ? SERVER_ADMINISTRATOR : null
  },
})

const isAdministratorName = (name: string): boolean => name.toLowerCase() === SERVER_ADMINISTRATOR

const suserSid = defineFunction({
  arguments: [0, 2],
  deterministic: false,
  result: varbinaryType(85),
  evaluate([name], context, site) {
    const login = name === undefined ? loginName(context) : textOf(name, 1, site)
    return isAdministratorName(login) ? SERVER_ADMINISTRATOR_SID : null
  },
})

const suserId = defineFunction({
  arguments: [0, 1],
  deterministic: false,
  result: INT,
  evaluate([name], context, site) {
    const login = name === undefined ? loginName(context) : textOf(name, 1, site)
    return isAdministratorName(login) ? 1 : null
  },
})

const userName = defineFunction({
  arguments: [0, 1],
  deterministic: false,
  parameters: [INT],
  result: nameType,
  evaluate: ([id]) => (id === undefined ? DATABASE_USER : (PRINCIPALS[Number(id)] ?? null)),
})

const principalId = defineFunction({
  arguments: [0, 1],
  deterministic: false,
  result: INT,
  evaluate([name], _context, site) {
    if (name === undefined) return 1
    const wanted = textOf(name, 1, site).toLowerCase()
    const found = Object.entries(PRINCIPALS).find(([, known]) => known.toLowerCase() === wanted)
    return found === undefined ? null : Number(found[0])
  },
})

/** 1 for the roles dbo or a sysadmin has, 0 for the other fixed ones, NULL for no role at all. */
function membership(held: readonly string[], others: readonly string[]): ScalarFunction {
  return defineFunction({
    arguments: [1, 2],
    deterministic: false,
    result: INT,
    evaluate([role = null], _context, site) {
      const name = textOf(role, 1, site).toLowerCase()
      if (held.includes(name)) return 1
      return others.includes(name) ? 0 : null
    },
  })
}

const hasDbaccess = defineFunction({
  arguments: 1,
  deterministic: false,
  result: INT,
  evaluate: ([name = null], { host }, site) =>
    host.databaseId(textOf(name, 1, site)) === undefined ? null : 1,
})

/** A sysadmin has every permission. */
const hasPermsByName = defineFunction({
  arguments: [3, 5],
  acceptsNull: true,
  deterministic: false,
  result: INT,
  evaluate: () => 1,
})

const user = sessionName(() => DATABASE_USER)
const databaseRole = membership(['db_owner', 'public'], FIXED_DATABASE_ROLES)

export const SECURITY_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  SYSTEM_USER: sessionName(loginName),
  ORIGINAL_LOGIN: sessionName(loginName),
  SUSER_SNAME: suserSname,
  SUSER_NAME: suserName,
  SUSER_SID: suserSid,
  SUSER_ID: suserId,
  USER: user,
  CURRENT_USER: user,
  SESSION_USER: user,
  USER_NAME: userName,
  USER_ID: principalId,
  DATABASE_PRINCIPAL_ID: principalId,
  HOST_NAME: sessionName(({ host }) => host.session.hostName),
  APP_NAME: sessionName(({ host }) => host.session.applicationName),
  IS_MEMBER: databaseRole,
  IS_ROLEMEMBER: databaseRole,
  IS_SRVROLEMEMBER: membership(['sysadmin', 'public'], FIXED_SERVER_ROLES),
  HAS_DBACCESS: hasDbaccess,
  HAS_PERMS_BY_NAME: hasPermsByName,
}
