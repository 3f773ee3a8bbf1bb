import { SqlError } from '../../sql-error.ts'
import { findLanguage } from '../functions/index.ts'
import type { SetOptionStatement } from '../syntax/index.ts'
import { convert, varbinaryType } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

const DATE_FORMATS = ['mdy', 'dmy', 'ymd', 'ydm', 'myd', 'dym']

/** What ANSI_DEFAULTS turns on or off together. */
const ANSI_DEFAULTS = [
  'ANSI_NULLS',
  'ANSI_NULL_DFLT_ON',
  'ANSI_PADDING',
  'ANSI_WARNINGS',
  'CURSOR_CLOSE_ON_COMMIT',
  'IMPLICIT_TRANSACTIONS',
  'QUOTED_IDENTIFIER',
]

/** SET option value: kept in the session, where whoever it concerns finds it. */
export function executeSetOption(node: SetOptionStatement, state: BatchState): Flow {
  for (const name of node.names) setOption(name, node.value, state)
  return 'next'
}

function setOption(name: string, written: boolean | number | string, state: BatchState): void {
  const { options } = state.host.session
  if (name === 'CONTEXT_INFO') {
    state.host.session.contextInfo = contextInfo(`${written}`, state)
    return
  }
  const value = writtenValue(written, state)
  switch (name) {
    case 'LANGUAGE':
      setLanguage(`${value}`, state)
      return
    case 'DATEFORMAT':
      options.set(name, dateFormat(`${value}`))
      return
    case 'DATEFIRST':
      options.set(name, numberBetween(value, name, [1, 7]))
      return
    case 'ROWCOUNT':
    case 'TEXTSIZE':
      options.set(name, numberBetween(value, name, [-1, 2_147_483_647]))
      return
    case 'ANSI_DEFAULTS':
      for (const member of ANSI_DEFAULTS) options.set(member, value)
      return
    default:
      options.set(name, value)
  }
}

const CONTEXT_BYTES = 128

/** The digits of a binary constant or a variable, filled up with zeros. @throws SqlError 137, 8114 */
function contextInfo(written: string, state: BatchState): Uint8Array {
  const context = new Uint8Array(CONTEXT_BYTES)
  if (!written.startsWith('@')) {
    context.set(Buffer.from(written, 'hex').subarray(0, CONTEXT_BYTES))
    return context
  }
  const variable = state.findVariable(written)
  if (variable === undefined) {
    throw new SqlError(137, `Must declare the scalar variable "${written}".`, { severity: 15 })
  }
  const { type, value } = variable
  const bytes = value === null ? null : convert(value, type, varbinaryType(CONTEXT_BYTES))
  if (bytes instanceof Uint8Array) context.set(bytes)
  return context
}

/** `SET ROWCOUNT @n` takes the variable's value. */
function writtenValue(
  written: boolean | number | string,
  state: BatchState,
): boolean | number | string {
  if (typeof written !== 'string' || !written.startsWith('@')) return written
  const value = state.findVariable(written)?.value
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  if (typeof value === 'bigint') return Number(value)
  throw new SqlError(137, `Must declare the scalar variable "${written}".`, { severity: 15 })
}

/** @throws SqlError 2741 */
function dateFormat(written: string): string {
  const format = written.toLowerCase()
  if (DATE_FORMATS.includes(format)) return format
  throw new SqlError(2741, `SET DATEFORMAT date order '${written}' is invalid.`)
}

/** @throws SqlError 2742 for DATEFIRST, 1023 otherwise */
function numberBetween(
  value: boolean | number | string,
  name: string,
  [low, high]: readonly [number, number],
): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= low && number <= high) return number
  if (name === 'DATEFIRST') {
    throw new SqlError(2742, `SET DATEFIRST ${value} is out of range.`)
  }
  throw new SqlError(1023, `Invalid parameter 1 specified for ${name}.`, { severity: 15 })
}

/** @throws SqlError 2740 for an unknown language */
function setLanguage(written: string, state: BatchState): void {
  const { session } = state.host
  const language = findLanguage(written)
  if (language === undefined) {
    throw new SqlError(
      2740,
      `SET LANGUAGE failed because '${written}' is not an official language name or a language alias on this SQL Server.`,
    )
  }
  const from = `${state.option('LANGUAGE') ?? session.language}`
  session.options.set('LANGUAGE', language.name)
  session.options.set('DATEFORMAT', language.dateFormat)
  session.options.set('DATEFIRST', language.dateFirst)
  state.out.environment({ kind: 'language', from, to: language.name })
  state.out.info({
    number: 5703,
    severity: 0,
    state: 1,
    message: `Changed language setting to ${language.name}.`,
    line: 1,
    procedure: '',
  })
}
