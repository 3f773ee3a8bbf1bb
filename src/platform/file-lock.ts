import { selectFileLocker } from './select-file-lock.ts'

/** An exclusive lock of one file. The system drops it when its holder ends, even by kill -9. */
export interface FileLock {
  readonly path: string
  /** Idempotent. */
  release(): Promise<void>
}

/** How one operating system locks a file; the contract is `tryLockFile`'s. */
export type FileLocker = (path: string) => Promise<FileLock | undefined>

let locker: Promise<FileLocker> | undefined

/**
 * Locks an existing file exclusively, without waiting. Reading and writing the file stay possible:
 * the lock only keeps out others who ask for it too, in this process or any other.
 *
 * @returns undefined when somebody holds the lock
 * @throws a system error (ENOENT, EACCES, …) when the file cannot be opened
 */
export async function tryLockFile(path: string): Promise<FileLock | undefined> {
  locker ??= selectFileLocker()
  return (await locker)(path)
}
