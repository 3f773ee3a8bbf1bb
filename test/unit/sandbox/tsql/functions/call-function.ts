import assert from 'node:assert/strict'
import { collationIdByName, SqlDateTime, type SqlType } from '../../../../../src/mdf/index.ts'
import { metadataSource } from '../../../../../src/sandbox/engine/catalog/metadata-source.ts'
import { systemContent } from '../../../../../src/sandbox/engine/databases/system-content.ts'
import type { CallContext } from '../../../../../src/sandbox/tsql/functions/index.ts'
import { findScalarFunction } from '../../../../../src/sandbox/tsql/functions/index.ts'
import type { ExecutionHost } from '../../../../../src/sandbox/tsql/host.ts'
import type { Literal } from '../../../../../src/sandbox/tsql/syntax/index.ts'
import {
  formatValue,
  literalOf,
  negate,
  typeText,
} from '../../../../../src/sandbox/tsql/values/index.ts'

export const COLLATION = collationIdByName('SQL_Latin1_General_CP1_CI_AS') ?? 0

/** A host that answers what the test gives it; anything else is an error of the test. */
export function withHost(host: Partial<ExecutionHost> = {}): CallContext {
  const session = {
    collationId: COLLATION,
    database: 'Northwind',
    loginName: 'sa',
    options: new Map(),
  }
  const startedAt = new SqlDateTime(738_155, 0)
  const empty = systemContent('master', { collationId: COLLATION, startedAt })
  const metadata = metadataSource(() => empty)
  return {
    host: { session, metadata, ...host } as unknown as ExecutionHost,
    now: new SqlDateTime(738_155, 0),
    utcNow: new SqlDateTime(738_155, 0),
    offsetMinutes: 0,
  }
}

/** The literals of an argument list such as `N'abc', 2, 1.50, 0x01, NULL`. */
function literalsOf(text: string): Literal[] {
  const literals = text.match(/N?'(?:[^']|'')*'|0x[\da-f]*|-?\d+e[+-]?\d+|\$?-?[\d.]+|NULL/gi) ?? []
  return literals.map((written) => {
    const literalType = literalTypeOf(written)
    const bare = written.replace(/^(?:N?'|0x|\$)|'$/gi, '').replaceAll("''", "'")
    const text = written.endsWith("'") ? bare : bare.replace(/^-/, '')
    return { kind: 'literal', literalType, text, line: 1 }
  })
}

function literalTypeOf(written: string): Literal['literalType'] {
  if (/^N'/i.test(written)) return 'unicode-string'
  if (written.startsWith("'")) return 'string'
  if (/^0x/i.test(written)) return 'binary'
  if (/^NULL$/i.test(written)) return 'null'
  if (written.startsWith('$')) return 'money'
  if (/e/i.test(written)) return 'float'
  return written.includes('.') ? 'decimal' : 'integer'
}

export interface CallResult {
  /** As T-SQL writes it. */
  readonly type: string
  /** As PRINT shows it; NULL is `NULL`. */
  readonly text: string
}

/** Calls `NAME(arguments)` or `NAME(keyword: arguments)` with literal arguments; -1 is an int. */
export function callFunction(call: string, context: CallContext = withHost()): CallResult {
  const [, name = '', keyword = '', argumentText = ''] =
    /^(\w+)\((?:(\w+):)?(.*)\)$/s.exec(call) ?? []
  const found = findScalarFunction(name)
  assert.ok(found, `${name} is a built-in function`)
  const negatives = argumentText.match(/N?'(?:[^']|'')*'|[^\s,]+/g) ?? []
  const literals = literalsOf(argumentText).map((literal, i) => {
    const { type, value } = literalOf(literal, COLLATION)
    const isNegative = negatives[i]?.startsWith('-') === true
    return { type, value: isNegative ? negate(type).evaluate(value) : value, literal }
  })
  const args = literals.map(({ type, value, literal }) => ({
    type,
    isNullLiteral: literal.literalType === 'null',
    constant: value,
  }))
  const type: SqlType = found.resultType(args, keyword, context)
  const result = found.compile(
    args,
    keyword,
    type,
  )(
    literals.map(({ value }) => value),
    context,
  )
  return { type: typeText(type), text: result === null ? 'NULL' : formatValue(result, type) }
}
