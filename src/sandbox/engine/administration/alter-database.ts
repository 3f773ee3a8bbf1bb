import { setTimeout as delay } from 'node:timers/promises'
import { SqlError } from '../../sql-error.ts'
import type { AdministrationStatement } from '../../tsql/index.ts'
import { reopenDatabase } from '../databases/attach-database.ts'
import type { Database } from '../databases/database.ts'
import { inform, notSupported } from '../messages.ts'
import type { Session } from '../session/session.ts'
import type { AdministrationContext } from './administer.ts'

type AlterDatabase = Extract<AdministrationStatement, { kind: 'alter-database' }>
type Change = (database: Database, context: AdministrationContext) => Promise<void> | void

/** What SET changes, by the option's words. */
const OPTIONS: Readonly<Record<string, Change>> = {
  MULTI_USER: (database) => {
    database.userAccess = 'MULTI_USER'
  },
  RESTRICTED_USER: (database) => {
    database.userAccess = 'RESTRICTED_USER'
  },
  SINGLE_USER: (database) => {
    database.userAccess = 'SINGLE_USER'
  },
  READ_ONLY: (database) => {
    database.isReadOnly = true
  },
  READ_WRITE: (database) => {
    database.isReadOnly = false
  },
  OFFLINE: (database) => database.takeDown('OFFLINE'),
  ONLINE: bringOnline,
}
/** Options that need the database for themselves. */
const EXCLUSIVE_OPTIONS = new Set(['SINGLE_USER', 'OFFLINE', 'READ_ONLY', 'READ_WRITE'])

/** ALTER DATABASE … SET … and MODIFY NAME. Several options are checked before the first is set. */
export async function alterDatabase(
  statement: AlterDatabase,
  context: AdministrationContext,
): Promise<void> {
  const { instance, session, out } = context
  const database = instance.databases.find(statement.name || session.database)
  if (database === undefined) return failed(out, doesNotExist(statement.name))
  if (database.isSystem) throw notForSystemDatabase(database, statement)
  if (statement.newName !== undefined) {
    await rename(database, statement.newName, context)
    return
  }
  const changes = statement.options.map((option) => {
    const change = OPTIONS[option]
    if (change === undefined) throw notSupported(`ALTER DATABASE … SET ${option}`)
    return change
  })
  if (statement.options.some((option) => EXCLUSIVE_OPTIONS.has(option))) {
    await endOtherSessions(database, statement.termination, context)
  }
  for (const change of changes) await change(database, context)
  await instance.saveMaster()
}

async function bringOnline(database: Database, { out }: AdministrationContext): Promise<void> {
  if (database.state === 'ONLINE') return
  const fault = await reopenDatabase(database)
  if (fault !== undefined) failed(out, fault)
}

async function rename(
  database: Database,
  newName: string,
  { instance, session, out }: AdministrationContext,
): Promise<void> {
  const oldName = database.name
  if (othersIn(database, { instance, session }).length > 0) {
    throw new SqlError(
      5030,
      'The database could not be exclusively locked to perform the operation.',
      { state: 2 },
    )
  }
  const isCurrent = session.database === oldName
  instance.databases.rename(database, newName)
  await instance.saveMaster().catch((error: unknown) => {
    instance.databases.rename(database, oldName)
    throw error
  })
  if (isCurrent && database.state === 'ONLINE') session.moveTo(database)
  inform(out, 5021, `The database name '${newName}' has been set.`)
}

/** Makes room for an option: as the statement's WITH says, or fails at once when it says nothing. */
async function endOtherSessions(
  database: Database,
  termination: string,
  context: AdministrationContext,
): Promise<void> {
  const { out } = context
  const seconds = /^ROLLBACK AFTER (\d+)/.exec(termination)?.[1]
  if (seconds !== undefined) await waitForOthers(database, Number(seconds), context)
  const others = othersIn(database, context)
  if (others.length === 0) return
  if (!termination.startsWith('ROLLBACK')) {
    failed(
      out,
      new SqlError(
        5070,
        `Database state cannot be changed while other users are using the database '${database.name}'`,
        { state: 2 },
      ),
    )
  }
  for (const done of [0, 100]) {
    const message = `Nonqualified transactions are being rolled back. Estimated rollback completion: ${done}%.`
    inform(out, 5060, message)
  }
  for (const other of others) other.kill()
}

const POLL_MS = 50

async function waitForOthers(
  database: Database,
  seconds: number,
  context: AdministrationContext,
): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (othersIn(database, context).length > 0 && performance.now() < end) await delay(POLL_MS)
}

function othersIn(
  database: Database,
  { instance, session }: Pick<AdministrationContext, 'instance' | 'session'>,
): readonly Session[] {
  return instance.sessions.inDatabase(database.name).filter((other) => other !== session)
}

/** SQL Server says what is wrong, and then that the statement failed. */
function failed(out: AdministrationContext['out'], fault: SqlError): never {
  out.error(fault)
  throw new SqlError(5069, 'ALTER DATABASE statement failed.')
}

function doesNotExist(name: string): SqlError {
  return new SqlError(
    5011,
    `User does not have permission to alter database '${name}', the database does not exist, or ` +
      'the database is not in a state that allows access checks.',
    { severity: 14, state: 5 },
  )
}

function notForSystemDatabase({ name }: Database, { options }: AlterDatabase): SqlError {
  const option = options[0] ?? 'MODIFY NAME'
  return new SqlError(5058, `Option '${option}' cannot be set in database '${name}'.`)
}
