import { readFileSync } from 'node:fs'
import { type SqlType, type SqlValue, valueText } from '../../src/mdf/index.ts'
import type { RecordingSink } from './memory-host.ts'

/**
 * Files of SQL cases, `test/sql/*.sql`: what a batch answers, and the rule of Microsoft's documentation
 * that says so. A case is
 *
 *     -- rule: t-sql/functions/string-split-transact-sql: consecutive separators give empty strings
 *     SELECT value FROM STRING_SPLIT('a,,b', ',')
 *     --> 'a'
 *     --> ''
 *     --> 'b'
 *
 * A rule names a page below learn.microsoft.com/sql and says in our words what it states; it holds for
 * the cases behind it. Then come the lines of the batch (of several, with GO between them), and one line for each thing it answers, in
 * order:
 *
 *     --> 1 | 'text' | NULL | 0x0A | 2026-01-31    a row: strings quoted, everything else as text
 *     --= a int | b nvarchar(20)                   the columns of a result set, with or without types
 *     --! 8134                                     an error: its number, then severity and state if wanted
 *     --? text                                     a message: PRINT, a warning
 *     --.                                          nothing at all
 *
 * What is not asked for is not checked, but an answer with rows, and every error, must be asked for.
 */
export interface SqlCase {
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly batch: string
  readonly expected: readonly string[]
}

const ANSWER = /^--(?:>|=|!|\?|\.)/
const RULE = /^-- rule: ([\w./-]+(?:#[\w-]+)?: .+)$/

/** @throws Error for a case without rule, batch or answer */
export function readSqlCases(file: string): SqlCase[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  const cases: SqlCase[] = []
  let rule = ''
  let batch: string[] = []
  let expected: string[] = []
  let start = 0
  const finish = (line: number) => {
    if (expected.length > 0) {
      if (rule === '' || batch.length === 0) throw new Error(`${file}:${line}: no rule or no batch`)
      cases.push({ file, line: start, rule, batch: batch.join('\n'), expected })
    } else if (batch.some((text) => text.trim() !== '')) {
      throw new Error(`${file}:${start}: a batch without an answer`)
    }
    batch = []
    expected = []
  }
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    if (ANSWER.test(line)) {
      expected.push(line)
      continue
    }
    if (expected.length > 0) finish(number)
    const found = RULE.exec(line)?.[1]
    if (found !== undefined) rule = found
    else if (batch.length > 0 || line.trim() !== '') {
      if (batch.length === 0) start = number
      batch.push(line)
    }
  }
  finish(lines.length)
  return cases
}

/** What was answered, in the lines of a case file; of columns and messages only when `expected` asks. */
export function answerLines(sink: RecordingSink, expected: readonly string[]): string[] {
  const asks = (mark: string) => expected.some((line) => line.startsWith(mark))
  const lines: string[] = []
  const columnLines = expected.filter((line) => line.startsWith('--='))
  for (const [index, { columns, rows }] of sink.results.entries()) {
    if (asks('--=')) {
      const withTypes = /^--= \S+ \S/.test((columnLines[index] ?? '').split(' | ')[0] ?? '')
      const cells = columns.map(({ name, type }) =>
        withTypes ? `${name} ${typeText(type)}` : name,
      )
      lines.push(`--= ${cells.join(' | ')}`)
    }
    for (const row of rows) {
      const cells = row.map((value, column) => cellText(value, columns[column]?.type))
      lines.push(`--> ${cells.join(' | ')}`)
    }
  }
  if (asks('--?')) lines.push(...sink.messages.map(({ message }) => `--? ${message}`))
  for (const { number, severity, state } of sink.errors) {
    const wanted = expected.find((line) => line.startsWith(`--! ${number}`)) ?? ''
    const parts = [number, severity, state].slice(0, Math.max(1, wanted.split(' ').length - 1))
    lines.push(`--! ${parts.join(' ')}`)
  }
  return lines.length === 0 ? ['--.'] : lines
}

function cellText(value: SqlValue, type: SqlType | undefined): string {
  if (value === null || type === undefined) return 'NULL'
  const text = valueText(type)(value)
  if (typeof value !== 'string' || type.name === 'uniqueidentifier') return text
  return `'${text.replaceAll("'", "''").replaceAll('\r', '\\r').replaceAll('\n', '\\n')}'`
}

function typeText({ name, maxLength, precision, scale }: SqlType): string {
  const isUnicode = name === 'nchar' || name === 'nvarchar'
  if (maxLength === -1 && /char|binary/.test(name)) return `${name}(max)`
  if (/^n?(?:var)?char$|binary$/.test(name)) return `${name}(${maxLength / (isUnicode ? 2 : 1)})`
  if (name === 'decimal' || name === 'numeric') return `${name}(${precision},${scale})`
  if (/^(?:time|datetime2|datetimeoffset)$/.test(name)) return `${name}(${scale})`
  return name
}
