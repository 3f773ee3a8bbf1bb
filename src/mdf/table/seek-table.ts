import { CELL_STATES } from '../key/row-cells.ts'
import type { FileExtents } from '../page/allocation.ts'
import { FixedVarRecord, recordType } from '../page/fixed-var-record.ts'
import { RECORD_TYPES } from '../page/record-format.ts'
import type { SqlValue } from '../sql-type.ts'
import { valueDecoder } from '../value/value-decoder.ts'
import { forwardedPosition, type RecordPosition } from './data-pages.ts'
import type { IndexTree, KeyBound, LeafRecord } from './index-tree.ts'
import { type KeyRange, keyBounds } from './key-bounds.ts'
import { rowDecoderOf, type ScanRequest, scanTable } from './scan-table.ts'
import type { RowLocator, TableIndex } from './table-index.ts'

export interface SeekRequest extends ScanRequest {
  readonly index: TableIndex
  readonly range: KeyRange
  /** The last row first. */
  readonly isBackward: boolean
  /**
   * Rows to look up one by one, at most: with more in the range the table is scanned instead, in its own
   * order. Indexes that have all wanted columns know no limit.
   */
  readonly mostLookups: number
}

/** See `DatabaseReader.seekTable`. */
export function* seekTable(files: FileExtents, request: SeekRequest): Generator<SqlValue[]> {
  const { index, columnIds } = request
  if (index.locator === undefined) {
    yield* seekClustered(files, request)
  } else if (columnIds.every((columnId) => index.covered.has(columnId))) {
    yield* seekCovered(request, lookUpOf(files, request, index.locator))
  } else {
    yield* seekAndLookUp(files, request, index.locator)
  }
}

function* recordsOf({ index, range, isBackward }: SeekRequest): Generator<LeafRecord> {
  const trees = isBackward ? index.trees.toReversed() : index.trees
  for (const tree of trees) {
    const bounds = keyBounds(tree, range)
    yield* isBackward ? tree.backward(bounds) : tree.forward(bounds)
  }
}

function* seekClustered(files: FileExtents, request: SeekRequest): Generator<SqlValue[]> {
  const decoders = rowDecoders(files, request)
  const trees = [...request.index.trees.entries()]
  for (const [partition, tree] of request.isBackward ? trees.toReversed() : trees) {
    const decode = decoders[partition]
    const bounds = keyBounds(tree, request.range)
    const records = request.isBackward ? tree.backward(bounds) : tree.forward(bounds)
    for (const { page, offset } of records) {
      if (decode !== undefined) yield decode(new FixedVarRecord(page, offset))
    }
  }
}

/** One a partition: each rowset has its own places for the columns. */
function rowDecoders(files: FileExtents, request: ScanRequest) {
  return request.storage
    .dataRowsetsOf(request.objectId)
    .map((rowset) => rowDecoderOf(files, request, rowset))
}

function* seekCovered(request: SeekRequest, lookUp: LookUp): Generator<SqlValue[]> {
  const { index, columnIds } = request
  const [tree] = index.trees
  const places = columnIds.map((columnId) => index.covered.get(columnId) ?? -1)
  const readers = places.map((place) => cellReader(tree, place))
  for (const record of recordsOf(request)) {
    const { states } = record.cells
    // A value that is elsewhere is found from the table's own row.
    if (places.some((place) => !isInRecord(states[place]))) yield* lookUp(keep(record))
    else yield readers.map((read) => read(record.cells))
  }
}

function isInRecord(state: number | undefined): boolean {
  return state === CELL_STATES.value || state === CELL_STATES.null
}

type CellReader = (cells: LeafRecord['cells']) => SqlValue

function cellReader(tree: IndexTree | undefined, place: number): CellReader {
  const type = tree?.columns[place]?.type
  // A column of an unknown type has no value in the index's record: its state says so.
  const decode = type === undefined ? undefined : valueDecoder(type)
  const isBit = type?.name === 'bit'
  return ({ bytes, starts, ends, states }) => {
    if (states[place] === CELL_STATES.null) return null
    const start = starts[place] ?? 0
    if (isBit || decode === undefined) return start !== 0
    return decode(bytes, start, ends[place] ?? start)
  }
}

/** Finds the rows first: there may be so many of them that reading the whole table is less work. */
function* seekAndLookUp(
  files: FileExtents,
  request: SeekRequest,
  locator: RowLocator,
): Generator<SqlValue[]> {
  const { mostLookups } = request
  const lookUp = lookUpOf(files, request, locator)
  if (mostLookups === Infinity) {
    for (const record of recordsOf(request)) yield* lookUp(keep(record))
    return
  }
  const found: LocatedRecord[] = []
  for (const record of recordsOf(request)) {
    if (found.length >= mostLookups) {
      yield* scanTable(files, request)
      return
    }
    found.push(keep(record))
  }
  for (const record of found) yield* lookUp(record)
}

/** What of a record outlives its turn: its cells are filled again for the next one. */
interface LocatedRecord {
  readonly bytes: Buffer
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly states: Uint8Array
}

function keep({ cells }: LeafRecord): LocatedRecord {
  const { bytes, starts, ends, states } = cells
  return { bytes, starts: starts.slice(), ends: ends.slice(), states: states.slice() }
}

type LookUp = (record: LocatedRecord) => Iterable<SqlValue[]>

function lookUpOf(files: FileExtents, request: SeekRequest, locator: RowLocator): LookUp {
  const [decode] = rowDecoders(files, request)
  if (decode === undefined) return () => []
  if (locator.kind === 'address') {
    return (record) => {
      const { page, offset } = rowAt(files, record, record.starts[locator.column] ?? 0)
      return [decode(new FixedVarRecord(page, offset))]
    }
  }
  const [tree] = locator.index.trees
  if (tree === undefined) return () => []
  return function* (record) {
    const key = clusteredKey(tree, record, locator.columns)
    for (const { page, offset, cells } of tree.forward({ low: key, high: key })) {
      if (tree.order.compare(cells, key.cells) === 0) yield decode(new FixedVarRecord(page, offset))
    }
  }
}

/** The row of an address: page u32, file u16, slot u16; it may have moved and left a stub. */
function rowAt(files: FileExtents, { bytes }: LocatedRecord, at: number): RecordPosition {
  const page = files.readPage(bytes.readUInt16LE(at + 4), bytes.readUInt32LE(at))
  const slot = bytes.readUInt16LE(at + 6)
  const offset = page.slotOffset(slot)
  if (offset === 0) throw page.damaged('record', `an index points to its empty slot ${slot}`)
  const isStub = recordType(page, offset) === RECORD_TYPES.forwardingStub
  return isStub ? forwardedPosition(files, page, offset) : { page, offset }
}

/** The key in the terms of the clustered index: both keep its values alike. */
function clusteredKey(
  tree: IndexTree,
  record: LocatedRecord,
  columns: readonly number[],
): KeyBound {
  const width = tree.columns.length
  const starts = new Int32Array(width)
  const ends = new Int32Array(width)
  const states = new Uint8Array(width)
  const byOrdinal = [...tree.columns.keys()].sort(
    (a, b) => keyOrdinal(tree, a) - keyOrdinal(tree, b),
  )
  for (const [place, column] of byOrdinal.entries()) {
    const from = columns[place] ?? -1
    starts[column] = record.starts[from] ?? 0
    ends[column] = record.ends[from] ?? 0
    states[column] = record.states[from] ?? CELL_STATES.unknown
  }
  return { cells: { bytes: record.bytes, starts, ends, states }, count: width }
}

function keyOrdinal(tree: IndexTree, column: number): number {
  return tree.columns[column]?.physical.keyOrdinal ?? 0
}
