import { COMPRESSED_RECORD_TYPES } from '../../compression/compressed-record.ts'
import { RowCells } from '../../key/row-cells.ts'
import { INDEX_RECORD } from '../../page/index-record.ts'
import { PAGE_HEADER_SIZE, type Page } from '../../page/page.ts'
import { RECORD_TYPES } from '../../page/record-format.ts'
import { RecordFrame } from '../../page/record-frame.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import type { FragmentAddress } from './large-values.ts'
import { readAddress } from './large-values.ts'
import type { RowsetTarget } from './rowset-target.ts'

/** What a record of a data page or index leaf is. */
export const ROLES = {
  row: 0,
  /** A heap's row that has moved; its address is that of the stub it left. */
  forwarded: 1,
  stub: 2,
  ghost: 3,
  /** None of those. */
  stranger: 4,
} as const
export type Role = (typeof ROLES)[keyof typeof ROLES]

const BACK_POINTER_SIZE = 10
const BACK_POINTER = 0x0400
const STUB_RID = 1
/** Deleted index rows, rows and versions. */
const GHOSTS_FROM = 5
/** In the second status byte. */
const GHOST_FORWARDED = 0x1

/** Reads the records of a rowset's pages one after the other, with as few objects as possible. */
export class RowPass {
  readonly frame = new RecordFrame()
  /** The values of the record at hand and of the one before it. */
  cells: RowCells
  previous: RowCells
  readonly #target: RowsetTarget

  constructor(target: RowsetTarget) {
    this.#target = target
    this.cells = new RowCells(target.leaf)
    this.previous = new RowCells(target.leaf)
  }

  /** Makes the record at hand the one before. */
  swap(): void {
    const { cells } = this
    this.cells = this.previous
    this.previous = cells
  }

  /** Offset of a slot's record, 0 for an empty slot; what is wrong with the slot otherwise. */
  slotOffset(page: Page, slot: number): number | string {
    const offset = page.bytes.readUInt16LE(PAGE_SIZE - 2 - 2 * slot)
    if (offset === 0 || (offset >= PAGE_HEADER_SIZE && offset < page.recordLimit)) return offset
    return `its slot ${slot} points outside its records`
  }

  /** Places the frame; returns what is wrong with the record. */
  place(page: Page, offset: number): string | undefined {
    return this.frame.place(page, offset, this.#target.form)
  }

  role(): Role {
    const { type, isCompressed } = this.frame
    if (isCompressed) return compressedRole(type)
    if (type >= GHOSTS_FROM) return ROLES.ghost
    if (this.#target.form === 'index') {
      return type === INDEX_RECORD ? ROLES.row : ROLES.stranger
    }
    if (type === RECORD_TYPES.primary) return ROLES.row
    if (type === RECORD_TYPES.forwarded)
      return this.#isGhostForwarded ? ROLES.ghost : ROLES.forwarded
    return type === RECORD_TYPES.forwardingStub ? ROLES.stub : ROLES.stranger
  }

  get #isGhostForwarded(): boolean {
    return (this.frame.bytes.readUInt8(this.frame.start + 1) & GHOST_FORWARDED) !== 0
  }

  /** Where a stub points. */
  stubTarget(): FragmentAddress {
    return readAddress(this.frame.bytes, this.frame.start + STUB_RID)
  }

  /** The stub that a forwarded record names, in a variable column behind its own. */
  backPointer(): FragmentAddress | undefined {
    const { frame } = this
    const last = frame.variableCount - 1
    if (frame.isCompressed || last < 0 || !frame.isComplex(last)) return undefined
    const start = frame.variableStart(last)
    if (frame.variableEnd(last) - start !== BACK_POINTER_SIZE) return undefined
    if (frame.bytes.readUInt16LE(start) !== BACK_POINTER) return undefined
    return readAddress(frame.bytes, start + 2)
  }
}

function compressedRole(type: number): Role {
  if (type === COMPRESSED_RECORD_TYPES.primary || type === COMPRESSED_INDEX) return ROLES.row
  if (type === COMPRESSED_RECORD_TYPES.forwarded) return ROLES.forwarded
  if (type === COMPRESSED_RECORD_TYPES.forwardingStub) return ROLES.stub
  return ROLES.ghost
}

/** Records of compressed indexes (format reference 7.1). */
const COMPRESSED_INDEX = 6
