import { PlatformError } from '../base/index.ts'
import type { FileLocker } from './file-lock.ts'

/** The file lock of this operating system; its bindings are loaded only here, on first use. */
export async function selectFileLocker(): Promise<FileLocker> {
  switch (process.platform) {
    case 'linux':
      return (await import('./linux/file-lock.ts')).tryLockFileByFlock
    case 'darwin':
    case 'freebsd':
    case 'openbsd':
      return (await import('./darwin/file-lock.ts')).tryLockFileOnOpen
    case 'win32':
      return (await import('./windows/file-lock.ts')).tryLockFileRange
    default:
      throw new PlatformError('NOT_IMPLEMENTED', `lock a file on ${process.platform}`)
  }
}
