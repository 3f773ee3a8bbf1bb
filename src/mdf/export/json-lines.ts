import { typeText } from '../script/type-text.ts'
import { type SqlType, type SqlValue, SqlVariant } from '../sql-type.ts'
import type { ExportColumn, RowWriter } from './row-writer.ts'
import { valueText } from './value-text.ts'

type JsonText = (value: Exclude<SqlValue, null>) => string

/**
 * Rows as JSON Lines, an object a line: bit is true or false; int, smallint, tinyint, real and float are
 * numbers; bigint, decimal, numeric and money are strings, as many readers of JSON round long numbers;
 * sql_variant is `{"type": …, "value": …}`; everything else is a string, as in CSV.
 */
export function jsonRowWriter(columns: readonly ExportColumn[]): RowWriter {
  const names = columns.map(({ name }) => `${JSON.stringify(name)}:`)
  const texts = columns.map(({ type }) => jsonText(type))
  return (values) => {
    let line = '{'
    for (let index = 0; index < texts.length; index++) {
      const value = values[index] ?? null
      const text = texts[index]
      if (index > 0) line += ','
      line += names[index] ?? ''
      line += value === null || text === undefined ? 'null' : text(value)
    }
    return `${line}}\n`
  }
}

function jsonText(type: SqlType): JsonText {
  const text = valueText(type)
  switch (type.name) {
    case 'bit':
      return (value) => (value === true ? 'true' : 'false')
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'real':
    case 'float':
      // JSON has no NaN and no infinity.
      return (value) => (Number.isFinite(value) ? text(value) : JSON.stringify(text(value)))
    case 'sql_variant':
      return variantText
    default:
      return (value) => JSON.stringify(text(value))
  }
}

function variantText(value: Exclude<SqlValue, null>): string {
  if (!(value instanceof SqlVariant)) return JSON.stringify(String(value))
  const type = JSON.stringify(typeText(value.type))
  return `{"type":${type},"value":${jsonText(value.type)(value.value)}}`
}
