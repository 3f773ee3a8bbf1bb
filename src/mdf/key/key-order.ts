import type { SqlType } from '../sql-type.ts'
import { timeSize } from '../value/system-type.ts'
import { CELL_STATES } from './row-cells.ts'
import type { CellColumn } from './row-layout.ts'
import { compareTexts, type TextOrder, textOrder } from './text-order.ts'
import { UNKNOWN_ORDER } from './unknown-order.ts'

/** -1, 0 or 1, or UNKNOWN_ORDER; the ends are of the values, `start` of a bit is its value. */
type Compare = (left: ValuePlace, right: ValuePlace) => number

interface ValuePlace {
  bytes: Buffer
  start: number
  end: number
}

/** Where the values of one key are: a record's, as `RowCells` has them, or those that are looked for. */
export interface KeyCells {
  readonly bytes: Buffer
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
  readonly states: ArrayLike<number>
}

interface KeyColumn {
  readonly column: number
  readonly isDescending: boolean
  readonly compare: Compare
}

/** The order of an index's records, by all columns that make it: equal ones are the same record. */
export class KeyOrder {
  readonly #columns: readonly KeyColumn[]
  readonly #left: ValuePlace = { bytes: Buffer.alloc(0), start: 0, end: 0 }
  readonly #right: ValuePlace = { bytes: Buffer.alloc(0), start: 0, end: 0 }

  constructor(columns: readonly CellColumn[]) {
    this.#columns = columns
      .map((column, index) => ({ column, index }))
      .filter(({ column }) => column.physical.keyOrdinal > 0)
      .sort((left, right) => left.column.physical.keyOrdinal - right.column.physical.keyOrdinal)
      .map(({ column, index }) => ({
        column: index,
        isDescending: column.physical.isDescending,
        compare: comparison(column),
      }))
  }

  get hasKey(): boolean {
    return this.#columns.length > 0
  }

  /** -1, 0 or 1 as `left` comes before, with or after `right`; UNKNOWN_ORDER when that is not certain. */
  compare(left: KeyCells, right: KeyCells): number {
    return this.comparePrefix(left, right, this.#columns.length)
  }

  /** The same by the first `count` columns of the key. */
  comparePrefix(left: KeyCells, right: KeyCells, count: number): number {
    for (let place = 0; place < count; place++) {
      const key = this.#columns[place]
      if (key === undefined) break
      const { column, isDescending, compare } = key
      const order = this.#compareColumn(left, right, column, compare)
      if (order === 0) continue
      return order === UNKNOWN_ORDER || !isDescending ? order : -order
    }
    return this.hasKey ? 0 : UNKNOWN_ORDER
  }

  #compareColumn(left: KeyCells, right: KeyCells, column: number, compare: Compare): number {
    const leftState = left.states[column] ?? 0
    const rightState = right.states[column] ?? 0
    if (leftState === CELL_STATES.null || rightState === CELL_STATES.null) {
      if (leftState === rightState) return 0
      if (leftState === CELL_STATES.null)
        return rightState === CELL_STATES.value ? -1 : UNKNOWN_ORDER
      return leftState === CELL_STATES.value ? 1 : UNKNOWN_ORDER
    }
    if (leftState !== CELL_STATES.value || rightState !== CELL_STATES.value) return UNKNOWN_ORDER
    this.#left.bytes = left.bytes
    this.#left.start = left.starts[column] ?? 0
    this.#left.end = left.ends[column] ?? 0
    this.#right.bytes = right.bytes
    this.#right.start = right.starts[column] ?? 0
    this.#right.end = right.ends[column] ?? 0
    return compare(this.#left, this.#right)
  }
}

function comparison({ type, physical }: CellColumn): Compare {
  switch (type?.name) {
    case 'bit':
      return (left, right) => Math.sign(left.start - right.start)
    case 'tinyint':
      return byNumber((bytes, start) => bytes.readUInt8(start))
    case 'smallint':
      return byNumber((bytes, start) => bytes.readInt16LE(start))
    case 'int':
      return compareInts
    case 'smallmoney':
      return byNumber((bytes, start) => bytes.readInt32LE(start))
    case 'bigint':
    case 'money':
    case 'datetime':
      return compareLongs
    case 'real':
      return byNumber((bytes, start) => bytes.readFloatLE(start))
    case 'float':
      return byNumber((bytes, start) => bytes.readDoubleLE(start))
    case 'date':
      return byNumber((bytes, start) => bytes.readUIntLE(start, DATE_SIZE))
    case 'smalldatetime':
      return byNumber(
        (bytes, start) => bytes.readUInt16LE(start + 2) * 65_536 + bytes.readUInt16LE(start),
      )
    case 'decimal':
    case 'numeric':
      return compareDecimals
    case 'uniqueidentifier':
      return compareGuids
    case 'timestamp':
      return compareBinary
    case 'binary':
      // It may be the address of a heap's row, whose order is not known.
      return physical.length === ADDRESS_SIZE ? equalOrUnknown : compareBinary
    case 'varbinary':
      return physical.systemTypeId === CLR_TYPE ? equalOrUnknown : compareBinary
    default:
      return type === undefined ? equalOrUnknown : timeOrTextComparison(type)
  }
}

const CLR_TYPE = 240
const DATE_SIZE = 3
const ADDRESS_SIZE = 8

function timeOrTextComparison(type: SqlType): Compare {
  const size = timeSize(type.scale)
  switch (type.name) {
    case 'time':
      return byNumber((bytes, start) => bytes.readUIntLE(start, size))
    case 'datetime2':
    case 'datetimeoffset':
      return byNumber(
        (bytes, start) => bytes.readUIntLE(start + size, DATE_SIZE),
        (bytes, start) => bytes.readUIntLE(start, size),
      )
    case 'char':
    case 'varchar':
      return byText(textOrder(type.collationId, 1))
    case 'nchar':
    case 'nvarchar':
      return byText(textOrder(type.collationId, 2))
    default:
      return equalOrUnknown
  }
}

type ReadNumber = (bytes: Buffer, start: number) => number

function byNumber(first: ReadNumber, second?: ReadNumber): Compare {
  return (left, right) => {
    const order = Math.sign(first(left.bytes, left.start) - first(right.bytes, right.start))
    if (Number.isNaN(order)) return UNKNOWN_ORDER
    if (order !== 0 || second === undefined) return order
    return Math.sign(second(left.bytes, left.start) - second(right.bytes, right.start))
  }
}

/** A uniquifier is an int that is not stored when it is 0. */
function compareInts(left: ValuePlace, right: ValuePlace): number {
  const a = left.end === left.start ? 0 : left.bytes.readInt32LE(left.start)
  const b = right.end === right.start ? 0 : right.bytes.readInt32LE(right.start)
  return a < b ? -1 : Number(a > b)
}

function compareLongs(left: ValuePlace, right: ValuePlace): number {
  const a = left.bytes.readInt32LE(left.start + 4)
  const b = right.bytes.readInt32LE(right.start + 4)
  if (a !== b) return a < b ? -1 : 1
  return Math.sign(left.bytes.readUInt32LE(left.start) - right.bytes.readUInt32LE(right.start))
}

function compareDecimals(left: ValuePlace, right: ValuePlace): number {
  const isPositive = left.bytes.readUInt8(left.start) !== 0
  if (isPositive !== (right.bytes.readUInt8(right.start) !== 0)) {
    if (isZero(left) && isZero(right)) return 0
    return isPositive ? 1 : -1
  }
  for (let at = left.end - left.start - 4; at >= 1; at -= 4) {
    const a = left.bytes.readUInt32LE(left.start + at)
    const b = right.bytes.readUInt32LE(right.start + at)
    if (a !== b) return a < b === isPositive ? -1 : 1
  }
  return 0
}

function isZero({ bytes, start, end }: ValuePlace): boolean {
  for (let at = start + 1; at < end; at++) if (bytes.readUInt8(at) !== 0) return false
  return true
}

/** The last group weighs most, and the first ones are stored backwards. */
const GUID_ORDER = [10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3]

function compareGuids(left: ValuePlace, right: ValuePlace): number {
  for (const at of GUID_ORDER) {
    const a = left.bytes.readUInt8(left.start + at)
    const b = right.bytes.readUInt8(right.start + at)
    if (a !== b) return a < b ? -1 : 1
  }
  return 0
}

/** Zeros at the end may count or not. */
function compareBinary(left: ValuePlace, right: ValuePlace): number {
  const shared = Math.min(left.end - left.start, right.end - right.start)
  const order = left.bytes.compare(
    right.bytes,
    right.start,
    right.start + shared,
    left.start,
    left.start + shared,
  )
  if (order !== 0 || left.end - left.start === right.end - right.start) return order
  return UNKNOWN_ORDER
}

function equalOrUnknown(left: ValuePlace, right: ValuePlace): number {
  return left.bytes.compare(right.bytes, right.start, right.end, left.start, left.end) === 0
    ? 0
    : UNKNOWN_ORDER
}

function byText(order: TextOrder): Compare {
  return (left, right) => compareTexts(order, left, right)
}
