import type { CatalogObject } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { findUserObject } from '../catalog/find-object.ts'
import { typeDescription } from '../catalog/object-types.ts'
import { collationNameOrNull, systemTypeName } from '../catalog/system-types.ts'
import { pagesToKilobytes } from '../catalog/views/databases.ts'
import { objectsOf, schemaNameOf } from '../catalog/views/objects.ts'
import type { Database } from '../databases/database.ts'
import type { ContentFile } from '../databases/database-content.ts'
import { parseProcedureName } from '../session/procedure-name.ts'
import {
  type EngineProcedure,
  type ProcedureContext,
  requiredText,
  sendRows,
  textArgument,
} from './engine-procedure.ts'

const PAGES_PER_MB = 128
/** sp_helptext sends a definition in lines of at most this many characters. */
const TEXT_LINE_CHARACTERS = 255

const help: EngineProcedure = async (args, context) => {
  const name = textArgument(args, 'objname', 0)
  if (name === undefined) {
    await listObjects(context)
    return 0
  }
  const object = objectOf(name, context, 'sp_help')
  await sendRows(
    context,
    `Name nvarchar(128)
    Owner nvarchar(128) ?
    Type nvarchar(31)
    Created_datetime datetime`,
    [
      {
        Name: object.name,
        Owner: schemaNameOf(object, context),
        Type: typeWords(object),
        Created_datetime: object.createDate,
      },
    ],
  )
  await sendObjectColumns(object, context)
  return 0
}

async function listObjects(context: ProcedureContext): Promise<void> {
  await sendRows(
    context,
    `Name nvarchar(128)
    Owner nvarchar(128) ?
    Object_type nvarchar(31)`,
    objectsOf(context).map((object) => ({
      Name: object.name,
      Owner: schemaNameOf(object, context),
      Object_type: typeWords(object),
    })),
  )
}

async function sendObjectColumns(object: CatalogObject, context: ProcedureContext): Promise<void> {
  const columns = context.database.content.catalog.columns(object.objectId)
  if (columns.length === 0) return
  const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
  await sendRows(
    context,
    `Column_name nvarchar(128)
    Type nvarchar(128)
    Computed varchar(35)
    Length int
    Prec char(5) ?
    Scale char(5) ?
    Nullable varchar(35)
    TrimTrailingBlanks varchar(35)
    FixedLenNullInSource varchar(35)
    Collation sysname ?`,
    columns.map((column) => ({
      Column_name: column.name,
      Type: systemTypeName(column.systemTypeId),
      Computed: yesNo(column.isComputed),
      Length: column.type.maxLength,
      Prec: column.type.precision === 0 ? null : String(column.type.precision),
      Scale: column.type.precision === 0 ? null : String(column.type.scale),
      Nullable: yesNo(column.isNullable),
      TrimTrailingBlanks: column.type.collationId === 0 ? '(n/a)' : yesNo(!column.isAnsiPadded),
      FixedLenNullInSource: column.type.collationId === 0 ? '(n/a)' : yesNo(column.isNullable),
      Collation: collationNameOrNull(column.type.collationId),
    })),
  )
}

const helpText: EngineProcedure = async (args, context) => {
  const procedure = 'sp_helptext'
  const name = requiredText(args, { name: 'objname', position: 0, procedure })
  const object = objectOf(name, context, procedure)
  const text = context.database.content.catalog.moduleText(object.objectId)?.text
  if (text === undefined) {
    throw new SqlError(15_197, `There is no text for object '${name}'.`, { procedure })
  }
  await sendRows(
    context,
    'Text nvarchar(255) ?',
    textLines(text).map((Text) => ({ Text })),
  )
  return 0
}

/** Lines with their ends, long ones in pieces. */
function textLines(text: string): readonly string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  return lines.flatMap(
    (line) => line.match(new RegExp(`[\\s\\S]{1,${TEXT_LINE_CHARACTERS}}`, 'g')) ?? [],
  )
}

const helpDatabase: EngineProcedure = async (args, context) => {
  const name = textArgument(args, 'dbname', 0)
  const { databases } = context.instance
  const found = name === undefined ? databases.list() : [databases.find(name)]
  const shown = found.filter((database) => database !== undefined)
  if (shown.length === 0) {
    throw new SqlError(
      15_010,
      `The database '${name}' does not exist. Supply a valid database name. To see available ` +
        'databases, use sys.databases.',
      { procedure: 'sp_helpdb' },
    )
  }
  await sendRows(
    context,
    `name sysname
    db_size nvarchar(13) ?
    owner sysname ?
    dbid smallint
    created nvarchar(11) ?
    status nvarchar(600) ?
    compatibility_level tinyint`,
    shown.map((database) => ({
      name: database.name,
      db_size: `${formatMegabytes(database)} MB`.padStart(13),
      owner: 'sa',
      dbid: database.id,
      created: formatDay(database.attachedAt),
      status: statusText(database),
      compatibility_level: database.openContent?.settings.compatibilityLevel ?? 0,
    })),
  )
  if (name !== undefined && shown[0] !== undefined) await sendFiles(shown[0], context)
  return 0
}

function formatMegabytes({ openContent }: Database): string {
  const pages = (openContent?.files ?? []).reduce((sum, file) => sum + file.sizePages, 0)
  return (pages / PAGES_PER_MB).toFixed(2)
}

/** `Mar  1 2026` */
function formatDay(time: Date): string {
  const month = time.toLocaleString('en-US', { month: 'short' })
  return `${month} ${String(time.getDate()).padStart(2)} ${time.getFullYear()}`
}

function statusText({ state, isReadOnly, userAccess, openContent }: Database): string {
  const settings = openContent?.settings
  const parts = [
    `Status=${state}`,
    `Updateability=${isReadOnly ? 'READ_ONLY' : 'READ_WRITE'}`,
    `UserAccess=${userAccess}`,
  ]
  if (settings !== undefined) {
    parts.push(`Recovery=${settings.recoveryModel}`, `Version=${settings.internalVersion}`)
    parts.push(`Collation=${collationNameOrNull(settings.collationId)}`)
  }
  return parts.join(', ')
}

const helpFile: EngineProcedure = async (_args, context) => {
  await sendFiles(context.database, context)
  return 0
}

async function sendFiles(database: Database, context: ProcedureContext): Promise<void> {
  const filegroups = database.openContent?.catalog.filegroups ?? []
  await sendRows(
    context,
    `name sysname
    fileid smallint
    filename nvarchar(260)
    filegroup sysname ?
    size nvarchar(18) ?
    maxsize nvarchar(18) ?
    growth nvarchar(18) ?
    usage varchar(9) ?`,
    (database.openContent?.files ?? []).map((file) => ({
      name: file.logicalName,
      fileid: file.fileId,
      filename: file.path,
      filegroup:
        filegroups.find(({ filegroupId }) => !file.isLog && filegroupId === file.filegroupId)
          ?.name ?? null,
      size: `${pagesToKilobytes(file.sizePages)} KB`,
      maxsize: file.maxSizePages < 0 ? 'Unlimited' : `${pagesToKilobytes(file.maxSizePages)} KB`,
      growth: growthText(file),
      usage: file.isLog ? 'log only' : 'data only',
    })),
  )
}

function growthText({ growth, growthIsPercent }: ContentFile): string {
  return growthIsPercent ? `${growth}%` : `${pagesToKilobytes(growth)} KB`
}

/** `user table`, as sp_help writes sys.objects.type_desc. */
function typeWords({ type }: CatalogObject): string {
  return (typeDescription(type) ?? type).toLowerCase().replaceAll('_', ' ')
}

function objectOf(name: string, { database }: ProcedureContext, procedure: string): CatalogObject {
  const object = findUserObject(parseProcedureName(name), database.content)
  if (object !== undefined) return object
  throw new SqlError(
    15_009,
    `The object '${name}' does not exist in database '${database.name}' or is invalid for this operation.`,
    { procedure },
  )
}

export const HELP_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_help: help,
  sp_helpdb: helpDatabase,
  sp_helpfile: helpFile,
  sp_helptext: helpText,
}
