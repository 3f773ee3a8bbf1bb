import path from 'node:path'
import { PlatformError } from '../../../base/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { AdministrationStatement } from '../../tsql/index.ts'
import { AttachFailure, attachDatabase } from '../databases/attach-database.ts'
import { inform, notSupported } from '../messages.ts'
import type { AdministrationContext } from './administer.ts'

type CreateDatabase = Extract<AdministrationStatement, { kind: 'create-database' }>

/** CREATE DATABASE … FOR ATTACH and FOR ATTACH_REBUILD_LOG. */
export async function createDatabase(
  statement: CreateDatabase,
  { instance, session, out }: AdministrationContext,
): Promise<void> {
  const source = `spid${session.spid}`
  if (statement.attach === 'none') throw notSupported('CREATE DATABASE without FOR ATTACH')
  const paths = namedPaths(statement, instance.dataFolder)
  try {
    const { database, missingLogs } = await attachDatabase(instance.databases, {
      name: statement.name,
      paths,
      rebuildLog: statement.attach === 'attach-rebuild-log',
      attachedAt: instance.clock.now(),
    })
    instance.log.write(source, `Starting up database '${database.name}'.`)
    for (const log of missingLogs) {
      inform(
        out,
        5105,
        `File activation failure. The physical file name "${log}" may be incorrect.`,
        10,
      )
    }
    if (missingLogs.length > 0 || statement.attach === 'attach-rebuild-log') {
      inform(out, 0, 'The Slipway sandbox serves the database without a log and wrote no new one.')
    }
    await saveOrUndo({ instance, database })
  } catch (error) {
    if (!(error instanceof AttachFailure)) throw error
    instance.log.writeError(source, error.fault, error.fault.message)
    // The sandbox's own words often name more than SQL Server's do.
    const { cause } = error
    if (cause instanceof PlatformError) instance.log.write(source, cause.message)
    out.error(error.fault)
    throw error.consequence
  }
}

/** A database that could not be recorded must not look attached: a restart would not know it. */
async function saveOrUndo({
  instance,
  database,
}: Pick<AdministrationContext, 'instance'> & {
  readonly database: Awaited<ReturnType<typeof attachDatabase>>['database']
}): Promise<void> {
  try {
    await instance.saveMaster()
  } catch (error) {
    instance.databases.remove(database)
    await database.takeDown('OFFLINE')
    throw error
  }
}

/** The files of the statement, the primary first; relative ones are in the data folder. */
function namedPaths(statement: CreateDatabase, dataFolder: string): readonly string[] {
  if (statement.files.length === 0) {
    throw new SqlError(
      1829,
      'The FOR ATTACH option requires that at least the primary file be specified.',
    )
  }
  return [...statement.files, ...statement.logFiles].map(({ physicalPath }) => {
    if (physicalPath !== '') return path.resolve(dataFolder, physicalPath)
    throw new SqlError(
      5105,
      "A file activation error occurred. The physical file name '' may be incorrect. Diagnose and " +
        'correct additional errors, and retry the operation.',
      { state: 2 },
    )
  })
}
