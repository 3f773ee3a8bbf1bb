import { SqlVariant } from '../../sql-type.ts'
import {
  addSchema,
  CLASSES,
  NOT_NULL_TYPE,
  PRIMARY_FILEGROUP,
  REFERENCES,
} from '../catalog/initial-rows.ts'
import { parseType } from '../catalog/parse-type.ts'
import type { SystemRows } from '../catalog/system-rows.ts'
import type { DatabaseNames } from './database-names.ts'
import type { DatabaseDefinition, ExtendedPropertyDefinition } from './definition.ts'
import type { DescribeContext } from './describe-context.ts'
import type { ObjectIds } from './describe-modules.ts'
import { invalidDefinition } from './invalid-definition.ts'
import type { PlannedFile } from './plan-files.ts'
import type { PlannedTable } from './plan-table.ts'

const IS_DEFAULT_FILEGROUP = 1
const DATABASE_PROPERTY = 0
const OBJECT_PROPERTY = 1
const LONGEST_PROPERTY = 3750
// sysprufiles.status and sysfiles1.status.
const FILE_STATUS = { growsByPages: 0x200, growsByPercent: 0x220 } as const
const FILE1_STATUS = { data: 0x2, log: 0x42, growsByPercent: 0x100000 } as const
const FILE_TYPES = { ROWS: 0, LOG: 1 } as const

/** Schemas, users, roles and alias types. */
export function describePrincipals(
  context: DescribeContext,
  names: DatabaseNames,
  definition: DatabaseDefinition,
): void {
  const { rows, created } = context
  const dates = { created, modified: created }
  for (const { name, owner = 'dbo' } of definition.schemas ?? []) {
    const where = `schema ${name}`
    const [id, ownerId] = [names.schema(name, where), names.principal(owner, where)]
    addSchema(rows, { id, name, ownerId, created })
  }
  for (const { name, type, defaultSchema = 'dbo', memberOf = [] } of definition.principals ?? []) {
    const where = `${type} ${name}`
    const id = names.principal(name, where)
    const isUser = type === 'user'
    const sid = Buffer.from(names.guid(`principal ${name}`).replaceAll('-', ''), 'hex')
    const user = isUser
      ? { type: 'S', sid, dfltsch: defaultSchema }
      : { type: 'R', sid: roleSid(sid) }
    rows.add('sysowners', { id, name, ...user, ...dates })
    if (!isUser)
      rows.add('syssingleobjrefs', { class: REFERENCES.roleOwner, depid: id, indepid: 1 })
    for (const role of memberOf) {
      const indepid = names.principal(role, where)
      rows.add('sysmultiobjrefs', { class: REFERENCES.roleMember, depid: id, indepid })
    }
  }
  describeAliasTypes(context, names, definition)
}

/** Authority 9 is that of roles. */
function roleSid(guid: Buffer): Buffer {
  return Buffer.concat([Buffer.from('010500000000000904000000', 'hex'), guid])
}

function describeAliasTypes(
  { rows, created }: DescribeContext,
  names: DatabaseNames,
  { aliasTypes = [] }: DatabaseDefinition,
): void {
  for (const { schema, name } of aliasTypes) {
    const alias = names.aliasTypes.get(`${schema ?? 'dbo'}.${name}`.toLowerCase())
    if (alias === undefined) continue
    rows.add('sysscalartypes', {
      id: alias.userTypeId,
      schid: names.schema(schema, `type ${name}`),
      name,
      xtype: alias.systemTypeId,
      length: alias.length,
      prec: alias.type.precision,
      scale: alias.type.scale,
      collationid: alias.type.collationId,
      status: alias.isNullable ? 0 : NOT_NULL_TYPE,
      created,
      modified: created,
    })
  }
}

export function describeFilegroups({ rows, created }: DescribeContext, names: DatabaseNames): void {
  for (const [name, id] of names.filegroups) {
    const isPrimary = id === PRIMARY_FILEGROUP
    const status = isPrimary ? IS_DEFAULT_FILEGROUP : 0
    const dates = { created, modified: created }
    rows.add('sysclsobjs', { class: CLASSES.dataSpace, id, name, status, type: 'FG', ...dates })
    const fgguid = isPrimary ? null : names.guid(`filegroup ${name}`)
    rows.add('sysphfg', { dbfragid: 1, phfgid: id, fgid: id, type: 'FG', fgguid, name })
  }
}

/** The files as they are now; replaces what was said of them before. */
export function describeFiles(
  rows: SystemRows,
  files: readonly PlannedFile[],
  sizePagesOf: (file: PlannedFile) => number,
): void {
  rows.clear('sysprufiles')
  rows.clear('sysfiles1')
  for (const file of files) describeFile(rows, file, sizePagesOf(file))
}

function describeFile(rows: SystemRows, file: PlannedFile, size: number): void {
  const { fileId, filegroupId, type, logicalName, path, growth, growthIsPercent } = file
  rows.add('sysprufiles', {
    dbfragid: 1,
    fileid: fileId,
    grpid: filegroupId,
    status: growthIsPercent ? FILE_STATUS.growsByPercent : FILE_STATUS.growsByPages,
    filetype: FILE_TYPES[type],
    size,
    maxsize: file.maxSizePages,
    growth,
    lname: logicalName,
    pname: path,
    fileguid: file.fileGuid,
  })
  const kind = type === 'LOG' ? FILE1_STATUS.log : FILE1_STATUS.data
  const percent = growthIsPercent ? FILE1_STATUS.growsByPercent : 0
  const texts = { name: logicalName.padEnd(128), filename: path.slice(0, 260).padEnd(260) }
  rows.add('sysfiles1', { status: kind | percent, fileid: fileId, ...texts })
}

/** @throws PlatformError INVALID_ARGUMENT when what a property belongs to is not there */
export function describeProperties(
  { rows, collationId }: DescribeContext,
  properties: readonly ExtendedPropertyDefinition[],
  { objects, tables }: { readonly objects: ObjectIds; readonly tables: readonly PlannedTable[] },
): void {
  for (const { name, value, schema = 'dbo', object, column } of properties) {
    const where = `extended property ${name}`
    if (value.length > LONGEST_PROPERTY) {
      throw invalidDefinition(where, `its value has over ${LONGEST_PROPERTY} characters`)
    }
    const id = object === undefined ? 0 : objects.get(`${schema}.${object}`.toLowerCase())
    if (id === undefined) throw invalidDefinition(where, `there is no ${schema}.${object}`)
    const columns = tables.find(({ objectId }) => objectId === id)?.columns ?? []
    const subid =
      column === undefined
        ? 0
        : columns.find(({ definition }) => definition.name === column)?.columnId
    if (subid === undefined)
      throw invalidDefinition(where, `there is no column ${object}.${column}`)
    const { type } = parseType('nvarchar(4000)', collationId)
    rows.add('sysxprops', {
      class: object === undefined ? DATABASE_PROPERTY : OBJECT_PROPERTY,
      id,
      subid,
      name,
      value: new SqlVariant({ ...type, maxLength: Math.max(2, 2 * value.length) }, value),
    })
  }
}
