import type { SqlDateTime, SqlType, SqlValue } from '../../../mdf/index.ts'
import type { ExecutionHost } from '../host.ts'

/** What is known of an argument when the call is bound. */
export interface ArgumentInfo {
  readonly type: SqlType
  /** The argument is the bare NULL literal, which has no type of its own. */
  readonly isNullLiteral: boolean
  /** Its value, when it is a literal. */
  readonly constant?: SqlValue
}

/** What a call may look at besides its arguments; one per statement. */
export interface CallContext {
  readonly host: ExecutionHost
  /** The statement's time, local and UTC, the same for every row. */
  readonly now: SqlDateTime
  readonly utcNow: SqlDateTime
  /** UTC offset of `now`, minutes. */
  readonly offsetMinutes: number
}

/** A built-in scalar function. Lazily evaluated forms (CASE, COALESCE, ISNULL, NULLIF, IIF) are not here. */
export interface ScalarFunction {
  readonly minArguments: number
  readonly maxArguments: number
  /** The first argument is a bare keyword (DATEADD's datepart); `arguments` exclude it. */
  readonly takesKeyword?: boolean
  /** The same arguments always give the same value, so the binder may fold constants. */
  readonly deterministic: boolean
  /** @throws SqlError 8116 (argument data type … is invalid for argument …), 155 (not a recognized … option) */
  resultType(args: readonly ArgumentInfo[], keyword: string, context: CallContext): SqlType
  /**
   * A function of one call site: made once when the call is bound, then called for each row with the
   * arguments' values in their own types; converts them itself.
   */
  compile(
    args: readonly ArgumentInfo[],
    keyword: string,
    resultType: SqlType,
  ): (values: readonly SqlValue[], context: CallContext) => SqlValue
}

export interface Accumulator {
  add(values: readonly SqlValue[]): void
  result(): SqlValue
}

/** A built-in aggregate. DISTINCT and COUNT(*) are the executor's; NULL inputs arrive here. */
export interface AggregateFunction {
  readonly argumentCount: number
  resultType(args: readonly ArgumentInfo[]): SqlType
  create(args: readonly ArgumentInfo[], resultType: SqlType): Accumulator
}
