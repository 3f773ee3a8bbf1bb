import { cpus, totalmem } from 'node:os'
import { PAGE_SIZE } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { forgetDatabase } from '../administration/drop-database.ts'
import { statusOf } from '../catalog/views/sessions.ts'
import { SERVER_VERSION } from '../instance/server-identity.ts'
import { type EngineProcedure, requiredText, sendRows, textArgument } from './engine-procedure.ts'

const KIB = 1024

/** sp_detach_db: lets go of a database's files, which stay as they are. */
const detachDatabase: EngineProcedure = async (args, { instance }) => {
  const procedure = 'sp_detach_db'
  const name = requiredText(args, { name: 'dbname', position: 0, procedure })
  const database = instance.databases.find(name)
  if (database === undefined) {
    throw new SqlError(
      15_010,
      `The database '${name}' does not exist. Supply a valid database name. To see available ` +
        'databases, use sys.databases.',
      { procedure },
    )
  }
  if (database.isSystem) {
    throw new SqlError(
      7940,
      'System databases master, model, msdb, and tempdb cannot be detached.',
      { procedure },
    )
  }
  if (instance.sessions.inDatabase(database.name).length > 0) {
    throw new SqlError(
      3703,
      `Cannot detach the database '${database.name}' because it is currently in use.`,
      { procedure, state: 2 },
    )
  }
  await forgetDatabase(database, instance)
  return 0
}

const listDatabases: EngineProcedure = async (_args, context) => {
  const rows = context.instance.databases.list().map((database) => {
    const pages = (database.openContent?.files ?? []).reduce((sum, file) => sum + file.sizePages, 0)
    return { DATABASE_NAME: database.name, DATABASE_SIZE: pages * (PAGE_SIZE / KIB) }
  })
  await sendRows(
    context,
    `DATABASE_NAME sysname ?
    DATABASE_SIZE int ?
    REMARKS varchar(254) ?`,
    rows,
  )
  return 0
}

const who: EngineProcedure = async (_args, context) => {
  const rows = context.instance.sessions.list().map((session) => ({
    spid: session.spid,
    status: statusOf(session),
    loginame: session.state.loginName,
    hostname: session.state.hostName,
    blk: '0',
    dbname: session.database,
    cmd: session.request?.command ?? 'AWAITING COMMAND',
  }))
  await sendRows(
    context,
    `spid smallint
    ecid smallint
    status nchar(30)
    loginame nvarchar(128) ?
    hostname nchar(128)
    blk char(5) ?
    dbname nvarchar(128) ?
    cmd nchar(26)
    request_id int`,
    rows,
  )
  return 0
}

const whoTwo: EngineProcedure = async (_args, context) => {
  const rows = context.instance.sessions.list().map((session) => ({
    SPID: String(session.spid).padEnd(5),
    Status: statusOf(session),
    Login: session.state.loginName,
    HostName: session.state.hostName,
    BlkBy: '  .',
    DBName: session.database,
    Command: session.request?.command ?? 'AWAITING COMMAND',
    CPUTime: '0',
    DiskIO: '0',
    LastBatch: formatLastBatch(session.lastRequestAt),
    ProgramName: session.state.applicationName,
    SPID2: String(session.spid).padEnd(5),
    REQUESTID: '0',
  }))
  await sendRows(
    context,
    `SPID char(5) ?
    Status nvarchar(30)
    Login nvarchar(128)
    HostName nvarchar(128) ?
    BlkBy char(5) ?
    DBName nvarchar(128) ?
    Command nvarchar(26)
    CPUTime varchar(30) ?
    DiskIO varchar(30) ?
    LastBatch varchar(30) ?
    ProgramName nvarchar(128) ?
    SPID2 char(5) ?
    REQUESTID char(5) ?`,
    rows,
  )
  return 0
}

/** `03/01 12:00:00` */
function formatLastBatch(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
  return `${two(time.getMonth() + 1)}/${two(time.getDate())} ${clock}`
}

const versionDetails: EngineProcedure = async (args, context) => {
  const { major, minor, build } = SERVER_VERSION
  const memoryMb = Math.floor(totalmem() / KIB / KIB)
  const details: readonly (readonly [string, number | null, string])[] = [
    ['ProductName', null, 'Slipway sandbox engine'],
    ['ProductVersion', (major << 16) | minor, `${major}.${minor}.${build}.6`],
    ['Language', 1033, 'English (United States)'],
    ['Platform', null, process.arch],
    ['FileDescription', null, 'SQL Server-compatible engine for development'],
    ['ProcessorCount', cpus().length, String(cpus().length)],
    ['PhysicalMemory', memoryMb, `${memoryMb} (${totalmem()})`],
  ]
  const wanted = textArgument(args, 'optname', 0)?.toLowerCase()
  const rows = details
    .map(([Name, value, text], index) => ({
      Index: index + 1,
      Name,
      Internal_Value: value,
      Character_Value: text,
    }))
    .filter(({ Name }) => wanted === undefined || Name.toLowerCase() === wanted)
  await sendRows(
    context,
    `Index int ?
    Name nvarchar(32) ?
    Internal_Value int ?
    Character_Value nvarchar(128) ?`,
    rows,
  )
  return 0
}

const serverInfo: EngineProcedure = async (_args, context) => {
  const { major, minor, build } = SERVER_VERSION
  const attributes: readonly (readonly [number, string, string])[] = [
    [1, 'DBMS_NAME', 'Microsoft SQL Server'],
    [2, 'DBMS_VER', `Slipway sandbox engine - ${major}.${minor}.${build}.6`],
    [10, 'OWNER_TERM', 'owner'],
    [11, 'TABLE_TERM', 'table'],
    [12, 'MAX_OWNER_NAME_LENGTH', '128'],
    [13, 'TABLE_LENGTH', '128'],
    [14, 'MAX_QUAL_LENGTH', '128'],
    [15, 'COLUMN_LENGTH', '128'],
    [16, 'IDENTIFIER_CASE', 'MIXED'],
    [17, 'TX_ISOLATION', '2'],
    [18, 'COLLATION_SEQ', `charset=iso_1 collation=${collationOf(context)}`],
    [19, 'SAVEPOINT_SUPPORT', 'N'],
    [100, 'USERID_LENGTH', '128'],
    [101, 'QUALIFIER_TERM', 'database'],
  ]
  await sendRows(
    context,
    `attribute_id int
    attribute_name varchar(60)
    attribute_value varchar(255)`,
    attributes.map(([id, name, value]) => ({
      attribute_id: id,
      attribute_name: name,
      attribute_value: value,
    })),
  )
  return 0
}

function collationOf({ instance }: Parameters<EngineProcedure>[1]): string {
  return String(instance.properties.get('COLLATION') ?? '')
}

export const SERVER_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_databases: listDatabases,
  sp_detach_db: detachDatabase,
  sp_server_info: serverInfo,
  sp_who: who,
  sp_who2: whoTwo,
  xp_msver: versionDetails,
}
