import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { TableParameter } from '../backend.ts'
import type { ByteReader } from '../byte-reader.ts'
import { tableParameterError, type ValuePosition } from '../protocol-error.ts'
import { type ParameterType, readParameterType } from './parameter-type.ts'
import { readParameterValue } from './parameter-value.ts'

/*
 * A table-valued parameter, [MS-TDS] 2.2.5.5.5: type byte, name (database, schema, type), columns (user
 * type, flags, TYPE_INFO, name), optional tokens, end token, rows, end token.
 */
const TOKENS = { end: 0x00, row: 0x01, orderUnique: 0x10, columnOrdering: 0x11 } as const
/** Stands for the count of columns of a NULL table. */
const NULL_TABLE = 0xffff
const MAX_COLUMNS = 1024
const DEFAULT_FLAG = 0x0200
const ORDER_UNIQUE_BYTES = 3
const COLUMN_ORDERING_BYTES = 2
/** What rows take at least, beside the values of their cells, and may take in all. */
const ROW_BYTES = 32
const CELL_BYTES = 16
const MAX_TABLE_BYTES = 256 * 1024 * 1024

interface TableColumn extends ParameterType {
  readonly isDefault: boolean
}

/**
 * Reads type and rows of a table-valued parameter, from its type byte on.
 * @throws ProtocolError 8029, 8032, 8037, 8046, 8047, 8050, 8056; 4002 where it ends early
 * @throws SqlError 701
 */
export function readTableParameter(input: ByteReader, position: ValuePosition): TableParameter {
  input.u8()
  if (input.bVarchar() !== '') throw tableParameterError(8047, metadataOf(position, 0))
  const schema = input.bVarchar()
  const typeName = input.bVarchar()
  const columns = readColumns(input, position)
  const sentOrdinals = readOptionalTokens(input, position)
  const rows = readRows(input, inSentOrder(columns, sentOrdinals, position), position)
  return {
    schema,
    typeName,
    columns: columns.map(({ type, isDefault }) => ({ type, isDefault })),
    rows,
  }
}

/** A column with its place in the table type. */
interface SentColumn extends TableColumn {
  readonly ordinal: number
}

function metadataOf(position: ValuePosition, column: number): ValuePosition {
  return { ...position, cell: { row: 0, column } }
}

function readColumns(input: ByteReader, position: ValuePosition): TableColumn[] {
  const count = input.u16()
  if (count === NULL_TABLE) return []
  if (count === 0 || count > MAX_COLUMNS) throw tableParameterError(8050, metadataOf(position, 0))
  return Array.from({ length: count }, (_, index) => {
    input.u32() // user type
    const isDefault = (input.u16() & DEFAULT_FLAG) !== 0
    const column = readParameterType(input, metadataOf(position, index + 1))
    input.bVarchar() // columns go by their order; clients leave their names empty
    return { ...column, isDefault }
  })
}

/** 701: a row takes more memory than it has bytes, so that a short request could fill the heap. */
function insufficientMemory(): SqlError {
  return new SqlError(
    701,
    "There is insufficient system memory in resource pool 'default' to run this query.",
    { severity: 17, state: 123 },
  )
}

/** @returns ordinals of the columns in the order rows have them; undefined when it is the type's own */
function readOptionalTokens(
  input: ByteReader,
  position: ValuePosition,
): readonly number[] | undefined {
  let ordinals: number[] | undefined
  const seen = new Set<number>()
  for (let token = input.u8(); token !== TOKENS.end; token = input.u8()) {
    if (seen.has(token)) throw tableParameterError(8056, metadataOf(position, 0))
    seen.add(token)
    // What a client says of order and uniqueness only helps to plan.
    if (token === TOKENS.orderUnique) input.bytes(input.u16() * ORDER_UNIQUE_BYTES)
    else if (token === TOKENS.columnOrdering) ordinals = readOrdinals(input)
    else throw tableParameterError(8029, metadataOf(position, 0))
  }
  return ordinals
}

function readOrdinals(input: ByteReader): number[] {
  const bytes = input.bytes(input.u16() * COLUMN_ORDERING_BYTES)
  return Array.from({ length: bytes.length / COLUMN_ORDERING_BYTES }, (_, index) =>
    bytes.readUInt16LE(index * COLUMN_ORDERING_BYTES),
  )
}

function inSentOrder(
  columns: readonly TableColumn[],
  ordinals: readonly number[] | undefined,
  position: ValuePosition,
): readonly SentColumn[] {
  const order = ordinals ?? columns.map((_, index) => index + 1)
  const sent = order.map((number) => {
    const column = columns[number - 1]
    if (column === undefined) throw tableParameterError(8029, metadataOf(position, number))
    return { ...column, ordinal: number - 1 }
  })
  if (new Set(order).size !== columns.length) {
    throw tableParameterError(8029, metadataOf(position, 0))
  }
  return sent.filter(({ isDefault }) => !isDefault)
}

function readRows(
  input: ByteReader,
  sent: readonly SentColumn[],
  position: ValuePosition,
): SqlValue[][] {
  const places = sent.map(({ ordinal }) => ordinal).toSorted((a, b) => a - b)
  const placed = sent.map((column) => ({ column, place: places.indexOf(column.ordinal) }))
  const rows: SqlValue[][] = []
  const rowBytes = ROW_BYTES + CELL_BYTES * sent.length
  for (let token = input.u8(); token !== TOKENS.end; token = input.u8()) {
    const row = rows.length + 1
    if (token !== TOKENS.row) {
      throw tableParameterError(8029, { ...position, cell: { row, column: 0 } })
    }
    if (row * rowBytes > MAX_TABLE_BYTES) throw insufficientMemory()
    const values = new Array<SqlValue>(sent.length).fill(null)
    for (const { column, place } of placed) {
      const cell = { row, column: column.ordinal + 1 }
      values[place] = readParameterValue(input, column, { ...position, cell })
    }
    rows.push(values)
  }
  return rows
}
