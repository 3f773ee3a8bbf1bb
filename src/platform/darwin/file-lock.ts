import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { systemErrorCode } from '../../base/index.ts'
import type { FileLock } from '../file-lock.ts'

/** O_EXLOCK of open(2) on macOS and the BSDs: takes the lock of flock(2) while opening. */
const O_EXLOCK = 0x20

/** Opens with O_EXLOCK; O_NONBLOCK makes a held lock an error instead of a wait. */
export async function tryLockFileOnOpen(path: string): Promise<FileLock | undefined> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | O_EXLOCK)
    return { path, release: () => handle.close() }
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EAGAIN' || code === 'EWOULDBLOCK') return undefined
    throw error
  }
}
