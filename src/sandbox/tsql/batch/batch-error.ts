import { SqlError } from '../../sql-error.ts'
import { StatementCancelled } from '../query/index.ts'

/** Errors found while a statement was compiled: they end the batch and pass by a TRY of its own level. */
const compileErrors = new WeakSet<SqlError>()

/** Runs the compilation of a statement, marking the errors it throws. */
export function compiling<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const sqlError = toSqlError(error)
    compileErrors.add(sqlError)
    throw sqlError
  }
}

export function isCompileError(error: SqlError): boolean {
  return compileErrors.has(error)
}

/** For a caller, an error in the compilation of what it called is like any other. */
export function forgetCompileError(error: SqlError): void {
  compileErrors.delete(error)
}

/**
 * Run-time errors after which SQL Server abandons the batch instead of going on with the next
 * statement: failed conversions of values, lack of memory, a USE that would leave the rest of the
 * batch in the wrong database, and triggers that ended the transaction.
 */
const BATCH_ENDING = new Set([
  235, 241, 242, 244, 245, 248, 293, 295, 296, 701, 911, 1205, 3609, 3616, 3915, 8114, 8169, 9807,
])

/**
 * Whether the client's batch and an open transaction end with the error, outside TRY; one of compilation
 * leaves them alone and ends only the text or module it is in.
 */
export function endsAll(error: SqlError, isXactAbort: boolean): boolean {
  if (isCompileError(error)) return false
  return isXactAbort || error.severity >= 19 || BATCH_ENDING.has(error.number)
}

/** The client's batch ends, whatever was executing: thrown where the error has been told, caught by nobody below. */
export class BatchEnded extends Error {
  static {
    BatchEnded.prototype.name = 'BatchEnded'
  }
}

/** Anything thrown as an error a client can be told. Cancellation and the end of a batch are none and are thrown on. */
export function toSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error
  if (error instanceof StatementCancelled || error instanceof BatchEnded) throw error
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return new SqlError(
      8631,
      'Internal error: Server stack limit has been reached. Please look for potentially deep nesting in your query, and try to simplify it.',
      { severity: 17, cause: error },
    )
  }
  const reason = error instanceof Error ? error.message : String(error)
  return new SqlError(
    8630,
    `Internal Query Processor Error: The query processor encountered an unexpected error during execution (${reason}).`,
    { cause: error },
  )
}
