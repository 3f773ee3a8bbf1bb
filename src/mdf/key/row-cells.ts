import { PlatformError } from '../../base/index.ts'
import { type CompressedCell, readCompressedRecord } from '../compression/compressed-record.ts'
import { compressedDecoder } from '../compression/compressed-value.ts'
import {
  expandCell,
  type PageDictionary,
  readPageDictionary,
} from '../compression/page-dictionary.ts'
import { FixedVarRecord } from '../page/fixed-var-record.ts'
import type { Page } from '../page/page.ts'
import type { RecordFrame } from '../page/record-frame.ts'
import { sparseValueRange } from '../table/sparse-vector.ts'
import { encodeValue } from '../write/value/value-encoder.ts'
import { CELL_SHAPES, type CellColumn } from './row-layout.ts'

/** What a record has for a column. */
export const CELL_STATES = {
  value: 0,
  null: 1,
  /** The record was written before the column was added. */
  absent: 2,
  /** A pointer to the value. */
  pointer: 3,
  /** Not in this record at all. */
  elsewhere: 4,
  /** Sparse columns of compressed rows and the like: nothing is known. */
  unknown: 5,
} as const

const SCRATCH_BYTES = 32_768

/**
 * Where the values of one record are: `bytes[starts[c], ends[c])` for column c, of a bit its value in
 * `starts[c]`. Values of compressed rows are written out as an uncompressed row has them, but pointers
 * are where they are in the page. Filled again for record after record.
 */
export class RowCells {
  readonly columns: readonly CellColumn[]
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly states: Uint8Array
  bytes: Buffer = Buffer.alloc(0)
  readonly #shapes: Uint8Array
  readonly #positions: Int32Array
  readonly #sizes: Int32Array
  readonly #nullBits: Int32Array
  readonly #bitPositions: Uint8Array
  readonly #decoders: readonly (((bytes: Buffer) => Buffer) | undefined)[]
  #scratch: Buffer | undefined
  #used = 0
  #dictionaryPage: Page | undefined
  #dictionary: PageDictionary | undefined

  constructor(columns: readonly CellColumn[]) {
    this.columns = columns
    this.starts = new Int32Array(columns.length)
    this.ends = new Int32Array(columns.length)
    this.states = new Uint8Array(columns.length)
    this.#shapes = Uint8Array.from(columns, ({ shape }) => shape)
    this.#positions = Int32Array.from(columns, ({ position }) => position)
    this.#sizes = Int32Array.from(columns, ({ size }) => size)
    this.#nullBits = Int32Array.from(columns, ({ nullBit }) => nullBit)
    this.#bitPositions = Uint8Array.from(columns, ({ bitPosition }) => bitPosition)
    this.#decoders = columns.map(restorer)
  }

  /** Takes the values of the record that the frame is on; returns what is wrong with it. */
  read(page: Page, frame: RecordFrame): string | undefined {
    if (frame.isCompressed) return this.#readCompressed(page, frame.start)
    this.bytes = frame.bytes
    for (let column = 0; column < this.columns.length; column++) {
      this.states[column] = this.#place(page, frame, column)
    }
    return undefined
  }

  #place(page: Page, frame: RecordFrame, column: number): number {
    this.starts[column] = 0
    this.ends[column] = 0
    const shape = this.#shapes[column]
    if (shape === CELL_SHAPES.elsewhere) return CELL_STATES.elsewhere
    if (shape === CELL_SHAPES.sparse) return this.#placeSparse(page, frame, column)
    const nullBit = this.#nullBits[column] ?? 0
    if (nullBit > frame.columnCount) return CELL_STATES.absent
    if (frame.isNull(nullBit)) return CELL_STATES.null
    const position = this.#positions[column] ?? 0
    if (shape === CELL_SHAPES.variable) return this.#placeVariable(frame, column, position)
    const size = shape === CELL_SHAPES.bit ? 1 : (this.#sizes[column] ?? 0)
    if (position + size > frame.fixedEnd) return CELL_STATES.absent
    const start = frame.start + position
    if (shape === CELL_SHAPES.bit) {
      this.starts[column] = (frame.bytes.readUInt8(start) >> (this.#bitPositions[column] ?? 0)) & 1
      return CELL_STATES.value
    }
    this.starts[column] = start
    this.ends[column] = start + size
    return CELL_STATES.value
  }

  #placeVariable(frame: RecordFrame, column: number, index: number): number {
    // Variable columns that end a record with nothing in them are not stored: they are empty.
    if (index >= frame.variableCount) {
      return this.#hasKnownForm(column, 0) ? CELL_STATES.value : CELL_STATES.unknown
    }
    const start = frame.variableStart(index)
    const end = frame.variableEnd(index)
    this.starts[column] = start
    this.ends[column] = end
    if (frame.isComplex(index)) return CELL_STATES.pointer
    return this.#hasKnownForm(column, end - start) ? CELL_STATES.value : CELL_STATES.unknown
  }

  /** Fixed types in a variable column: a uniquifier, which is not stored when it is 0; or vardecimal. */
  #hasKnownForm(column: number, length: number): boolean {
    const size = this.#sizes[column] ?? 0
    if (size === 0) return true
    const { type } = this.columns[column] ?? {}
    if (type?.name === 'decimal' || type?.name === 'numeric') return false
    return length === size || (length === 0 && type?.name === 'int')
  }

  #placeSparse(page: Page, frame: RecordFrame, column: number): number {
    const columnId = this.columns[column]?.physical.storageColumnId ?? 0
    const range = sparseValueRange(new FixedVarRecord(page, frame.start), columnId)
    if (range === undefined) return CELL_STATES.null
    if (range.isPointer) {
      this.starts[column] = range.start
      this.ends[column] = range.end
      return CELL_STATES.pointer
    }
    const size = this.#sizes[column] ?? 0
    if (size > 0 && range.end - range.start !== size) return CELL_STATES.unknown
    if (this.columns[column]?.type?.name === 'bit') {
      this.starts[column] = frame.bytes.readUInt8(range.start)
      return CELL_STATES.value
    }
    this.starts[column] = range.start
    this.ends[column] = range.end
    return CELL_STATES.value
  }

  #readCompressed(page: Page, start: number): string | undefined {
    try {
      const cells = readCompressedRecord(page, start)
      this.bytes = this.#scratch ??= Buffer.alloc(SCRATCH_BYTES)
      this.#used = 0
      for (let column = 0; column < this.columns.length; column++) {
        this.states[column] = this.#placeCompressed(page, cells, column)
      }
      return undefined
    } catch (error) {
      if (error instanceof PlatformError) return error.message
      throw error
    }
  }

  #placeCompressed(page: Page, cells: readonly CompressedCell[], column: number): number {
    this.starts[column] = 0
    this.ends[column] = 0
    const shape = this.#shapes[column]
    if (shape === CELL_SHAPES.elsewhere) return CELL_STATES.elsewhere
    const stored = cells[this.#positions[column] ?? 0]
    if (shape === CELL_SHAPES.sparse) return CELL_STATES.unknown
    if (stored === undefined) return CELL_STATES.absent
    const dictionary = this.#dictionaryOf(page)
    const cell =
      dictionary === undefined
        ? stored
        : expandCell(page, dictionary, this.#positions[column] ?? 0, stored)
    switch (cell.kind) {
      case 'null':
        // The first row of a key has no uniquifier, which is 0 then.
        return this.columns[column]?.physical.isUniquifier === true
          ? this.#write(column, EMPTY)
          : CELL_STATES.null
      case 'true':
        this.starts[column] = 1
        return CELL_STATES.value
      case 'empty':
        return this.#write(column, EMPTY)
      case 'bytes':
        return this.#write(column, cell.bytes)
      case 'pointer':
        this.starts[column] = cell.start
        this.ends[column] = cell.end
        return CELL_STATES.pointer
      case 'symbol':
        throw page.damaged('record', 'it uses a dictionary that it does not have')
    }
  }

  #write(column: number, stored: Buffer): number {
    if (this.columns[column]?.type?.name === 'bit') return CELL_STATES.value
    const restore = this.#decoders[column]
    if (restore === undefined) return CELL_STATES.unknown
    this.#append(column, restore(stored))
    return CELL_STATES.value
  }

  #append(column: number, value: Buffer): void {
    if (this.#used + value.length > this.bytes.length) {
      const larger = Buffer.alloc(2 * (this.bytes.length + value.length))
      this.bytes.copy(larger)
      this.bytes = larger
      this.#scratch = larger
    }
    value.copy(this.bytes, this.#used)
    this.starts[column] = this.#used
    this.#used += value.length
    this.ends[column] = this.#used
  }

  #dictionaryOf(page: Page): PageDictionary | undefined {
    if (this.#dictionaryPage !== page) {
      this.#dictionary = readPageDictionary(page)
      this.#dictionaryPage = page
    }
    return this.#dictionary
  }
}

const EMPTY = Buffer.alloc(0)

/** The bytes that an uncompressed row has for those of a compressed one. */
function restorer({ type, size }: CellColumn): ((bytes: Buffer) => Buffer) | undefined {
  if (type === undefined) return undefined
  switch (type.name) {
    case 'char':
      return (bytes) => padEnd(bytes, size, 0x20)
    case 'binary':
    case 'uniqueidentifier':
      return (bytes) => padEnd(bytes, size, 0)
    case 'varchar':
    case 'varbinary':
    case 'xml':
    case 'sql_variant':
    case 'hierarchyid':
    case 'geometry':
    case 'geography':
    case 'text':
    case 'ntext':
    case 'image':
      return (bytes) => bytes
    default: {
      const decode = compressedDecoder(type)
      return (bytes) => encodeValue(type, decode(bytes))
    }
  }
}

function padEnd(bytes: Buffer, size: number, fill: number): Buffer {
  if (bytes.length >= size) return bytes
  return Buffer.concat([bytes, Buffer.alloc(size - bytes.length, fill)])
}
