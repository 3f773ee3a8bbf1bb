import { CHILD_POINTER_SIZE, RECORD_TYPES } from '../../page/record-format.ts'
import type { SqlValue } from '../../sql-type.ts'
import type { EncodeOptions, LargeValueStore, RowEncoder } from '../record/record-encoder.ts'
import { MAX_IN_ROW_LENGTH, MAX_RECORD_LENGTH } from '../record/record-format.ts'
import { locate, type RecordColumn, type RecordStep, stepOf } from '../record/record-step.ts'
import { invalidValue } from '../value/invalid-value.ts'
import { encodeValue } from '../value/value-encoder.ts'
import { CD_RECORD_KINDS, type Cell, compressedRecord } from './compressed-cells.ts'
import { type CompressedEncode, compressedEncoder } from './compressed-value-encoder.ts'
import type { PageRecord } from './page-compressor.ts'

/** Rows of a table, leaf records of a nonclustered index, records above the leaves. */
export type CompressedLevel = 'data' | 'index' | 'interior'

interface CompressedStep {
  readonly step: RecordStep
  readonly compress: CompressedEncode
}

const OVERFLOW_POINTER_SIZE = 24

/**
 * Encodes the records of a ROW-compressed rowset; those of a PAGE-compressed one begin as such. A column
 * is kept by its number, so that offsets play no part.
 */
export class CompressedRecordEncoder implements RowEncoder {
  bytes: Buffer = Buffer.alloc(0)
  readonly #steps: readonly CompressedStep[]
  readonly #level: CompressedLevel
  #record: PageRecord = { cells: [], kind: CD_RECORD_KINDS.primary }

  constructor(columns: readonly RecordColumn[], level: CompressedLevel) {
    this.#level = level
    this.#steps = columns
      .map((column, index) => stepOf(column, index, 0))
      .filter(({ offset }) => offset < 0)
      .sort((left, right) => right.offset - left.offset)
      .map((step) => ({ step, compress: compressedEncoder(step.column.type) }))
  }

  /** The record that was encoded last. */
  get record(): PageRecord {
    return this.#record
  }

  encode(
    values: readonly SqlValue[],
    store: LargeValueStore | undefined,
    { kind, backPointer }: EncodeOptions = {},
  ): number {
    if (backPointer !== undefined) throw invalidValue('a compressed row cannot be forwarded')
    const cells = this.#steps.map((entry) => cellOf(entry, values[entry.step.index] ?? null, store))
    const recordKind = this.#kind(kind === RECORD_TYPES.ghostData)
    const child = this.#level === 'interior' ? { child: Buffer.alloc(CHILD_POINTER_SIZE) } : {}
    this.bytes = compressedRecord({ cells, kind: recordKind, ...child })
    while (this.bytes.length > MAX_RECORD_LENGTH) {
      this.#moveLongest(cells, values, store)
      this.bytes = compressedRecord({ cells, kind: recordKind })
    }
    this.#record = { cells, kind: recordKind }
    return this.bytes.length
  }

  #kind(isGhost: boolean): number {
    if (this.#level !== 'data') return CD_RECORD_KINDS.index
    return isGhost ? CD_RECORD_KINDS.ghost : CD_RECORD_KINDS.primary
  }

  /** Out of its row a value is stored as in any table. */
  #moveLongest(
    cells: Cell[],
    values: readonly SqlValue[],
    store: LargeValueStore | undefined,
  ): void {
    const length = (cell: Cell | undefined) => (cell?.kind === 'bytes' ? cell.bytes.length : 0)
    let longest = -1
    this.#steps.forEach(({ step }, index) => {
      const isMovable = !step.isKey && length(cells[index]) > OVERFLOW_POINTER_SIZE
      if (isMovable && length(cells[index]) > length(cells[longest])) longest = index
    })
    const step = this.#steps[longest]?.step
    const value = values[step?.index ?? 0] ?? null
    if (store === undefined || step === undefined || value === null) {
      throw invalidValue(`a row takes ${this.bytes.length} bytes, and a page holds 8060`)
    }
    const bytes = encodeValue(step.column.type, value)
    const isMax = step.storage === 'max'
    const pointer = isMax ? store.writeLarge(bytes) : store.writeOverflow(bytes)
    cells[longest] = { kind: 'pointer', bytes: pointer }
  }
}

function cellOf(
  { step, compress }: CompressedStep,
  value: SqlValue,
  store: LargeValueStore | undefined,
): Cell {
  try {
    if (value === null) {
      // The first row of a key has no uniquifier, which is not NULL but 0.
      if (step.column.isUniquifier === true) return { kind: 'bytes', bytes: Buffer.alloc(0) }
      if (!step.column.isNullable) throw invalidValue('it may not be NULL')
      return { kind: 'null' }
    }
    if (value === true) return { kind: 'true' }
    if (step.storage === 'row') return { kind: 'bytes', bytes: compress(value) }
    // Large values are not compressed where they are out of their row.
    const bytes = encodeValue(step.column.type, value)
    if (step.storage === 'max' && bytes.length <= MAX_IN_ROW_LENGTH) {
      return { kind: 'bytes', bytes: compress(value) }
    }
    if (store === undefined) throw invalidValue('its value is too long for a record of this kind')
    const pointer = step.storage === 'text' ? store.writeText(bytes) : store.writeLarge(bytes)
    return { kind: 'pointer', bytes: pointer }
  } catch (error) {
    throw locate(error, step)
  }
}
