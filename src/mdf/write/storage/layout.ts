import { CHILD_POINTER_SIZE, COUNT_SIZE, END_OFFSET_SIZE } from '../../page/record-format.ts'
import { MAX_LENGTH, type SqlType, type SqlTypeName } from '../../sql-type.ts'
import { fixedSizeOf } from '../../value/system-type.ts'
import { compressedPrefixLength } from '../compression/compressed-cells.ts'
import type { RowsetDefinition, StoredColumn } from '../rowset-definition.ts'

/** What decides where a rowset keeps its columns. */
export type RowsetShape = Pick<
  RowsetDefinition,
  'columns' | 'key' | 'indexId' | 'isUnique' | 'indexRecordsHaveNullBitmap' | 'compression'
>

/** Where one level of records keeps a column; `offset` 0 when it does not. */
export interface ColumnPlace {
  /** From the record's start when positive; -1, -2, … is the first, second, … variable column. */
  readonly offset: number
  /** From 1; 0 when the column has no bit in the records' null bitmap. */
  readonly nullBit: number
  /** For a bit column: which bit of the byte at `offset`. */
  readonly bitPosition: number
}

/** A column as sysrscols describes it. */
export interface ColumnLayout {
  readonly column: StoredColumn
  readonly leaf: ColumnPlace
  /** In the records of upper index pages. */
  readonly interior: ColumnPlace
  /** From 1; 0 for a column that is no part of the key. */
  readonly keyOrdinal: number
  readonly isDescending: boolean
  /** sysrscols.maxinrowlen: 8000 for (max) types and xml, 0 for others. */
  readonly maxInRowLength: number
}

/** A rowset's layout: sysrscols' columns and the lengths that sysrowsets keeps. */
export interface RowsetLayout {
  /** In the order of the definition's columns. */
  readonly columns: readonly ColumnLayout[]
  readonly maxNullBit: number
  readonly maxLeafLength: number
  readonly maxInteriorLength: number
  /** Fixed part of leaf records: pminlen of their pages. */
  readonly minLeafLength: number
  /** Fixed part of upper records with their child pointer; 0 for a heap. */
  readonly minInteriorLength: number
  readonly leafHasNullBitmap: boolean
  readonly interiorHasNullBitmap: boolean
}

const DATA_RECORD_HEADER = 4
const INDEX_RECORD_HEADER = 1
const FORWARDING_POINTER_SIZE = 10
const MAX_IN_ROW = 8000
const SQL_VARIANT_LENGTH = 8016
const TEXT_POINTER_SIZE = 16
/** What SQL Server writes at least as the longest upper record, whatever the key. */
const LEAST_MAX_INTERIOR_LENGTH = 15
const MAX_TYPES: ReadonlySet<SqlTypeName> = new Set<SqlTypeName>([
  'varchar',
  'nvarchar',
  'varbinary',
])
const NOWHERE: ColumnPlace = { offset: 0, nullBit: 0, bitPosition: 0 }

/**
 * Lays out the columns as SQL Server does: fixed ones from byte 4 (index records: byte 1) in column
 * order, bits sharing bytes, variable ones as -1, -2, …; sparse columns have no place of their own.
 */
export function layOut(shape: RowsetShape): RowsetLayout {
  return isCompressed(shape) ? compressedLayout(shape) : plainLayout(shape)
}

/** Whether the rowset's records are of the compressed form. */
export function isCompressed({ compression = 'none' }: RowsetShape): boolean {
  return compression !== 'none'
}

/** Compressed records keep columns by their numbers. */
function compressedLayout(shape: RowsetShape): RowsetLayout {
  const { columns, indexId } = shape
  const interiorIndexes = interiorColumns(shape)
  const keyOrdinals = keyOrdinalsOf(shape)
  const numbered = (number: number) => ({
    offset: -number - 1,
    nullBit: number + 1,
    bitPosition: 0,
  })
  const minLeafLength = compressedPrefixLength(columns.length)
  const minInteriorLength =
    indexId === 0 ? 0 : compressedPrefixLength(interiorIndexes.length) + CHILD_POINTER_SIZE
  const interior = interiorIndexes.flatMap((index) => columns[index] ?? [])
  return {
    columns: columns.map((column, index) => ({
      column,
      leaf: numbered(index),
      interior: interiorIndexes.includes(index)
        ? numbered(interiorIndexes.indexOf(index))
        : NOWHERE,
      keyOrdinal: keyOrdinals.get(index)?.ordinal ?? 0,
      isDescending: keyOrdinals.get(index)?.isDescending ?? false,
      maxInRowLength: isMaxType(column.type) ? MAX_IN_ROW : 0,
    })),
    maxNullBit: columns.length,
    maxLeafLength: longestCompressed(columns, minLeafLength),
    maxInteriorLength: indexId === 0 ? 0 : longestCompressed(interior, minInteriorLength),
    minLeafLength,
    minInteriorLength,
    leafHasNullBitmap: true,
    interiorHasNullBitmap: true,
  }
}

function longestCompressed(columns: readonly StoredColumn[], prefixLength: number): number {
  const LONG_REGION_HEADER = 3
  const values = columns.reduce((sum, { type }) => sum + END_OFFSET_SIZE + longestOf(type), 0)
  return prefixLength + LONG_REGION_HEADER + values
}

function plainLayout(shape: RowsetShape): RowsetLayout {
  const { columns, indexId } = shape
  const isIndexRecord = indexId > 1
  const leafHasNullBitmap = !isIndexRecord || indexNullBitmap(shape, columns)
  const leaf = place(columns, isIndexRecord ? INDEX_RECORD_HEADER : DATA_RECORD_HEADER)
  const leafEntries = withNullBits(leaf.places, leafHasNullBitmap)
  const interiorIndexes = interiorColumns(shape)
  const interior = interiorLayout(shape, interiorIndexes)
  const keyOrdinals = keyOrdinalsOf(shape)
  return {
    columns: columns.map((column, index) => ({
      column,
      leaf: leafEntries[index] ?? NOWHERE,
      interior: interior.places.get(index) ?? NOWHERE,
      keyOrdinal: keyOrdinals.get(index)?.ordinal ?? 0,
      isDescending: keyOrdinals.get(index)?.isDescending ?? false,
      maxInRowLength: isMaxType(column.type) ? MAX_IN_ROW : 0,
    })),
    maxNullBit: Math.max(0, ...leafEntries.map(({ nullBit }) => nullBit)),
    maxLeafLength: longest(columns, leaf.fixedEnd, leafHasNullBitmap) + forwardingRoom(shape),
    maxInteriorLength: interior.maxLength,
    minLeafLength: leaf.fixedEnd,
    minInteriorLength: interior.minLength,
    leafHasNullBitmap,
    interiorHasNullBitmap: interior.hasNullBitmap,
  }
}

function isMaxType({ name, maxLength }: SqlType): boolean {
  return (
    name === 'xml' ||
    name === 'geometry' ||
    name === 'geography' ||
    (maxLength === MAX_LENGTH && MAX_TYPES.has(name))
  )
}

/** SQL Server 2012 and later give every index of a user table a null bitmap. */
function indexNullBitmap(shape: RowsetShape, columns: readonly StoredColumn[]): boolean {
  return shape.indexRecordsHaveNullBitmap ?? columns.some(({ isNullable }) => isNullable)
}

/** Upper records keep the key's columns, in its order. */
function interiorColumns({ key, indexId }: RowsetShape): number[] {
  return indexId === 0 ? [] : key.map(({ column }) => column)
}

function interiorLayout(shape: RowsetShape, indexes: readonly number[]) {
  if (shape.indexId === 0) {
    return { places: new Map<number, ColumnPlace>(), ...NO_INTERIOR }
  }
  const columns = indexes.flatMap((index) => shape.columns[index] ?? [])
  const hasNullBitmap = indexNullBitmap(shape, columns)
  const { places, fixedEnd } = place(columns, INDEX_RECORD_HEADER)
  const entries = withNullBits(places, hasNullBitmap)
  const minLength = fixedEnd + CHILD_POINTER_SIZE
  return {
    places: new Map(indexes.map((index, position) => [index, entries[position] ?? NOWHERE])),
    hasNullBitmap,
    minLength,
    maxLength: Math.max(LEAST_MAX_INTERIOR_LENGTH, longest(columns, minLength, hasNullBitmap)),
  }
}

const NO_INTERIOR = { hasNullBitmap: false, minLength: 0, maxLength: 0 }

function keyOrdinalsOf({ key }: RowsetShape) {
  return new Map(
    key.map(({ column, isDescending }, index) => [column, { ordinal: index + 1, isDescending }]),
  )
}

interface Places {
  readonly places: readonly (ColumnPlace & { readonly isSparse: boolean })[]
  readonly fixedEnd: number
}

function place(columns: readonly StoredColumn[], start: number): Places {
  let fixedEnd = start
  let variables = 0
  let bits = 0
  let bitByte = 0
  const places = columns.map(({ type, isSparse = false, isUniquifier = false }) => {
    if (isSparse) return { ...NOWHERE, isSparse }
    const size = isUniquifier ? undefined : fixedSizeOf(type)
    if (size === undefined) {
      variables += 1
      return { ...NOWHERE, offset: -variables, isSparse }
    }
    if (type.name !== 'bit') {
      fixedEnd += size
      return { ...NOWHERE, offset: fixedEnd - size, isSparse }
    }
    if (bits % 8 === 0) {
      bitByte = fixedEnd
      fixedEnd += 1
    }
    bits += 1
    return { ...NOWHERE, offset: bitByte, bitPosition: (bits - 1) % 8, isSparse }
  })
  return { places, fixedEnd }
}

function withNullBits(places: Places['places'], hasNullBitmap: boolean): ColumnPlace[] {
  let bits = 0
  return places.map(({ offset, bitPosition, isSparse }) => {
    if (!hasNullBitmap || isSparse) return { offset, nullBit: 0, bitPosition }
    bits += 1
    return { offset, nullBit: bits, bitPosition }
  })
}

function longest(columns: readonly StoredColumn[], fixedEnd: number, hasNullBitmap: boolean) {
  const placed = columns.filter(({ isSparse }) => isSparse !== true)
  const variable = placed.filter(
    ({ type, isUniquifier }) => isUniquifier || fixedSizeOf(type) === undefined,
  )
  const bitmap = hasNullBitmap ? COUNT_SIZE + ((placed.length + 7) >> 3) : 0
  const lengths = variable.reduce((sum, { type }) => sum + END_OFFSET_SIZE + longestOf(type), 0)
  return fixedEnd + bitmap + (variable.length === 0 ? 0 : COUNT_SIZE) + lengths
}

function longestOf(type: SqlType): number {
  if (type.name === 'sql_variant') return SQL_VARIANT_LENGTH
  if (type.name === 'text' || type.name === 'ntext' || type.name === 'image') {
    return TEXT_POINTER_SIZE
  }
  return isMaxType(type) ? MAX_IN_ROW : type.maxLength
}

/** A heap's row that can grow can be forwarded, and then keeps a pointer back. */
function forwardingRoom({ indexId, columns }: RowsetShape): number {
  const canGrow = columns.some(({ type }) => fixedSizeOf(type) === undefined)
  return indexId === 0 && canGrow ? FORWARDING_POINTER_SIZE + END_OFFSET_SIZE : 0
}
