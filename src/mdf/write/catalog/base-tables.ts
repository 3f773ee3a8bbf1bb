import { PlatformError } from '../../../base/index.ts'
import { BASE_TABLE_TEXT } from './base-table-text.ts'
import { type DeclaredType, parseType } from './parse-type.ts'

export interface BaseColumn {
  readonly columnId: number
  readonly name: string
  readonly declared: DeclaredType
  readonly isNullable: boolean
}

export interface BaseIndex {
  readonly indexId: number
  readonly name: string
  readonly isUnique: boolean
  /** Indexes in the table's columns. */
  readonly key: readonly number[]
  readonly included: readonly number[]
}

/** A system base table; without an index of id 1 it is a heap. */
export interface BaseTable {
  readonly objectId: number
  readonly name: string
  readonly columns: readonly BaseColumn[]
  readonly indexes: readonly BaseIndex[]
}

const TABLE = /^(?<id>\d+) (?<name>\w+)\n(?<body>(?: {2}.*\n)*)/gm
const COLUMN =
  /(?<name>\w+) (?<type>\w+(?:\(\w+\))?)(?:@(?<collation>\d+))?(?<nullable>\?)?(?:, ?|$)/g
const INDEX =
  /(?<repeating>repeating )?(?<name>\w+)\((?<key>[^)]+)\)(?: with (?<included>[\w, ]+))?/g

/** The base tables in a database of this collation. */
export function baseTables(collationId: number): readonly BaseTable[] {
  return Array.from(BASE_TABLE_TEXT.matchAll(TABLE), ({ groups }) => {
    const lines = (groups?.['body'] ?? '').split('\n').map((line) => line.trim())
    const indexText = lines.filter((line) => line.startsWith(':')).join(' ')
    const columnText = lines.filter((line) => !line.startsWith(':')).join(' ')
    const columns = parseColumns(columnText.trim(), collationId)
    return {
      objectId: Number(groups?.['id']),
      name: groups?.['name'] ?? '',
      columns,
      indexes: parseIndexes(indexText, columns),
    }
  })
}

function parseColumns(text: string, collationId: number): BaseColumn[] {
  return Array.from(text.matchAll(COLUMN), ({ groups }, index) => ({
    columnId: index + 1,
    name: groups?.['name'] ?? '',
    declared: parseType(groups?.['type'] ?? '', Number(groups?.['collation'] ?? collationId)),
    isNullable: groups?.['nullable'] !== undefined,
  }))
}

function parseIndexes(text: string, columns: readonly BaseColumn[]): BaseIndex[] {
  const places = (names: string) => names.split(', ').map((name) => placeOf(columns, name.trim()))
  return Array.from(text.matchAll(INDEX), ({ groups }, index) => ({
    indexId: index + 1,
    name: groups?.['name'] ?? '',
    isUnique: groups?.['repeating'] === undefined,
    key: places(groups?.['key'] ?? ''),
    included: groups?.['included'] === undefined ? [] : places(groups['included']),
  }))
}

function placeOf(columns: readonly BaseColumn[], name: string): number {
  const place = columns.findIndex((column) => column.name === name)
  if (place < 0) throw new PlatformError('INTERNAL', `a base table has no column ${name}`)
  return place
}
