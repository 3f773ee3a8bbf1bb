import { MAX_LENGTH, SQL_TYPE_NAMES, type SqlType, type SqlTypeName } from '../../../mdf/index.ts'
import type { SourceColumn } from '../../tsql/index.ts'

/** A column of a catalog view, and what a row has where it says nothing. */
export interface ListedColumn extends SourceColumn {
  /** NULL in a nullable column, otherwise 0, false or ''. */
  readonly absent: null | 0 | 0n | false | ''
}

const SYSNAME_BYTES = 256
const DEFAULT_FACETS: Readonly<
  Partial<Record<SqlTypeName, Omit<SqlType, 'name' | 'collationId'>>>
> = {
  bit: { maxLength: 1, precision: 1, scale: 0 },
  tinyint: { maxLength: 1, precision: 3, scale: 0 },
  smallint: { maxLength: 2, precision: 5, scale: 0 },
  int: { maxLength: 4, precision: 10, scale: 0 },
  bigint: { maxLength: 8, precision: 19, scale: 0 },
  float: { maxLength: 8, precision: 53, scale: 0 },
  real: { maxLength: 4, precision: 24, scale: 0 },
  datetime: { maxLength: 8, precision: 23, scale: 3 },
  uniqueidentifier: { maxLength: 16, precision: 0, scale: 0 },
  sql_variant: { maxLength: 8016, precision: 0, scale: 0 },
}

/**
 * Columns from a compact list, one a line: `name sysname`, `precision tinyint`, `definition
 * nvarchar(max) ?`. The `?` makes a column nullable.
 */
export function listColumns(list: string, collationId: number): readonly ListedColumn[] {
  return list
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([name]) => name !== '')
    .map(([name = '', type = '', mark]) => {
      const nullable = mark === '?'
      return {
        name,
        type: typeOf(type, collationId),
        nullable,
        identity: false,
        absent: nullable ? null : absentValue(type),
      }
    })
}

/** A type from its text, `nvarchar(60)` or `numeric(25,0)`; sysname is nvarchar(128). */
export function typeOf(text: string, collationId: number): SqlType {
  if (text === 'sysname') return characterType('nvarchar', SYSNAME_BYTES, collationId)
  const [, word = '', facets = ''] = /^(\w+)(?:\(([^)]*)\))?$/.exec(text) ?? []
  const name = SQL_TYPE_NAMES.find((candidate) => candidate === word)
  if (name === undefined) throw new TypeError(`no such type in a column list: ${text}`)
  const [first, second] = facets.split(',')
  const length = first === 'max' ? MAX_LENGTH : Number(first)
  switch (name) {
    case 'nvarchar':
    case 'nchar':
      return characterType(name, length === MAX_LENGTH ? length : length * 2, collationId)
    case 'varchar':
    case 'char':
      return characterType(name, length, collationId)
    case 'binary':
    case 'varbinary':
      return { name, maxLength: length, precision: 0, scale: 0, collationId: 0 }
    case 'numeric':
    case 'decimal':
      return {
        name,
        maxLength: decimalBytes(length),
        precision: length,
        scale: Number(second ?? 0),
        collationId: 0,
      }
    default:
      return {
        name,
        ...(DEFAULT_FACETS[name] ?? { maxLength: 0, precision: 0, scale: 0 }),
        collationId: 0,
      }
  }
}

function characterType(name: SqlTypeName, maxLength: number, collationId: number): SqlType {
  return { name, maxLength, precision: 0, scale: 0, collationId }
}

function decimalBytes(precision: number): number {
  if (precision <= 9) return 5
  if (precision <= 19) return 9
  return precision <= 28 ? 13 : 17
}

function absentValue(type: string): 0 | 0n | false | '' {
  if (type === 'bit') return false
  if (type === 'bigint') return 0n
  return /^(?:int|smallint|tinyint|float|real)$/.test(type) ? 0 : ''
}
