import { setImmediate as nextTick } from 'node:timers/promises'
import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { AdministrationStatement } from '../../tsql/index.ts'
import { typeOf } from '../catalog/column-list.ts'
import type { Database } from '../databases/database.ts'
import { inform } from '../messages.ts'
import type { AdministrationContext } from './administer.ts'
import { checkIdentity } from './check-identity.ts'

type Dbcc = Extract<AdministrationStatement, { kind: 'dbcc' }>

const COMPLETED =
  'DBCC execution completed. If DBCC printed error messages, contact your system administrator.'
/** Commands that change how SQL Server runs, and have nothing to change here. */
const WITHOUT_EFFECT = new Set(['TRACEON', 'TRACEOFF', 'FREEPROCCACHE', 'DROPCLEANBUFFERS'])

/** DBCC USEROPTIONS, CHECKDB, CHECKIDENT, and the commands that have nothing to do. */
export async function runDbcc(statement: Dbcc, context: AdministrationContext): Promise<void> {
  const { command, options } = statement
  if (command === 'USEROPTIONS') sendUserOptions(context)
  else if (command === 'CHECKDB') await checkDatabase(databaseOf(statement, context), context)
  else if (command === 'CHECKIDENT') checkIdentity(statement, context)
  else if (!WITHOUT_EFFECT.has(command)) {
    throw new SqlError(
      40_518,
      `DBCC command '${command}' is not supported by the Slipway sandbox engine.`,
    )
  }
  if (!options.includes('NO_INFOMSGS')) inform(context.out, 2528, COMPLETED, 10)
}

const ISOLATION_LEVEL = 'TRANSACTION ISOLATION LEVEL'

/** In SQL Server's order; those that are off are left out. */
const USER_OPTIONS = [
  'TEXTSIZE',
  'LANGUAGE',
  'DATEFORMAT',
  'DATEFIRST',
  'LOCK_TIMEOUT',
  'QUOTED_IDENTIFIER',
  'NOCOUNT',
  'ARITHABORT',
  'ANSI_NULL_DFLT_ON',
  'ANSI_WARNINGS',
  'ANSI_PADDING',
  'ANSI_NULLS',
  'CONCAT_NULL_YIELDS_NULL',
  'IMPLICIT_TRANSACTIONS',
  'XACT_ABORT',
  ISOLATION_LEVEL,
]

function sendUserOptions({ session, out }: AdministrationContext): void {
  const { options, collationId } = session.state
  const type = typeOf('nvarchar(128)', collationId)
  const column = (name: string) => ({
    name,
    type,
    nullable: true,
    identity: false,
    computed: false,
  })
  out.columns([column('Set Option'), column('Value')])
  const rows: SqlValue[][] = []
  for (const name of USER_OPTIONS) {
    const value = options.get(name)
    if (value === undefined || value === false) continue
    const shown = name === ISOLATION_LEVEL ? 'isolation level' : name.toLowerCase()
    rows.push([shown, value === true ? 'SET' : String(value).toLowerCase()])
  }
  for (const row of rows) out.row(row)
  out.doneInProc({ rowCount: rows.length })
}

/** Reads every row of every table, so that each of their pages is verified. */
async function checkDatabase(
  database: Database,
  { instance, session, out }: AdministrationContext,
): Promise<void> {
  const { content } = database
  let faults = 0
  for (const { objectId, type } of content.catalog.objects) {
    if (type !== 'U') continue
    await nextTick()
    try {
      const rows = content.scanTable(objectId, content.storedColumnIds(objectId))
      for (const _ of rows);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error
      faults += 1
      // An error of this severity would end the connection; here it is a finding.
      out.error(new SqlError(error.number, error.message, { severity: 16, cause: error }))
    }
  }
  const summary =
    `CHECKDB found 0 allocation errors and ${faults} consistency errors in database ` +
    `'${database.name}'.`
  inform(out, 8989, summary, 10)
  instance.log.write(
    `spid${session.spid}`,
    `DBCC CHECKDB (${database.name}) found ${faults} errors.`,
  )
}

function databaseOf(
  { arguments: args }: Dbcc,
  { instance, session }: AdministrationContext,
): Database {
  const [first] = args
  if (first === undefined) return instance.databases.get(session.database)
  if (first.kind === 'column') return instance.databases.get(first.parts.at(-1) ?? '')
  if (first.kind !== 'literal')
    throw new SqlError(2560, 'Parameter 1 is incorrect for this DBCC statement.')
  if (first.literalType !== 'integer') return instance.databases.get(first.text)
  const id = Number(first.text)
  const database =
    id === 0 ? instance.databases.find(session.database) : instance.databases.findById(id)
  if (database !== undefined) return database
  throw new SqlError(
    2520,
    `Could not find database '${first.text}'. The database either does not exist, or was dropped before a statement tried to use it. Verify if the database exists by querying the sys.databases catalog view.`,
  )
}
