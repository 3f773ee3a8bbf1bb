import { open } from 'node:fs/promises'
import koffi from 'koffi'
import { PlatformError } from '../../base/index.ts'
import type { FileLock } from '../file-lock.ts'

const LOCK_EX = 2
const LOCK_NB = 4

/** https://man7.org/linux/man-pages/man2/flock.2.html */
const flock: (descriptor: number, operation: number) => number = koffi
  .load('libc.so.6')
  .func('int flock(int fd, int operation)')

/** flock(2): the lock belongs to the open file, so closing it, or the end of the process, frees it. */
export async function tryLockFileByFlock(path: string): Promise<FileLock | undefined> {
  const handle = await open(path, 'r')
  if (flock(handle.fd, LOCK_EX | LOCK_NB) === 0) {
    return { path, release: () => handle.close() }
  }
  const errno = koffi.errno()
  await handle.close()
  if (errno === koffi.os.errno['EAGAIN']) return undefined
  throw new PlatformError('INTERNAL', `lock ${path}: flock failed with errno ${errno}`)
}
