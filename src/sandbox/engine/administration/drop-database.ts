import { rm } from 'node:fs/promises'
import { SqlError } from '../../sql-error.ts'
import type { AdministrationStatement } from '../../tsql/index.ts'
import type { Database } from '../databases/database.ts'
import type { Instance } from '../instance/instance.ts'
import type { AdministrationContext } from './administer.ts'

type DropDatabase = Extract<AdministrationStatement, { kind: 'drop-database' }>

/** DROP DATABASE: forgets the databases and removes their files. */
export async function dropDatabases(
  { names, ifExists }: DropDatabase,
  { instance }: AdministrationContext,
): Promise<void> {
  for (const name of names) {
    const database = instance.databases.find(name)
    if (database !== undefined) await dropDatabase(database, instance)
    else if (!ifExists) throw doesNotExist(name)
  }
}

async function dropDatabase(database: Database, instance: Instance): Promise<void> {
  const { name } = database
  if (database.isSystem) {
    throw new SqlError(
      3708,
      `Cannot drop the database '${name}' because it is a system database.`,
      { state: 4 },
    )
  }
  if (instance.sessions.inDatabase(name).length > 0) {
    throw new SqlError(3702, `Cannot drop database "${name}" because it is currently in use.`, {
      state: 3,
    })
  }
  // Only files this engine holds locked: another one may have taken those of a closed database.
  const files = database.state === 'ONLINE' ? database.files : []
  await takeOffList(database, instance)
  // Now, not before: files without a database are only disk space, the reverse is a broken database.
  for (const file of files) await rm(file, { force: true })
  await database.takeDown('OFFLINE')
}

/** Takes a database off the durable list and closes it; its files stay. */
export async function forgetDatabase(database: Database, instance: Instance): Promise<void> {
  await takeOffList(database, instance)
  await database.takeDown('OFFLINE')
}

async function takeOffList(database: Database, instance: Instance): Promise<void> {
  instance.databases.remove(database)
  try {
    await instance.saveMaster()
  } catch (error) {
    instance.databases.add(database)
    throw error
  }
}

function doesNotExist(name: string): SqlError {
  return new SqlError(
    3701,
    `Cannot drop the database '${name}', because it does not exist or you do not have permission.`,
    { severity: 11 },
  )
}
