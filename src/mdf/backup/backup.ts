import { PlatformError } from '../../base/index.ts'
import { BackupSet } from './backup-set.ts'
import { ByteFile } from './byte-file.ts'
import { damagedBackup, MtfDamage } from './mtf-block.ts'
import { type ScannedBackup, scanSets } from './scan-sets.ts'

const SIGNATURE = 'TAPE'
const COMPRESSED_SIGNATURE = 'MSSQLBAK'

/** Which set of a backup file is meant; a file with one full backup needs no choice. */
export interface BackupChoice {
  /** From 1. */
  readonly position?: number | undefined
  /** Compared without regard to case. */
  readonly databaseName?: string | undefined
}

/** A backup file (bak) of SQL Server, opened read-only, with the sets in it. */
export class Backup {
  readonly path: string
  readonly sets: readonly BackupSet[]
  /** What stands behind the last set and can't be read; undefined when nothing does. */
  readonly damage: string | undefined
  readonly #file: ByteFile

  private constructor(file: ByteFile, scanned: ScannedBackup) {
    this.path = file.path
    this.damage = scanned.damage
    this.#file = file
    this.sets = scanned.sets.map(
      (set, index) =>
        new BackupSet(file, { family: scanned.family, scanned: set, position: index + 1 }),
    )
  }

  /**
   * Opens a backup and finds its sets; reads headers, not pages. A set that is cut off is among them,
   * with its `damage`.
   * @throws PlatformError FILE_NOT_FOUND, NOT_A_BACKUP, UNSUPPORTED_BACKUP for a compressed one,
   *   BACKUP_DAMAGED when no set can be found
   */
  static open(path: string): Backup {
    const file = new ByteFile(path)
    try {
      refuseOtherFiles(file)
      const scanned = scan(file)
      if (scanned.sets.length === 0) {
        throw damagedBackup(path, scanned.damage ?? 'it holds no backup set')
      }
      return new Backup(file, scanned)
    } catch (error) {
      file.close()
      throw error
    }
  }

  /**
   * The chosen set, or the only full one that is not damaged.
   * @throws PlatformError BACKUP_SET_NOT_FOUND, BACKUP_SET_AMBIGUOUS with the sets to choose from
   */
  select({ position, databaseName }: BackupChoice = {}): BackupSet {
    const fitting = this.sets.filter(
      (set) =>
        (position === undefined || set.position === position) &&
        (databaseName === undefined || isSameName(set.header.databaseName, databaseName)),
    )
    if (position !== undefined && fitting[0] !== undefined) return fitting[0]
    const candidates = bestOf(fitting)
    const [only, another] = candidates
    if (only === undefined) {
      const asked = position === undefined ? `of a database ${databaseName}` : `at ${position}`
      throw this.#choiceError('BACKUP_SET_NOT_FOUND', `has no backup set ${asked}`, this.sets)
    }
    if (another === undefined) return only
    throw this.#choiceError('BACKUP_SET_AMBIGUOUS', 'has several backup sets', candidates)
  }

  /** Closes the file; page sources of its sets can't be read any more. Idempotent. */
  close(): void {
    this.#file.close()
  }

  #choiceError(
    code: 'BACKUP_SET_NOT_FOUND' | 'BACKUP_SET_AMBIGUOUS',
    what: string,
    sets: readonly BackupSet[],
  ): PlatformError {
    const list = sets.map(describeSet).join('; ')
    return new PlatformError(code, `${this.path} ${what}: ${list}`, {
      details: {
        path: this.path,
        sets: sets.map(({ position, header }) => ({
          position,
          databaseName: header.databaseName,
          backupType: header.backupTypeDescription,
          backupStartDate: header.backupStartDate,
        })),
      },
    })
  }
}

/** Whether a file begins as a backup does, compressed ones included. False for what can't be read. */
export function isBackupFile(path: string): boolean {
  try {
    const file = new ByteFile(path)
    try {
      return signatureOf(file) !== undefined
    } finally {
      file.close()
    }
  } catch (error) {
    if (error instanceof PlatformError) return false
    throw error
  }
}

function signatureOf(file: ByteFile): string | undefined {
  const start = file.read(0, COMPRESSED_SIGNATURE.length).toString('latin1')
  return [SIGNATURE, COMPRESSED_SIGNATURE].find((signature) => start.startsWith(signature))
}

function refuseOtherFiles(file: ByteFile): void {
  const { path } = file
  const signature = signatureOf(file)
  if (signature === COMPRESSED_SIGNATURE) {
    throw new PlatformError('UNSUPPORTED_BACKUP', `${path} is a compressed backup`, {
      details: { path, reason: 'compressed' },
    })
  }
  if (signature === SIGNATURE) return
  const what = file.sizeBytes === 0 ? 'is empty' : 'does not begin as a SQL Server backup does'
  throw new PlatformError('NOT_A_BACKUP', `${path} ${what}`, { details: { path } })
}

function scan(file: ByteFile): ScannedBackup {
  try {
    return scanSets(file)
  } catch (error) {
    if (!(error instanceof MtfDamage)) throw error
    throw damagedBackup(file.path, error.message)
  }
}

/** Full ones before others, whole ones before damaged ones. */
function bestOf(sets: readonly BackupSet[]): readonly BackupSet[] {
  const full = sets.filter(({ isFull }) => isFull)
  const pool = full.length > 0 ? full : sets
  const whole = pool.filter(({ damage }) => damage === undefined)
  return whole.length > 0 ? whole : pool
}

function isSameName(name: string | undefined, wanted: string): boolean {
  return name?.toLowerCase() === wanted.toLowerCase()
}

function describeSet({ position, header, damage }: BackupSet): string {
  const type = header.backupTypeDescription ?? 'unknown'
  const when = header.backupStartDate === undefined ? '' : ` of ${header.backupStartDate}`
  const state = damage === undefined ? '' : ', damaged'
  return `${position} ${header.databaseName ?? '?'} (${type}${when}${state})`
}
