import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PlatformError, systemErrorCode } from '../../../base/index.ts'
import { type FileLock, tryLockFile } from '../../../platform/index.ts'
import {
  FILE_IN_USE,
  formatOperatingSystemError,
  operatingSystemError,
} from '../databases/operating-system-error.ts'

const LOCK_FILE = 'master.lock'

/**
 * Makes the data folder where it is absent, and takes it for this process alone.
 *
 * @throws PlatformError INVALID_CONFIG with SQL Server's text for a master file it cannot open
 */
export async function lockDataFolder(folder: string): Promise<FileLock> {
  const file = path.join(folder, LOCK_FILE)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(file, '', { flag: 'a' })
    const lock = await tryLockFile(file)
    if (lock !== undefined) return lock
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    throw cannotOpen(file, formatOperatingSystemError(operatingSystemError(error)))
  }
  throw cannotOpen(file, formatOperatingSystemError(FILE_IN_USE))
}

function cannotOpen(file: string, reason: string): PlatformError {
  return new PlatformError(
    'INVALID_CONFIG',
    `FCB::Open failed: Could not open file ${file} for file number 1.  OS error: ${reason}.`,
  )
}
