import { DAYS_TO_1900, SqlDateTime } from '../../sql-type.ts'
import { parseType } from './parse-type.ts'
import type { SystemRows } from './system-rows.ts'

/** Object, class and reference numbers that the rows of the system tables carry. */
export const CLASSES = {
  assembly: 10,
  dataSpace: 31,
  schema: 50,
} as const
export const REFERENCES = {
  /** From a table and index to its filegroup, if that is not PRIMARY. */
  indexDataSpace: 7,
  /** From a table to the filegroup of its large values. */
  lobDataSpace: 8,
  roleMember: 25,
  referencedKey: 27,
  referencingColumn: 28,
  referencedColumn: 29,
  clrTypeAssembly: 38,
  schemaOwner: 50,
  roleOwner: 51,
  assemblyOwner: 52,
  /** From a key constraint to its index. */
  keyIndex: 93,
} as const

export const DBO = 1
export const SYS_SCHEMA = 4
export const SYSTEM_TYPE_SCHEMA = SYS_SCHEMA
export const PRIMARY_FILEGROUP = 1
export const PRIMARY_FILEGROUP_NAME = 'PRIMARY'
/** Ids of a database's own schemas and users come after those of the server. */
export const FIRST_USER_SCHEMA = 5
export const FIRST_USER_PRINCIPAL = 5
export const FIRST_ALIAS_TYPE = 257
export const NOT_NULL_TYPE = 1

const FIXED_ROLES: Readonly<Record<string, number>> = {
  db_owner: 16_384,
  db_accessadmin: 16_385,
  db_securityadmin: 16_386,
  db_ddladmin: 16_387,
  db_backupoperator: 16_389,
  db_datareader: 16_390,
  db_datawriter: 16_391,
  db_denydatareader: 16_392,
  db_denydatawriter: 16_393,
}
const USERS: Readonly<Record<string, number>> = { guest: 2, INFORMATION_SCHEMA: 3, sys: 4 }
const PUBLIC_SID = '01050000000000090400000083741b006749c04ba943c02702f2a762'
const FIXED_ROLE_SID = '010500000000000904000000000000000000000000000000'
/** The SID of the login sa. */
const SA_SID = Uint8Array.of(1)
const NO_SID = Uint8Array.of(0)

const SYSTEM_TYPES =
  'image text uniqueidentifier date time datetime2 datetimeoffset tinyint smallint int smalldatetime real money datetime float sql_variant ntext bit decimal numeric smallmoney bigint hierarchyid geometry geography varbinary varchar binary char timestamp nvarchar nchar xml sysname'
/** Types that sysscalartypes lists with the largest facets they can have. */
const LARGEST: Readonly<Record<string, string>> = {
  decimal: 'decimal(38,38)',
  numeric: 'numeric(38,38)',
  varbinary: 'varbinary(8000)',
  varchar: 'varchar(8000)',
  binary: 'binary(8000)',
  char: 'char(8000)',
  nvarchar: 'nvarchar(4000)',
  nchar: 'nchar(4000)',
}
const NEVER_NULL: readonly string[] = ['timestamp', 'sysname']

/** Principals that every database has, by name. */
export function builtInPrincipals(): Map<string, number> {
  return new Map([
    ['public', 0],
    ['dbo', DBO],
    ...Object.entries(USERS),
    ...Object.entries(FIXED_ROLES),
  ])
}

/** Schemas that every database has, by name. */
export function builtInSchemas(): Map<string, number> {
  return new Map([['dbo', DBO], ...Object.entries(USERS), ...Object.entries(FIXED_ROLES)])
}

/** What a new database holds before anything is made in it: schemas, principals, types, grants. */
export function addInitialRows(rows: SystemRows, collationId: number, created: SqlDateTime): void {
  addPrincipals(rows, created)
  for (const [name, id] of builtInSchemas()) addSchema(rows, { id, name, ownerId: id, created })
  addSystemTypes(rows, collationId, created)
  addSpatialTypes(rows, created)
  const grant = { class: 0, grantor: DBO, state: 'G' }
  rows.add('sysprivs', { ...grant, grantee: 0, type: 'VWCK' })
  rows.add('sysprivs', { ...grant, grantee: 0, type: 'VWCM' })
  rows.add('sysprivs', { ...grant, grantee: DBO, type: 'CO  ' })
}

export interface SchemaToAdd {
  readonly id: number
  readonly name: string
  readonly ownerId: number
  readonly created: SqlDateTime
}

export function addSchema(rows: SystemRows, { id, name, ownerId, created }: SchemaToAdd): void {
  rows.add('sysclsobjs', { class: CLASSES.schema, id, name, created, modified: created })
  rows.add('syssingleobjrefs', { class: REFERENCES.schemaOwner, depid: id, indepid: ownerId })
}

function addPrincipals(rows: SystemRows, created: SqlDateTime): void {
  const dates = { created, modified: created }
  const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
  rows.add('sysowners', { id: 0, name: 'public', type: 'R', sid: bytes(PUBLIC_SID), ...dates })
  rows.add('sysowners', { id: 1, name: 'dbo', type: 'S', sid: SA_SID, dfltsch: 'dbo', ...dates })
  for (const [name, id] of Object.entries(USERS)) {
    const guest = name === 'guest' ? { sid: NO_SID, dfltsch: 'guest' } : {}
    rows.add('sysowners', { id, name, type: 'S', ...guest, ...dates })
  }
  for (const [name, id] of Object.entries(FIXED_ROLES)) {
    const number = Buffer.alloc(4)
    number.writeUInt32LE(id)
    const sid = bytes(FIXED_ROLE_SID + number.toString('hex'))
    rows.add('sysowners', { id, name, type: 'R', sid, ...dates })
    rows.add('syssingleobjrefs', { class: REFERENCES.roleOwner, depid: id, indepid: DBO })
  }
  rows.add('sysmultiobjrefs', { class: REFERENCES.roleMember, depid: DBO, indepid: 16_384 })
}

function addSystemTypes(rows: SystemRows, collationId: number, created: SqlDateTime): void {
  for (const name of SYSTEM_TYPES.split(' ')) {
    const { type, systemTypeId, userTypeId, length } = parseType(LARGEST[name] ?? name, collationId)
    rows.add('sysscalartypes', {
      id: userTypeId,
      schid: SYSTEM_TYPE_SCHEMA,
      name,
      xtype: systemTypeId,
      length,
      prec: type.precision,
      scale: name === 'datetime' ? 3 : type.scale,
      collationid: type.collationId,
      status: NEVER_NULL.includes(name) ? NOT_NULL_TYPE : 0,
      created,
      modified: created,
    })
  }
}

/** hierarchyid, geometry and geography come from an assembly that every database names. */
function addSpatialTypes(rows: SystemRows, created: SqlDateTime): void {
  const dates = { created, modified: created }
  const name = 'Microsoft.SqlServer.Types'
  rows.add('sysclsobjs', { class: CLASSES.assembly, id: 1, name, status: 1, intprop: 3, ...dates })
  const owner = { class: REFERENCES.assemblyOwner, depid: 1, indepid: SYS_SCHEMA }
  rows.add('syssingleobjrefs', owner)
  const types = { SqlHierarchyId: 128, SqlGeometry: 129, SqlGeography: 130 }
  for (const [typeName, subid] of Object.entries(types)) {
    rows.add('sysbinsubobjs', { class: 11, idmajor: 1, subid, name: `${name}.${typeName}` })
    const assembly = { class: REFERENCES.clrTypeAssembly, depid: subid, indepid: 1 }
    rows.add('syssingleobjrefs', assembly)
  }
}

/** When SQL Server was given nothing: 1900-01-01. */
export const NO_DATE = new SqlDateTime(DAYS_TO_1900, 0)
