import {
  COMPLEX_BIT,
  COUNT_SIZE,
  END_OFFSET_SIZE,
  HAS_NULL_BITMAP,
  HAS_VARIABLE_SECTION,
  HAS_VERSION_TAG,
  RECORD_TYPES,
  VERSION_TAG_SIZE,
} from '../../page/record-format.ts'
import type { SqlValue } from '../../sql-type.ts'
import { invalidValue } from '../value/invalid-value.ts'
import { MAX_IN_ROW_LENGTH, MAX_RECORD_LENGTH } from './record-format.ts'
import {
  encoded,
  isEmpty,
  locate,
  type RecordColumn,
  type RecordStep,
  stepOf,
} from './record-step.ts'
import { sparseVector } from './sparse-vector.ts'

/** The records of one level of a rowset; values come in the order of `columns`. */
export interface RecordShape {
  readonly columns: readonly RecordColumn[]
  /** Bytes of the fixed part from the record's start (pminlen). */
  readonly fixedLength: number
  readonly hasNullBitmap: boolean
  /** Index records have a header of one byte and no length of their fixed part. */
  readonly isIndexRecord: boolean
  /** Whether records end with a version tag, which is zero: the row has no versions any more. */
  readonly hasVersionTag?: boolean
}

/** Where values go that a row has no room for; each gives the pointer that the row keeps. */
export interface LargeValueStore {
  /** text, ntext, image: 16 bytes. */
  writeText(bytes: Uint8Array): Buffer
  /** (max) and xml: an inline root. */
  writeLarge(bytes: Uint8Array): Buffer
  /** A column pushed out of its row: 24 bytes. */
  writeOverflow(bytes: Uint8Array): Buffer
}

export interface EncodeOptions {
  /** A type of `RECORD_TYPES`. */
  readonly kind?: number
  /** The last variable column of a forwarded record. */
  readonly backPointer?: Buffer
}

interface Part {
  bytes: Buffer
  isComplex: boolean
  readonly step: RecordStep | undefined
}

const OVERFLOW_POINTER_SIZE = 24
const EMPTY = Buffer.alloc(0)
/** The longest record that is encoded without looking at the exact length of each value. */
const SCRATCH_SIZE = 16 * 1024

/** Makes the records of one level of a rowset; a record is in `bytes` until the next one is made. */
export interface RowEncoder {
  readonly bytes: Buffer
  /**
   * Encodes a row into `bytes` and returns its length; values that do not fit go to `store`.
   * @throws PlatformError INVALID_ARGUMENT for a value its column cannot hold, or a row too long
   */
  encode(
    values: readonly SqlValue[],
    store: LargeValueStore | undefined,
    options?: EncodeOptions,
  ): number
}

/** Encodes records without compression. */
export class RecordEncoder implements RowEncoder {
  readonly bytes = Buffer.allocUnsafeSlow(SCRATCH_SIZE)
  /** The fixed part, column count and null bitmap of a record without NULLs. */
  readonly #template: Buffer
  readonly #bitmapStart: number
  readonly #fixed: readonly RecordStep[]
  readonly #variable: readonly RecordStep[]
  readonly #sparse: readonly RecordStep[]
  readonly #hasText: boolean
  readonly #status: number
  readonly #tagSize: number
  readonly #kind: number
  #current: RecordStep | undefined

  constructor(shape: RecordShape) {
    const { fixedLength, hasNullBitmap } = shape
    if (fixedLength > MAX_RECORD_LENGTH) {
      throw invalidValue(`a row takes over ${fixedLength} bytes, and a page ${MAX_RECORD_LENGTH}`)
    }
    const columnCount = Math.max(0, ...shape.columns.map(({ nullBit }) => nullBit))
    this.#bitmapStart = hasNullBitmap ? fixedLength + COUNT_SIZE : 0
    const bitmapEnd = this.#bitmapStart + ((columnCount + 7) >> 3)
    this.#template = Buffer.alloc(hasNullBitmap ? bitmapEnd : fixedLength)
    const { hasVersionTag = false } = shape
    this.#status = (hasNullBitmap ? HAS_NULL_BITMAP : 0) | (hasVersionTag ? HAS_VERSION_TAG : 0)
    this.#tagSize = hasVersionTag ? VERSION_TAG_SIZE : 0
    this.#kind = shape.isIndexRecord ? RECORD_TYPES.index : RECORD_TYPES.primary
    if (!shape.isIndexRecord) this.#template.writeUInt16LE(fixedLength, 2)
    if (hasNullBitmap) this.#template.writeUInt16LE(columnCount, fixedLength)
    const steps = shape.columns.map((column, index) => stepOf(column, index, this.#bitmapStart))
    this.#fixed = steps.filter(({ offset }) => offset > 0)
    this.#variable = steps
      .filter(({ offset }) => offset < 0)
      .sort((left, right) => right.offset - left.offset)
    const hasVector = ({ column }: RecordStep) => column.isSparse === true && !shape.isIndexRecord
    this.#sparse = steps.filter(hasVector)
    this.#hasText = this.#variable.some(({ storage }) => storage === 'text')
  }

  encode(
    values: readonly SqlValue[],
    store: LargeValueStore | undefined,
    options: EncodeOptions = {},
  ): number {
    try {
      this.bytes.set(this.#template, 0)
      for (const step of this.#fixed) this.#writeFixed(step, values[step.index] ?? null)
      const bound = this.#bound(values)
      const isPlain = bound <= MAX_RECORD_LENGTH && options.backPointer === undefined
      const length = isPlain
        ? this.#writeVariable(values)
        : this.#writeParts(this.#parts(values, store, options), store)
      this.bytes[0] = (this.bytes[0] ?? 0) | ((options.kind ?? this.#kind) << 1)
      this.bytes.fill(0, length, length + this.#tagSize)
      return length + this.#tagSize
    } catch (error) {
      throw locate(error, this.#current)
    }
  }

  #writeFixed(step: RecordStep, value: SqlValue): void {
    this.#current = step
    if (value === null) this.#setNull(step)
    else if (step.bitMask === 0) step.encoder.write(value, this.bytes, step.offset)
    else if (value === true) {
      this.bytes[step.offset] = (this.bytes[step.offset] ?? 0) | step.bitMask
    } else if (value !== false) step.encoder.write(value, this.bytes, step.offset)
  }

  #setNull(step: RecordStep): void {
    if (!step.column.isNullable) throw invalidValue('it may not be NULL')
    if (step.nullMask !== 0) {
      this.bytes[step.nullByte] = (this.bytes[step.nullByte] ?? 0) | step.nullMask
    }
  }

  /** No less than the record's length; too much for any row with values that have to leave it. */
  #bound(values: readonly SqlValue[]): number {
    if (this.#hasText) return Number.MAX_SAFE_INTEGER
    for (const { index } of this.#sparse) {
      if ((values[index] ?? null) !== null) return Number.MAX_SAFE_INTEGER
    }
    let bound = this.#template.length + COUNT_SIZE
    for (const step of this.#variable) {
      const value = values[step.index] ?? null
      this.#current = step
      bound += END_OFFSET_SIZE + (value === null ? 0 : step.encoder.bound(value))
    }
    return bound
  }

  /** Trailing columns with nothing in them are left out, and the section when all are. */
  #writeVariable(values: readonly SqlValue[]): number {
    const variable = this.#variable
    let stored = variable.length
    while (stored > 0 && isEmpty(values[variable[stored - 1]?.index ?? 0])) stored -= 1
    const { bytes } = this
    const start = this.#startVariable(stored)
    let position = start + END_OFFSET_SIZE * stored
    for (let index = 0; index < variable.length; index++) {
      const step = variable[index]
      if (step === undefined) break
      const value = values[step.index] ?? null
      this.#current = step
      if (value === null) this.#setNullVariable(step)
      else if (index < stored) position = step.encoder.write(value, bytes, position)
      if (index >= stored) continue
      const end = start + END_OFFSET_SIZE * index
      bytes[end] = position
      bytes[end + 1] = position >> 8
    }
    return position
  }

  /** Writes status and column count; returns where the end offsets begin. */
  #startVariable(count: number): number {
    const start = this.#template.length
    this.bytes[0] = this.#status | (count === 0 ? 0 : HAS_VARIABLE_SECTION)
    if (count === 0) return start
    this.bytes.writeUInt16LE(count, start)
    return start + COUNT_SIZE
  }

  /** The first row of a key has no uniquifier, which is not NULL but 0. */
  #setNullVariable(step: RecordStep): void {
    if (step.column.isUniquifier !== true) this.#setNull(step)
  }

  #parts(
    values: readonly SqlValue[],
    store: LargeValueStore | undefined,
    options: EncodeOptions,
  ): Part[] {
    const parts = this.#variable.map((step) => this.#part(step, values[step.index] ?? null, store))
    const sparse = this.#sparseBytes(values)
    const keepsAll = sparse !== undefined || options.backPointer !== undefined
    while (!keepsAll && parts.at(-1)?.bytes.length === 0) parts.pop()
    for (const bytes of [sparse, options.backPointer]) {
      if (bytes !== undefined) parts.push({ bytes, isComplex: true, step: undefined })
    }
    return parts
  }

  #part(step: RecordStep, value: SqlValue, store: LargeValueStore | undefined): Part {
    this.#current = step
    if (value === null) {
      this.#setNullVariable(step)
      return { bytes: EMPTY, isComplex: false, step }
    }
    const bytes = encoded(step, value)
    if (step.storage === 'text') {
      return { bytes: storeOf(store).writeText(bytes), isComplex: true, step }
    }
    const isLarge = step.storage === 'max' && bytes.length > MAX_IN_ROW_LENGTH
    return isLarge
      ? { bytes: storeOf(store).writeLarge(bytes), isComplex: true, step }
      : { bytes, isComplex: false, step }
  }

  #sparseBytes(values: readonly SqlValue[]): Buffer | undefined {
    const present: { columnId: number; bytes: Buffer }[] = []
    for (const step of this.#sparse) {
      const value = values[step.index] ?? null
      this.#current = step
      if (value !== null) present.push({ ...step.column, bytes: encoded(step, value) })
    }
    return present.length === 0 ? undefined : sparseVector(present)
  }

  /** A row that is too long loses its longest columns to other pages, one by one. */
  #writeParts(parts: Part[], store: LargeValueStore | undefined): number {
    const start = this.#template.length
    const length = () =>
      parts.reduce(
        (sum, { bytes }) => sum + END_OFFSET_SIZE + bytes.length,
        start + (parts.length === 0 ? 0 : COUNT_SIZE),
      )
    while (length() > MAX_RECORD_LENGTH) {
      const longest = longestMovable(parts)
      if (longest === undefined) {
        this.#current = undefined
        throw invalidValue(`a row takes ${length()} bytes, and a page holds ${MAX_RECORD_LENGTH}`)
      }
      const isMax = longest.step?.storage === 'max'
      const target = storeOf(store)
      longest.bytes = isMax ? target.writeLarge(longest.bytes) : target.writeOverflow(longest.bytes)
      longest.isComplex = true
    }
    const ends = this.#startVariable(parts.length)
    let position = ends + END_OFFSET_SIZE * parts.length
    parts.forEach(({ bytes, isComplex }, index) => {
      this.bytes.set(bytes, position)
      position += bytes.length
      const end = isComplex ? position | COMPLEX_BIT : position
      this.bytes.writeUInt16LE(end, ends + END_OFFSET_SIZE * index)
    })
    return position
  }
}

function longestMovable(parts: readonly Part[]): Part | undefined {
  let longest: Part | undefined
  for (const part of parts) {
    const isMovable = part.step !== undefined && !part.step.isKey && !part.isComplex
    if (!isMovable || part.bytes.length <= OVERFLOW_POINTER_SIZE) continue
    if (longest === undefined || part.bytes.length > longest.bytes.length) longest = part
  }
  return longest
}

function storeOf(store: LargeValueStore | undefined): LargeValueStore {
  if (store !== undefined) return store
  throw invalidValue('its value is too long for a record of this kind')
}
