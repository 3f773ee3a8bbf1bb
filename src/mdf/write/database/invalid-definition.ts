import { PlatformError } from '../../../base/index.ts'

/** The error for a definition that no database can be built from; `where` names the table and column. */
export function invalidDefinition(where: string, what: string): PlatformError {
  return new PlatformError('INVALID_ARGUMENT', `${where}: ${what}`, { details: { where } })
}
