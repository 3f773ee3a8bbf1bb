import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { systemErrorCode } from '../base/index.ts'

/** How file systems say that two files cannot share blocks here (ioctl_ficlone(2)). */
const CANNOT_SHARE = ['ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EINVAL', 'ENOSYS', 'ENOTTY', 'EPERM']

/**
 * Makes `target` a new file that shares every block of `source`, whatever its size.
 *
 * @returns false, and no target, where the file system cannot do that
 */
export async function tryReflinkFile(source: string, target: string): Promise<boolean> {
  try {
    await reflinkFile(source, target)
    return true
  } catch (error) {
    if (CANNOT_SHARE.includes(systemErrorCode(error) ?? '')) return false
    throw error
  }
}

/** As `tryReflinkFile`, for a file system that is known to share blocks: failure is an error. */
export async function reflinkFile(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE)
}
