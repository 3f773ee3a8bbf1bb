import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { PlatformError, systemErrorCode, writeFileAtomic } from '../../../base/index.ts'
import type { PasswordHash } from './logins.ts'

/** How a database the engine has to attach again at start was left. */
export interface AttachedDatabase {
  readonly name: string
  readonly id: number
  readonly files: readonly string[]
  readonly attachedAt: string
  readonly state: 'ONLINE' | 'OFFLINE'
  readonly isReadOnly: boolean
  readonly userAccess: 'MULTI_USER' | 'SINGLE_USER' | 'RESTRICTED_USER'
}

/** What must outlive the process: SQL Server keeps it in `master`. */
export interface MasterRecord {
  readonly format: 1
  readonly createdAt: string
  readonly saPassword: PasswordHash | null
  readonly saDisabled: boolean
  readonly databases: readonly AttachedDatabase[]
}

/** The master record's file: `master.json` in the data folder, replaced as a whole at each change. */
export class MasterFile {
  readonly path: string
  /** Writes happen one after the other, in the order they were asked for. */
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(dataFolder: string) {
    this.path = path.join(dataFolder, 'master.json')
  }

  /**
   * The record; undefined before the first start in this data folder.
   * @throws PlatformError FILE_DAMAGED when the file is not one that `write` wrote
   */
  async read(): Promise<MasterRecord | undefined> {
    let text: string
    try {
      text = await readFile(this.path, 'utf8')
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined
      throw error
    }
    return parseMasterRecord(text, this.path)
  }

  /** @throws a system error when the disk is full; the file then has its old content. */
  write(record: MasterRecord): Promise<void> {
    const content = `${JSON.stringify(record, undefined, 2)}\n`
    const write = this.#lastWrite.then(() => writeFileAtomic(this.path, content, { mode: 0o600 }))
    this.#lastWrite = write.catch(() => undefined) // the caller gets the failure; the next write goes on
    return write
  }
}

function parseMasterRecord(text: string, file: string): MasterRecord {
  try {
    const value: unknown = JSON.parse(text)
    if (isMasterRecord(value)) return value
  } catch (error) {
    throw damaged(file, error)
  }
  throw damaged(file)
}

function isMasterRecord(value: unknown): value is MasterRecord {
  if (typeof value !== 'object' || value === null) return false
  return 'format' in value && value.format === 1 && 'databases' in value && 'saPassword' in value
}

function damaged(file: string, cause?: unknown): PlatformError {
  return new PlatformError('FILE_DAMAGED', `${file} is not a master record of this engine`, {
    cause,
    details: { path: file },
  })
}
