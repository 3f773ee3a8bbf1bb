import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { isNumericType } from '../../values/index.ts'
import type { Column } from '../plan/column.ts'
import type { DocumentPlan } from '../plan/plan.ts'
import type { Row } from '../run/row.ts'
import { documentText } from './document-value.ts'

export interface JsonOptions {
  readonly root?: string
  readonly includeNulls: boolean
  readonly withoutArrayWrapper: boolean
}

/** An object under construction: texts of finished values and objects for dotted names. */
type Draft = Map<string, string | Draft>

/** FOR JSON PATH: an object per row, `a.b` in a column's name makes an object in it. */
export function jsonWriter(
  columns: readonly Column[],
  options: JsonOptions,
): DocumentPlan['write'] {
  const paths = columns.map(pathOf)
  return () => {
    const rows: string[] = []
    return {
      add: (row: Row) => {
        rows.push(objectText(draftOf(row, { columns, paths, options })))
      },
      finish: () => (rows.length === 0 ? null : wrap(rows.join(','), options)),
    }
  }
}

/** @throws SqlError 13605 */
function pathOf({ name }: Column): readonly string[] {
  if (name !== '') return name.split('.')
  throw new SqlError(
    13605,
    'Column expressions and data sources without names or aliases cannot be formatted as JSON text using FOR JSON clause. Add alias to the unnamed column or table.',
  )
}

function wrap(objects: string, { root, withoutArrayWrapper }: JsonOptions): string {
  if (withoutArrayWrapper) return objects
  return root === undefined ? `[${objects}]` : `{${JSON.stringify(root)}:[${objects}]}`
}

interface Shape {
  readonly columns: readonly Column[]
  readonly paths: readonly (readonly string[])[]
  readonly options: JsonOptions
}

function draftOf(row: Row, { columns, paths, options }: Shape): Draft {
  const draft: Draft = new Map()
  for (const [index, column] of columns.entries()) {
    const value = row[index] ?? null
    if (value === null && !options.includeNulls) continue
    const path = paths[index] ?? []
    const target = path
      .slice(0, -1)
      .reduce<Draft | undefined>((outer, key) => outer && objectIn(outer, key), draft)
    const key = path.at(-1) ?? ''
    if (target === undefined || target.has(key)) throw conflictingName(column)
    target.set(key, valueText(value, column))
  }
  return draft
}

/** The object under a key, made when there is none; undefined when a value stands there. */
function objectIn(draft: Draft, key: string): Draft | undefined {
  const known = draft.get(key)
  if (known !== undefined) return typeof known === 'string' ? undefined : known
  const created: Draft = new Map()
  draft.set(key, created)
  return created
}

function conflictingName({ name }: Column): SqlError {
  return new SqlError(
    13601,
    `Property '${name}' cannot be generated in JSON output due to a conflict with another column name or alias. Use different names and aliases for each column in SELECT list.`,
  )
}

function objectText(draft: Draft): string {
  const members = [...draft].map(
    ([key, value]) =>
      `${JSON.stringify(key)}:${typeof value === 'string' ? value : objectText(value)}`,
  )
  return `{${members.join(',')}}`
}

function valueText(value: SqlValue, { type, markup }: Column): string {
  if (value === null) return 'null'
  if (markup === 'json') return `${value}`
  if (typeof value === 'boolean') return `${value}`
  const text = documentText(value, type)
  return isBareNumber(type) ? text : jsonString(text)
}

function isBareNumber(type: SqlType): boolean {
  return isNumericType(type)
}

/** SQL Server also escapes the slash. */
function jsonString(text: string): string {
  return JSON.stringify(text).replaceAll('/', '\\/')
}
