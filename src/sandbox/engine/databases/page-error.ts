import { PlatformError } from '../../../base/index.ts'
import { PAGE_SIZE } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'

/** Runs something that reads pages and turns damage into SQL Server's errors 823 and 824. */
export function readingPages<T>(databaseId: number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw pageError(error, databaseId)
  }
}

/** The SQL Server error for a failure to read a page; anything else as it is. */
export function pageError(error: unknown, databaseId: number): unknown {
  if (!(error instanceof PlatformError)) return error
  if (error.code === 'UNSUPPORTED_STORAGE') {
    return new SqlError(40_517, `${error.message}. The Slipway sandbox cannot read this table.`, {
      cause: error,
    })
  }
  if (error.code !== 'FILE_DAMAGED') return error
  const fault = faultOf(error)
  const { path } = error.details
  return new SqlError(
    824,
    `SQL Server detected a logical consistency-based I/O error: ${fault.reason}. It occurred during ` +
      `a read of page (${fault.fileId}:${fault.pageNumber}) in database ID ${databaseId} at offset ` +
      `${formatOffset(fault.pageNumber * PAGE_SIZE)} in file '${String(path)}'. Additional messages ` +
      'in the SQL Server error log or operating system error log may provide more detail. This is ' +
      'a severe error condition that threatens database integrity and must be corrected ' +
      'immediately. Complete a full database consistency check (DBCC CHECKDB). This error can be ' +
      'caused by many factors; for more information, see ' +
      'https://go.microsoft.com/fwlink/?linkid=2252374.',
    { severity: 24, state: 2, cause: error },
  )
}

interface PageFault {
  readonly reason: string
  readonly fileId: number
  readonly pageNumber: number
}

function faultOf({ details, message }: PlatformError): PageFault {
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
  const compared = `(expected: ${String(details['expected'])}; actual: ${String(details['actual'])})`
  const place = { fileId: number(details['fileId']), pageNumber: number(details['pageNumber']) }
  switch (details['reason']) {
    case 'checksum':
      return { ...place, reason: `incorrect checksum ${compared}` }
    case 'torn':
      return { ...place, reason: 'torn page' }
    case 'page-id':
      return { ...place, reason: `incorrect pageid ${compared}` }
    default:
      return { ...place, reason: message }
  }
}

/** `0x0000000000a000`, sixteen characters with the sign of the base, as `%#016I64x` prints it. */
function formatOffset(offset: number): string {
  return `0x${offset.toString(16).padStart(14, '0')}`
}
