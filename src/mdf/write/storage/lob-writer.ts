import { PAGE_TYPES } from '../../page/page.ts'
import {
  inlineRoot,
  type LobLink,
  overflowPointer,
  textPointer,
} from '../record/large-value-pointers.ts'
import {
  INTERNAL_LINKS,
  internalRecord,
  LOB_FRAGMENT_SIZE,
  lobDataRecord,
  ROOT_LINKS,
  rootRecord,
  SMALL_ROOT_CAPACITY,
  smallRootRecord,
} from '../record/lob-records.ts'
import type { LargeValueStore } from '../record/record-encoder.ts'
import type { RecordAddress } from '../record/record-format.ts'
import type { AllocationUnitWriter } from './allocation-unit-writer.ts'
import type { PageWriter } from './page-writer.ts'

/** SQL Server sets this flag on all pages of large values. */
const LOB_PAGE_FLAG = 0x8000
const LOB_PAGE = { type: PAGE_TYPES.textMix, level: 0, fixedLength: 0, flags: LOB_PAGE_FLAG }

export interface LobWriterOptions {
  readonly lob: AllocationUnitWriter
  readonly overflow: AllocationUnitWriter
  /** A number that no other value of the database has. */
  nextNumber(): number
}

/** Writes the values that rows have no room for. */
export class LobWriter implements LargeValueStore {
  readonly #lob: FragmentWriter
  readonly #overflow: FragmentWriter
  readonly #nextNumber: () => number

  constructor({ lob, overflow, nextNumber }: LobWriterOptions) {
    this.#lob = new FragmentWriter(lob)
    this.#overflow = new FragmentWriter(overflow)
    this.#nextNumber = nextNumber
  }

  writeText(bytes: Uint8Array): Buffer {
    const number = this.#nextNumber()
    if (bytes.length <= SMALL_ROOT_CAPACITY) {
      return textPointer(number, this.#lob.add(smallRootRecord(number, bytes)))
    }
    const { level, links } = this.#tree(number, bytes)
    return textPointer(number, this.#lob.add(rootRecord(number, level, links)))
  }

  writeLarge(bytes: Uint8Array): Buffer {
    const number = this.#nextNumber()
    const { level, links } = this.#tree(number, bytes)
    return inlineRoot(number, level, links)
  }

  writeOverflow(bytes: Uint8Array): Buffer {
    const number = this.#nextNumber()
    const address = this.#overflow.add(lobDataRecord(number, bytes))
    return overflowPointer(number, { ...address, end: bytes.length })
  }

  finish(): void {
    this.#lob.finish()
    this.#overflow.finish()
  }

  /** The value in fragments, under as few links as a root has room for. */
  #tree(number: number, bytes: Uint8Array): { level: number; links: LobLink[] } {
    let links = this.#fragments(number, bytes)
    let level = 0
    for (; links.length > ROOT_LINKS; level++) links = this.#internalLevel(number, level, links)
    return { level, links }
  }

  #fragments(number: number, bytes: Uint8Array): LobLink[] {
    const links: LobLink[] = []
    for (let start = 0; start < bytes.length; start += LOB_FRAGMENT_SIZE) {
      const end = Math.min(start + LOB_FRAGMENT_SIZE, bytes.length)
      const address = this.#lob.add(lobDataRecord(number, bytes.subarray(start, end)))
      links.push({ ...address, end })
    }
    return links
  }

  #internalLevel(number: number, level: number, children: readonly LobLink[]): LobLink[] {
    const links: LobLink[] = []
    let base = 0
    for (let first = 0; first < children.length; first += INTERNAL_LINKS) {
      const part = children.slice(first, first + INTERNAL_LINKS)
      const relative = part.map((link) => ({ ...link, end: link.end - base }))
      const address = this.#lob.add(internalRecord(number, level, relative))
      base = part.at(-1)?.end ?? base
      links.push({ ...address, end: base })
    }
    return links
  }
}

/** Puts records into the pages of a unit: those that fill a page alone, others together. */
class FragmentWriter {
  readonly #unit: AllocationUnitWriter
  #open: PageWriter | undefined

  constructor(unit: AllocationUnitWriter) {
    this.#unit = unit
  }

  add(record: Buffer): RecordAddress {
    if (this.#open?.hasRoom(record.length)) {
      return { ...this.#open.pointer, slot: this.#open.add(record) }
    }
    const page = this.#unit.allocatePage(LOB_PAGE)
    const slot = page.add(record)
    // The emptier page stays open for what comes next.
    const rest = this.#open === undefined || page.usedBytes <= this.#open.usedBytes
    const done = rest ? this.#open : page
    if (rest) this.#open = page
    if (done !== undefined) this.#unit.complete(done)
    return { ...page.pointer, slot }
  }

  finish(): void {
    if (this.#open !== undefined) this.#unit.complete(this.#open)
    this.#open = undefined
  }
}
