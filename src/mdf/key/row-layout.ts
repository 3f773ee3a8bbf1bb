import type { PhysicalColumn } from '../catalog/storage-rows.ts'
import type { SqlType } from '../sql-type.ts'
import { fixedSizeOf, sqlTypeOf } from '../value/system-type.ts'

/** Where a record keeps a column. */
export const CELL_SHAPES = {
  /** This level of the index does not have the column. */
  elsewhere: 0,
  fixed: 1,
  bit: 2,
  variable: 3,
  sparse: 4,
} as const

export interface CellColumn {
  readonly physical: PhysicalColumn
  /** undefined for a type that this reader does not know. */
  readonly type: SqlType | undefined
  readonly shape: (typeof CELL_SHAPES)[keyof typeof CELL_SHAPES]
  /** From the start of the record; the number of a variable column, from 0. */
  readonly position: number
  /** Of a fixed column, in bytes. */
  readonly size: number
  /** From 1; 0 for a column that no record can have as NULL. */
  readonly nullBit: number
  readonly bitPosition: number
}

export type IndexLevel = 'leaf' | 'internal'

/** How the records of one level keep a rowset's columns; both levels list them in the same order. */
export function rowLayout(columns: readonly PhysicalColumn[], level: IndexLevel): CellColumn[] {
  return columns.map((physical) => cellColumn(physical, level))
}

function cellColumn(physical: PhysicalColumn, level: IndexLevel): CellColumn {
  const isLeaf = level === 'leaf'
  const offset = isLeaf ? physical.leafOffset : physical.internalOffset
  const type = typeOf(physical)
  const nullBit = isLeaf ? physical.nullBit : physical.internalNullBit
  return {
    physical,
    type,
    // A damaged catalog can say anything.
    shape: nullBit < 0 ? CELL_SHAPES.elsewhere : shapeOf(physical, type, offset, level),
    position: offset < 0 ? -offset - 1 : offset,
    size: (type && fixedSizeOf(type)) ?? 0,
    nullBit,
    bitPosition: isLeaf ? physical.bitPosition : physical.internalBitPosition,
  }
}

function shapeOf(
  physical: PhysicalColumn,
  type: SqlType | undefined,
  offset: number,
  level: IndexLevel,
): CellColumn['shape'] {
  if (physical.isSparse && level === 'leaf') return CELL_SHAPES.sparse
  if (offset === 0) return CELL_SHAPES.elsewhere
  if (offset < 0) return CELL_SHAPES.variable
  if (type?.name === 'bit') return CELL_SHAPES.bit
  return type === undefined ? CELL_SHAPES.elsewhere : CELL_SHAPES.fixed
}

function typeOf(physical: PhysicalColumn): SqlType | undefined {
  const { systemTypeId, length, precision, scale, collationId } = physical
  return sqlTypeOf({ systemTypeId, userTypeId: 0, length, precision, scale, collationId })
}
