import { open } from 'node:fs/promises'
import koffi from 'koffi'
import { PlatformError } from '../../base/index.ts'
import type { FileLock } from '../file-lock.ts'

const GENERIC_READ = 0x8000_0000
const FILE_SHARE_ALL = 7
const OPEN_EXISTING = 3
const LOCKFILE_EXCLUSIVE_NOW = 3
const ERROR_LOCK_VIOLATION = 33
/** One byte far beyond any file's end: Windows' locks are mandatory, and nobody reads there. */
const LOCKED_OFFSET_HIGH = 0x7fff_ffff
/** OVERLAPPED on 64 bits: Internal, InternalHigh, Offset, OffsetHigh, hEvent. */
const OVERLAPPED_BYTES = 32
const OFFSET_HIGH_AT = 20

const kernel32 = koffi.load('kernel32.dll')
/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-createfilew */
const createFile: (...args: unknown[]) => bigint = kernel32.func(
  'intptr_t __stdcall CreateFileW(str16 name, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, intptr_t template)',
)
/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-lockfileex */
const lockFileEx: (...args: unknown[]) => number = kernel32.func(
  'int __stdcall LockFileEx(intptr_t file, uint32_t flags, uint32_t reserved, uint32_t low, uint32_t high, void *overlapped)',
)
const closeHandle: (file: bigint) => number = kernel32.func(
  'int __stdcall CloseHandle(intptr_t file)',
)
const getLastError: () => number = kernel32.func('uint32_t __stdcall GetLastError()')

/** LockFileEx on one byte beyond the file; the system drops it with the handle. */
export async function tryLockFileRange(path: string): Promise<FileLock | undefined> {
  await (await open(path, 'r')).close() // for Node's own error when the file cannot be opened
  const file = createFile(path, GENERIC_READ, FILE_SHARE_ALL, null, OPEN_EXISTING, 0, 0)
  const overlapped = Buffer.alloc(OVERLAPPED_BYTES)
  overlapped.writeUInt32LE(LOCKED_OFFSET_HIGH, OFFSET_HIGH_AT)
  if (lockFileEx(file, LOCKFILE_EXCLUSIVE_NOW, 0, 1, 0, overlapped) !== 0) {
    return { path, release: closeOnce(file) }
  }
  const code = getLastError()
  closeHandle(file)
  if (code === ERROR_LOCK_VIOLATION) return undefined
  throw new PlatformError('INTERNAL', `lock ${path}: LockFileEx failed with error ${code}`)
}

function closeOnce(file: bigint): () => Promise<void> {
  let open = true
  return async () => {
    if (open) closeHandle(file)
    open = false
  }
}
