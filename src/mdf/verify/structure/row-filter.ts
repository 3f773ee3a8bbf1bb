import type { CatalogColumn } from '../../catalog/catalog-entries.ts'
import { CELL_STATES, type RowCells } from '../../key/row-cells.ts'
import type { RowsetTarget } from './rowset-target.ts'

/** Which rows a filtered index has; undefined when that is not certain of a row. */
export type RowFilter = (cells: RowCells) => boolean | undefined

const TERM =
  /^\(*\s*\[(?<column>(?:[^\]]|\]\])+)\]\s*(?:IS\s+(?<not>NOT\s+)?NULL|(?<operator>=|<>)\s*\(*(?<value>-?\d{1,9})\)*)\s*\)*$/i
const NUMBER_SIZES: Readonly<Record<string, number>> = { tinyint: 1, smallint: 2, int: 4 }

/**
 * A filter made of `[column] IS NULL`, `IS NOT NULL`, `=(1)` and `<>(1)` with AND between them, as most
 * are; undefined for any other.
 */
export function rowFilter(
  text: string,
  target: RowsetTarget,
  columns: readonly CatalogColumn[],
): RowFilter | undefined {
  const terms = text.split(/\s+AND\s+/i).map((term) => termFilter(term, target, columns))
  const known = terms.filter((term) => term !== undefined)
  if (known.length < terms.length) return undefined
  return (cells) => {
    let isCertain = true
    for (const term of known) {
      const accepts = term(cells)
      if (accepts === false) return false
      isCertain &&= accepts !== undefined
    }
    return isCertain ? true : undefined
  }
}

function termFilter(
  text: string,
  target: RowsetTarget,
  columns: readonly CatalogColumn[],
): RowFilter | undefined {
  const parts = TERM.exec(text.trim())?.groups
  const name = parts?.['column']?.replaceAll(']]', ']')
  const columnId = columns.find((column) => column.name === name)?.columnId
  const column = target.leaf.findIndex(
    ({ physical }) => physical.columnId === columnId && !physical.isDropped,
  )
  if (parts === undefined || column < 0) return undefined
  const { value } = parts
  if (value === undefined) {
    const wantsNull = parts['not'] === undefined
    return (cells) => {
      const isNull = isNullCell(target, cells, column)
      return isNull === undefined ? undefined : isNull === wantsNull
    }
  }
  const read = numberReader(target, column)
  if (read === undefined) return undefined
  const wantsEqual = parts['operator'] === '='
  return (cells) => {
    const isNull = isNullCell(target, cells, column)
    if (isNull !== false) return isNull === undefined ? undefined : false
    if (cells.states[column] !== CELL_STATES.value) return undefined
    return (read(cells) === Number(value)) === wantsEqual
  }
}

function isNullCell(target: RowsetTarget, cells: RowCells, column: number): boolean | undefined {
  switch (cells.states[column]) {
    case CELL_STATES.null:
      return true
    case CELL_STATES.value:
    case CELL_STATES.pointer:
      return false
    case CELL_STATES.absent: {
      const cell = target.leaf[column]
      const value = cell && target.valueWhenAbsent(cell)
      return value === undefined ? undefined : value === null
    }
    default:
      return undefined
  }
}

function numberReader(
  target: RowsetTarget,
  column: number,
): ((cells: RowCells) => number) | undefined {
  const name = target.leaf[column]?.type?.name ?? ''
  if (name === 'bit') return (cells) => cells.starts[column] ?? 0
  const size = NUMBER_SIZES[name]
  if (size === undefined) return undefined
  if (size === 1) return (cells) => cells.bytes.readUInt8(cells.starts[column] ?? 0)
  return (cells) => cells.bytes.readIntLE(cells.starts[column] ?? 0, size)
}
