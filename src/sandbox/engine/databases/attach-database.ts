import { existsSync } from 'node:fs'
import type { SqlError } from '../../sql-error.ts'
import { attachErrors } from './attach-error.ts'
import { Database } from './database.ts'
import type { DatabaseContent } from './database-content.ts'
import type { DatabaseList } from './database-list.ts'
import { findFiles } from './find-files.ts'
import { openContent } from './open-content.ts'

export interface AttachRequest {
  readonly name: string
  /** The primary file first. */
  readonly paths: readonly string[]
  readonly rebuildLog: boolean
  readonly attachedAt: Date
}

export interface AttachOutcome {
  readonly database: Database
  /** Log files that are absent; SQL Server would make a new one. */
  readonly missingLogs: readonly string[]
}

/** Why a database could not be attached: the fault, and what CREATE DATABASE says after it. */
export class AttachFailure extends Error {
  static {
    AttachFailure.prototype.name = 'AttachFailure'
  }

  readonly fault: SqlError
  readonly consequence: SqlError

  constructor(
    errors: { readonly cause: SqlError; readonly consequence: SqlError },
    cause: unknown,
  ) {
    super(errors.cause.message, { cause })
    this.fault = errors.cause
    this.consequence = errors.consequence
  }
}

/**
 * Opens a database from its files and adds it to the list, online.
 *
 * @throws SqlError 1801 when the name is in use; AttachFailure when the files do not do
 */
export async function attachDatabase(
  databases: DatabaseList,
  request: AttachRequest,
): Promise<AttachOutcome> {
  const id = databases.reserve(request.name)
  try {
    const { paths, missingLogs } = findFiles(request.paths, request)
    const content = await openFor(request, paths, id)
    const database = new Database({
      id,
      name: request.name,
      isSystem: false,
      attachedAt: request.attachedAt,
      files: paths,
    })
    database.bringOnline(content)
    databases.add(database)
    return { database, missingLogs }
  } catch (error) {
    databases.release(request.name)
    throw error
  }
}

async function openFor(
  { name }: AttachRequest,
  paths: readonly string[],
  databaseId: number,
): Promise<DatabaseContent> {
  try {
    return await openContent(paths, databaseId)
  } catch (error) {
    const errors = attachErrors(error, { name, databaseId, paths })
    if (errors === undefined) throw error
    throw new AttachFailure(errors, error)
  }
}

/**
 * Opens a database again whose files are known: at start, and for SET ONLINE. On failure it is left
 * RECOVERY_PENDING (files missing or in use) or SUSPECT (damaged).
 *
 * @returns the fault, undefined when the database is online
 */
export async function reopenDatabase(database: Database): Promise<SqlError | undefined> {
  const { name, id, files } = database
  try {
    database.bringOnline(await openContent(files, id))
    return undefined
  } catch (error) {
    const errors = attachErrors(error, { name, databaseId: id, paths: files })
    if (errors === undefined) throw error
    const areThere = files.every((file) => existsSync(file)) && errors.cause.number !== 5120
    await database.takeDown(areThere ? 'SUSPECT' : 'RECOVERY_PENDING')
    return errors.cause
  }
}
