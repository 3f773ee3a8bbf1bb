import type { SqlDateTime } from '../../../../mdf/index.ts'
import { SA_SID } from '../../instance/logins.ts'
import { toSqlTime } from '../../instance/sql-time.ts'
import { type CatalogView, catalogView, type ViewContext, type ViewRow } from '../catalog-view.ts'

const DATABASE_PRINCIPAL_TYPES: Readonly<Record<string, string>> = {
  A: 'APPLICATION_ROLE',
  C: 'CERTIFICATE_MAPPED_USER',
  E: 'EXTERNAL_USER',
  G: 'WINDOWS_GROUP',
  K: 'ASYMMETRIC_KEY_MAPPED_USER',
  R: 'DATABASE_ROLE',
  S: 'SQL_USER',
  U: 'WINDOWS_USER',
  X: 'EXTERNAL_GROUPS',
}
/** Fixed database roles have ids from here to the next. */
const FIXED_ROLES = { from: 16_384, to: 16_393 } as const
const SERVER_ROLES = [
  'sysadmin',
  'securityadmin',
  'serveradmin',
  'setupadmin',
  'processadmin',
  'diskadmin',
  'dbcreator',
  'bulkadmin',
] as const
const PUBLIC_ID = 2
const FIRST_ROLE_ID = 3

const SERVER_PRINCIPAL_COLUMNS = `
  name sysname
  principal_id int
  sid varbinary(85) ?
  type char(1)
  type_desc nvarchar(60) ?
  is_disabled bit ?
  create_date datetime
  modify_date datetime
  default_database_name sysname ?
  default_language_name sysname ?
  credential_id int ?`

export const PRINCIPAL_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.schemas',
    `name sysname
    schema_id int
    principal_id int ?`,
    ({ database }) =>
      database.content.catalog.schemas.map(({ name, schemaId, principalId }) => ({
        name,
        schema_id: schemaId,
        principal_id: principalId,
      })),
  ),
  catalogView(
    'sys.database_principals',
    `name sysname
    principal_id int
    type char(1)
    type_desc nvarchar(60) ?
    default_schema_name sysname ?
    create_date datetime
    modify_date datetime
    owning_principal_id int ?
    sid varbinary(85) ?
    is_fixed_role bit
    authentication_type int
    authentication_type_desc nvarchar(60) ?
    default_language_name sysname ?
    default_language_lcid int ?
    allow_encrypted_value_modifications bit ?`,
    ({ database }) =>
      database.content.catalog.principals.map((principal) => ({
        name: principal.name,
        principal_id: principal.principalId,
        type: principal.type,
        type_desc: DATABASE_PRINCIPAL_TYPES[principal.type] ?? null,
        default_schema_name: principal.defaultSchema || null,
        create_date: principal.createDate,
        modify_date: principal.modifyDate,
        owning_principal_id: principal.type === 'R' ? 1 : null,
        sid: principal.sid.length === 0 ? null : principal.sid,
        is_fixed_role:
          principal.principalId >= FIXED_ROLES.from && principal.principalId <= FIXED_ROLES.to,
        authentication_type: principal.name === 'dbo' ? 1 : 0,
        authentication_type_desc: principal.name === 'dbo' ? 'INSTANCE' : 'NONE',
        allow_encrypted_value_modifications: false,
      })),
  ),
  catalogView(
    'sys.database_role_members',
    `role_principal_id int
    member_principal_id int`,
    ({ database }) =>
      database.content.catalog.roleMembers.map(({ rolePrincipalId, memberPrincipalId }) => ({
        role_principal_id: rolePrincipalId,
        member_principal_id: memberPrincipalId,
      })),
  ),
  catalogView(
    'sys.server_principals',
    `${SERVER_PRINCIPAL_COLUMNS}
    owning_principal_id int ?
    is_fixed_role bit`,
    (context) => [saRow(context), ...serverRoleRows(context)],
  ),
  catalogView(
    'sys.sql_logins',
    `${SERVER_PRINCIPAL_COLUMNS}
    is_policy_checked bit ?
    is_expiration_checked bit ?
    password_hash varbinary(256) ?`,
    (context) => [{ ...saRow(context), is_policy_checked: true, is_expiration_checked: false }],
  ),
  catalogView(
    'sys.syslogins',
    `sid varbinary(85) ?
    status smallint ?
    createdate datetime
    updatedate datetime
    name sysname
    dbname sysname ?
    language sysname ?
    denylogin int ?
    hasaccess int ?
    isntname int ?
    isntgroup int ?
    isntuser int ?
    sysadmin int ?
    loginname sysname`,
    (context) => {
      const created = toSqlTime(context.instance.startedAt)
      return [
        {
          sid: SA_SID,
          status: 9,
          createdate: created,
          updatedate: created,
          name: 'sa',
          dbname: 'master',
          language: 'us_english',
          denylogin: 0,
          hasaccess: 1,
          isntname: 0,
          isntgroup: 0,
          isntuser: 0,
          sysadmin: 1,
          loginname: 'sa',
        },
      ]
    },
  ),
]

function saRow({ instance }: ViewContext): ViewRow {
  return {
    name: instance.saLogin.name,
    principal_id: 1,
    sid: SA_SID,
    type: 'S',
    type_desc: 'SQL_LOGIN',
    is_disabled: instance.saLogin.disabled,
    ...dates(toSqlTime(instance.startedAt)),
    default_database_name: 'master',
    default_language_name: 'us_english',
  }
}

function serverRoleRows({ instance }: ViewContext): readonly ViewRow[] {
  const when = dates(toSqlTime(instance.startedAt))
  const role = (name: string, id: number): ViewRow => ({
    name,
    principal_id: id,
    sid: Uint8Array.of(id),
    type: 'R',
    type_desc: 'SERVER_ROLE',
    is_disabled: false,
    ...when,
    owning_principal_id: 1,
    is_fixed_role: name !== 'public',
  })
  return [
    role('public', PUBLIC_ID),
    ...SERVER_ROLES.map((name, index) => role(name, FIRST_ROLE_ID + index)),
  ]
}

function dates(time: SqlDateTime): ViewRow {
  return { create_date: time, modify_date: time }
}
