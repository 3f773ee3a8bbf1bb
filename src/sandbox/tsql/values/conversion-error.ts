import type { SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'

/** decimal is called numeric in SQL Server's conversion messages. */
export function messageName(type: SqlType): string {
  return type.name === 'decimal' ? 'numeric' : type.name
}

export function overflowError(from: string, to: SqlType): SqlError {
  return new SqlError(
    8115,
    `Arithmetic overflow error converting ${from} to data type ${messageName(to)}.`,
    { state: 2 },
  )
}

/** 8114: a text that is no number of the wanted type. */
export function notConvertible(from: SqlType, to: SqlType): SqlError {
  return new SqlError(
    8114,
    `Error converting data type ${messageName(from)} to ${messageName(to)}.`,
    { state: 5 },
  )
}

/** 245: the message that shows the text. */
export function conversionFailed(from: SqlType, to: SqlType, text: string): SqlError {
  return new SqlError(
    245,
    `Conversion failed when converting the ${from.name} value '${text}' to data type ${to.name}.`,
  )
}

export function dateSyntaxError(from: SqlType, to: SqlType): SqlError {
  if (to.name === 'smalldatetime') {
    return new SqlError(
      295,
      'Conversion failed when converting character string to smalldatetime data type.',
      { state: 3 },
    )
  }
  // A binary value is not a character string, but reaches here only as its digits.
  return new SqlError(
    241,
    'Conversion failed when converting date and/or time from character string.',
    { state: from.name === 'nvarchar' ? 1 : 2 },
  )
}

export function dateOutOfRange(from: SqlType, to: SqlType): SqlError {
  const source = /^n?(?:var)?char$|^n?text$/.test(from.name) ? from.name : messageName(from)
  return new SqlError(
    242,
    `The conversion of a ${source} data type to a ${to.name} data type resulted in an out-of-range value.`,
    { state: 3 },
  )
}

/** 529 or 257: no such conversion, or only when asked for. */
export function conversionNotAllowed(
  from: SqlType,
  to: SqlType,
  why: 'never' | 'explicit-only',
): SqlError {
  if (why === 'explicit-only') {
    return new SqlError(
      257,
      `Implicit conversion from data type ${from.name} to ${to.name} is not allowed. Use the CONVERT function to run this query.`,
      { state: 3 },
    )
  }
  return new SqlError(
    529,
    `Explicit conversion from data type ${from.name} to ${to.name} is not allowed.`,
    { state: 2 },
  )
}

const CONVERSION_ERRORS = new Set([
  220, 232, 234, 235, 236, 241, 242, 244, 245, 248, 293, 294, 295, 517, 535, 8114, 8115, 8169, 8170,
  9807, 9819, 6240,
])

/** Whether TRY_CAST and its kin give NULL instead of this error. */
export function isConversionError(error: unknown): boolean {
  return error instanceof SqlError && CONVERSION_ERRORS.has(error.number)
}
