import { type SqlType, type SqlValue, SqlVariant } from '../sql-type.ts'
import { hexadecimalText, realText, type ValueText, valueText } from './value-text.ts'

export const ROW_FORMATS = ['csv', 'jsonl'] as const
export type RowFormat = (typeof ROW_FORMATS)[number]

export interface ExportedColumn {
  readonly name: string
  readonly type: SqlType
}

/** Writes the rows of one table as lines of text, each with its line feed. */
export interface RowWriter {
  /** What comes before the first row; '' when nothing does. */
  readonly header: string
  line(values: readonly SqlValue[]): string
}

/** A writer of rows with the given columns. */
export function rowWriter(format: RowFormat, columns: readonly ExportedColumn[]): RowWriter {
  return format === 'csv' ? csvWriter(columns) : jsonLinesWriter(columns)
}

const NEEDS_QUOTES = /[",\r\n]/

/**
 * CSV (RFC 4180) with a header line; lines end with a line feed alone. NULL is an empty field, an empty
 * text is `""`.
 */
function csvWriter(columns: readonly ExportedColumn[]): RowWriter {
  const fields = columns.map(({ type }) => csvField(type))
  return {
    header: `${columns.map(({ name }) => csvText(name)).join(',')}\n`,
    line(values) {
      let line = ''
      for (let index = 0; index < fields.length; index++) {
        const value = values[index] ?? null
        if (index > 0) line += ','
        if (value !== null) line += fields[index]?.(value) ?? ''
      }
      return `${line}\n`
    },
  }
}

function csvField(type: SqlType): ValueText {
  const text = valueText(type)
  return (value) => {
    const field = text(value)
    // Only what was text can need quotes.
    return typeof value === 'string' || value instanceof SqlVariant ? csvText(field) : field
  }
}

function csvText(text: string): string {
  if (text === '') return '""'
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * One JSON object a line. bigint, decimal, numeric, money and smallmoney are strings: readers of JSON
 * numbers lose their last digits. A sql_variant is an object of its type and value.
 */
function jsonLinesWriter(columns: readonly ExportedColumn[]): RowWriter {
  const fields = columns.map(({ name, type }, index) => ({
    key: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`,
    text: jsonText(type),
  }))
  return {
    header: '',
    line(values) {
      let line = '{'
      fields.forEach(({ key, text }, index) => {
        const value = values[index] ?? null
        line += key
        line += value === null ? 'null' : text(value)
      })
      return `${line}}\n`
    },
  }
}

function jsonText(type: SqlType): ValueText {
  const text = valueText(type)
  return (value) => {
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value === 'boolean') return String(value)
    if (typeof value === 'number') return type.name === 'real' ? realText(value) : String(value)
    if (value instanceof Uint8Array) return `"${hexadecimalText(value)}"`
    if (value instanceof SqlVariant) return variantJson(value)
    return `"${text(value)}"`
  }
}

function variantJson({ type, value }: SqlVariant): string {
  return `{"type":${JSON.stringify(type.name)},"value":${jsonText(type)(value)}}`
}
