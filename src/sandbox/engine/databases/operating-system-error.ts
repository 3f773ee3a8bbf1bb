import { systemErrorCode } from '../../../base/index.ts'
import { SqlError } from '../../sql-error.ts'

/** A failure of the operating system in the words SQL Server uses for it, on Linux too. */
export interface OperatingSystemError {
  readonly number: number
  readonly text: string
}

export const FILE_IN_USE: OperatingSystemError = {
  number: 32,
  text: 'The process cannot access the file because it is being used by another process.',
}

const FILE_NOT_FOUND: OperatingSystemError = {
  number: 2,
  text: 'The system cannot find the file specified.',
}
export const ACCESS_DENIED: OperatingSystemError = { number: 5, text: 'Access is denied.' }
const BY_CODE: Readonly<Record<string, OperatingSystemError>> = {
  ENOENT: FILE_NOT_FOUND,
  ENOTDIR: { number: 3, text: 'The system cannot find the path specified.' },
  EACCES: ACCESS_DENIED,
  EPERM: ACCESS_DENIED,
  EISDIR: ACCESS_DENIED,
  EBUSY: FILE_IN_USE,
  EMFILE: { number: 4, text: 'The system cannot open the file.' },
  ENFILE: { number: 4, text: 'The system cannot open the file.' },
  EROFS: { number: 19, text: 'The media is write protected.' },
  ENOSPC: { number: 112, text: 'There is not enough space on the disk.' },
}
const OTHER: OperatingSystemError = {
  number: 1117,
  text: 'The request could not be performed because of an I/O device error.',
}

export function operatingSystemError(error: unknown): OperatingSystemError {
  return BY_CODE[systemErrorCode(error) ?? ''] ?? OTHER
}

/** `2(The system cannot find the file specified.)` */
export function formatOperatingSystemError({ number, text }: OperatingSystemError): string {
  return `${number}(${text})`
}

/** Error 5120: a file cannot be opened. */
export function cannotOpenFile(path: string, reason: OperatingSystemError): SqlError {
  const text = formatOperatingSystemError(reason)
  return new SqlError(
    5120,
    `Unable to open the physical file "${path}". Operating system error ${reason.number}: "${text}".`,
    { state: 101 },
  )
}
