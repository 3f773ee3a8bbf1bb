import type { ExportColumn, RowWriter } from './row-writer.ts'
import { type ValueText, valueText } from './value-text.ts'

const LINE_BREAK = '\n'
const NEEDS_QUOTES = /[",\r\n]/

/** The names of the columns as the first line of a CSV file. */
export function csvHeader(columns: readonly ExportColumn[]): string {
  return columns.map(({ name }) => quoted(name)).join(',') + LINE_BREAK
}

/**
 * Rows as CSV (RFC 4180, with LF as line break): NULL is an empty field, the empty string is `""`, and
 * what holds a comma, a quote or a line break is quoted.
 */
export function csvRowWriter(columns: readonly ExportColumn[]): RowWriter {
  const texts = columns.map(({ type }): ValueText => valueText(type))
  return (values) => {
    let line = ''
    for (let index = 0; index < texts.length; index++) {
      if (index > 0) line += ','
      const value = values[index] ?? null
      const text = texts[index]
      if (value !== null && text !== undefined) line += quoted(text(value))
    }
    return line + LINE_BREAK
  }
}

function quoted(text: string): string {
  if (text === '') return '""'
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
