import { PlatformError } from '../../../base/index.ts'
import { CELL_STATES, type RowCells } from '../../key/row-cells.ts'
import { readLob } from '../../page/lob.ts'
import type { Page } from '../../page/page.ts'
import type { VerifyContext } from '../verify-context.ts'
import { type FragmentAddress, readAddress } from './large-values.ts'
import { type Hash, hashAddress, hashBytes, hashNumber, startHash } from './multiset-digest.ts'
import type { RowsetTarget } from './rowset-target.ts'

const NULL_MARK = 0x4e554c4c
const VALUE_MARK = 0x56414c55
const RID_SIZE = 8

/** A column of an index, as one side has it: a column of its own, or the row's address. */
export type MatchedColumn = number | 'row address'

/** Hashes rows by some of their columns, the same for a row and for the index rows that stand for it. */
export class RowHash {
  readonly hash: Hash = { low: 0, high: 0 }
  readonly #context: VerifyContext
  readonly #target: RowsetTarget
  readonly #columns: readonly MatchedColumn[]
  /** By column: some of these are not stored when they are 0. */
  readonly #isInt: readonly boolean[]
  readonly #isBit: readonly boolean[]
  readonly #isAddress: readonly boolean[]

  /** `addressColumns` hold the address of the row that an index row stands for. */
  constructor(
    context: VerifyContext,
    target: RowsetTarget,
    columns: readonly MatchedColumn[],
    addressColumn?: number,
  ) {
    this.#context = context
    this.#target = target
    this.#columns = columns
    this.#isInt = target.leaf.map(({ type }) => type?.name === 'int')
    this.#isBit = target.leaf.map(({ type }) => type?.name === 'bit')
    this.#isAddress = target.leaf.map((_, column) => column === addressColumn)
  }

  /** Fills `hash`; false when a value of the row is not known for certain. */
  compute(page: Page, cells: RowCells, address: FragmentAddress): boolean {
    startHash(this.hash)
    for (const column of this.#columns) {
      if (column === 'row address') {
        hashAddress(this.hash, address.fileId, address.pageNumber, address.slot)
      } else if (!this.#addCell(page, cells, column)) return false
    }
    return true
  }

  #addCell(page: Page, cells: RowCells, column: number): boolean {
    const start = cells.starts[column] ?? 0
    const end = cells.ends[column] ?? 0
    switch (cells.states[column]) {
      case CELL_STATES.value:
        this.#addValue(cells.bytes, column, start, end)
        return true
      case CELL_STATES.null:
        hashNumber(this.hash, NULL_MARK)
        return true
      case CELL_STATES.absent:
        return this.#addAbsent(column)
      case CELL_STATES.pointer:
        return this.#addLarge(page, column, start, end)
      default:
        return false
    }
  }

  #addValue(bytes: Buffer, column: number, start: number, end: number): void {
    if (this.#isAddress[column] === true && end - start === RID_SIZE) {
      const { fileId, pageNumber, slot } = readAddress(bytes, start)
      hashAddress(this.hash, fileId, pageNumber, slot)
      return
    }
    hashNumber(this.hash, VALUE_MARK)
    if (this.#isBit[column] === true) hashNumber(this.hash, start)
    else if (this.#isInt[column] === true) {
      hashNumber(this.hash, start === end ? 0 : bytes.readInt32LE(start))
    } else hashBytes(this.hash, bytes, start, end)
  }

  #addAbsent(column: number): boolean {
    const cell = this.#target.leaf[column]
    const value = cell && this.#target.valueWhenAbsent(cell)
    if (value === undefined) return false
    if (value === null) hashNumber(this.hash, NULL_MARK)
    else if (this.#isBit[column] === true) {
      hashNumber(this.hash, VALUE_MARK)
      hashNumber(this.hash, value[0] ?? 0)
    } else this.#addValue(value, column, 0, value.length)
    return true
  }

  /** Row overflow: the value has 8,000 bytes at most. */
  #addLarge(page: Page, column: number, start: number, end: number): boolean {
    try {
      const value = readLob(this.#context.reader, { page, start, end })
      if (value === undefined) hashNumber(this.hash, NULL_MARK)
      else this.#addValue(value, column, 0, value.length)
      return true
    } catch (error) {
      if (error instanceof PlatformError) return false
      throw error
    }
  }
}
