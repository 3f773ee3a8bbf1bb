import type { AllocationUnit, PhysicalColumn } from '../catalog/storage-rows.ts'
import { type KeyCells, KeyOrder } from '../key/key-order.ts'
import { RowCells } from '../key/row-cells.ts'
import { type CellColumn, rowLayout } from '../key/row-layout.ts'
import { childPointer, INDEX_RECORD } from '../page/index-record.ts'
import { PAGE_TYPES, type Page, type PagePointer, type PageReader } from '../page/page.ts'
import { RECORD_TYPES } from '../page/record-format.ts'
import { type RecordForm, RecordFrame } from '../page/record-frame.ts'

const LEVEL_OFFSET = 3
const MAX_DEPTH = 40

/** The first `count` values of a key; `cells` are by the columns of the index's rowset. */
export interface KeyBound {
  readonly cells: KeyCells
  readonly count: number
}

/** From a key to a key, both included; without one, from the first record or to the last. */
export interface KeyBounds {
  readonly low?: KeyBound | undefined
  readonly high?: KeyBound | undefined
}

/** A record of a leaf; `cells` are its values until the next record is asked for. */
export interface LeafRecord {
  readonly page: Page
  readonly offset: number
  readonly cells: RowCells
}

/**
 * One partition of an index without compression (format reference 2.5): searched from its root down, then
 * read along its leaves. Where it is not certain how two keys compare, as with most letters beyond ASCII,
 * the search goes to the safe side: a range can have more records than it asks for, never fewer.
 */
export class IndexTree {
  readonly columns: readonly CellColumn[]
  readonly order: KeyOrder
  readonly #pages: PageReader
  readonly #root: PagePointer | undefined
  readonly #form: RecordForm
  readonly #internal: RowCells
  readonly #frame = new RecordFrame()

  constructor(
    pages: PageReader,
    unit: Pick<AllocationUnit, 'root'> | undefined,
    { form, columns }: { readonly form: RecordForm; readonly columns: readonly PhysicalColumn[] },
  ) {
    this.#pages = pages
    this.#root = unit?.root
    this.#form = form
    this.columns = rowLayout(columns, 'leaf')
    this.order = new KeyOrder(this.columns)
    this.#internal = new RowCells(rowLayout(columns, 'internal'))
  }

  /**
   * The records between two keys, in the order of the index.
   * @throws PlatformError FILE_DAMAGED
   */
  *forward({ low, high }: KeyBounds): Generator<LeafRecord> {
    if (this.#root === undefined) return
    const cells = new RowCells(this.columns)
    let page: Page | undefined = this.#leafOf(this.#root, low, 'low')
    let slot = low === undefined ? 0 : this.#firstSlot(page, low, cells)
    const circle = new CircleGuard()
    while (page !== undefined) {
      for (; slot < page.slotCount; slot++) {
        const offset = this.#placeLeaf(page, slot, cells)
        if (offset === undefined) continue
        if (high !== undefined && this.#compare(cells, high) === 1) return
        if (low !== undefined && this.#compare(cells, low) === -1) continue
        yield { page, offset, cells }
      }
      page = this.#neighbour(page, page.nextPage, circle)
      slot = 0
    }
  }

  /** The same records, the last one first. @throws PlatformError FILE_DAMAGED */
  *backward({ low, high }: KeyBounds): Generator<LeafRecord> {
    if (this.#root === undefined) return
    const cells = new RowCells(this.columns)
    let page: Page | undefined = this.#leafOf(this.#root, high, 'high')
    const circle = new CircleGuard()
    while (page !== undefined) {
      for (let slot = page.slotCount - 1; slot >= 0; slot--) {
        const offset = this.#placeLeaf(page, slot, cells)
        if (offset === undefined) continue
        if (low !== undefined && this.#compare(cells, low) === -1) return
        if (high !== undefined && this.#compare(cells, high) === 1) continue
        yield { page, offset, cells }
      }
      page = this.#neighbour(page, page.previousPage, circle)
    }
  }

  #compare(cells: RowCells, bound: KeyBound): number {
    return this.order.comparePrefix(cells, bound.cells, bound.count)
  }

  /** The leaf that a range begins in, or ends in when it is the high end that is looked for. */
  #leafOf(root: PagePointer, bound: KeyBound | undefined, end: 'low' | 'high'): Page {
    let page = this.#pages.readPage(root.fileId, root.pageNumber)
    for (let depth = 0; !this.#isLeaf(page); depth++) {
      if (depth > MAX_DEPTH) throw page.damaged('chain', 'its index runs in a circle')
      if (page.type !== PAGE_TYPES.index) {
        throw page.damaged('page-type', `an index points to it, and its type is ${page.type}`)
      }
      page = this.#childOf(page, this.#childSlot(page, bound, end))
    }
    return page
  }

  /** A page's first key means nothing: what is below it is bounded by the page above. */
  #childSlot(page: Page, bound: KeyBound | undefined, end: 'low' | 'high'): number {
    if (bound === undefined) return end === 'low' ? 0 : page.slotCount - 1
    const isBefore = (slot: number): boolean => {
      const order = this.#compare(this.#placeInternal(page, slot), bound)
      return end === 'low' ? order === -1 : order !== 1
    }
    return lowerBound(1, page.slotCount, isBefore) - 1
  }

  #placeInternal(page: Page, slot: number): RowCells {
    const problem = this.#frame.place(page, page.slotOffset(slot), 'index')
    const found = problem ?? this.#internal.read(page, this.#frame)
    if (found !== undefined) throw page.damaged('record', found)
    return this.#internal
  }

  #childOf(page: Page, slot: number): Page {
    this.#placeInternal(page, slot)
    const child = childPointer(page, this.#frame)
    if (child === undefined) throw page.damaged('record', 'an index page has no first child')
    return this.#pages.readPage(child.fileId, child.pageNumber)
  }

  #firstSlot(page: Page, bound: KeyBound, cells: RowCells): number {
    return lowerBound(0, page.slotCount, (slot) => {
      const problem = this.#frame.place(page, page.slotOffset(slot), this.#form)
      const found = problem ?? cells.read(page, this.#frame)
      if (found !== undefined) throw page.damaged('record', found)
      return this.#compare(cells, bound) === -1
    })
  }

  /** Reads a leaf's record; undefined for one that is deleted. */
  #placeLeaf(page: Page, slot: number, cells: RowCells): number | undefined {
    const offset = page.slotOffset(slot)
    if (offset === 0) return undefined
    const problem = this.#frame.place(page, offset, this.#form)
    if (problem !== undefined) throw page.damaged('record', problem)
    const live = this.#form === 'data' ? RECORD_TYPES.primary : INDEX_RECORD
    if (this.#frame.type !== live) return undefined
    const found = cells.read(page, this.#frame)
    if (found !== undefined) throw page.damaged('record', found)
    return offset
  }

  #neighbour(from: Page, pointer: PagePointer | undefined, circle: CircleGuard): Page | undefined {
    if (pointer === undefined) return undefined
    const page = this.#pages.readPage(pointer.fileId, pointer.pageNumber)
    if (!this.#isLeaf(page)) throw from.damaged('chain', 'the page beside it is no leaf')
    circle.pass(page)
    return page
  }

  #isLeaf(page: Page): boolean {
    return this.#form === 'data'
      ? page.type === PAGE_TYPES.data
      : page.type === PAGE_TYPES.index && page.bytes.readUInt8(LEVEL_OFFSET) === 0
  }
}

/** Brent's search for a cycle: remembers the 1st, 2nd, 4th, 8th, … page; a circle comes back to one. */
class CircleGuard {
  #milestone: Page | undefined
  #pages = 0

  /** @throws PlatformError FILE_DAMAGED */
  pass(page: Page): void {
    const known = this.#milestone
    if (known?.pageNumber === page.pageNumber && known.fileId === page.fileId) {
      throw page.damaged('chain', 'its index runs in a circle')
    }
    this.#pages += 1
    if ((this.#pages & (this.#pages - 1)) === 0) this.#milestone = page
  }
}

/** The first place from `low` on, and before `high`, of which `isBefore` is not true. */
function lowerBound(low: number, high: number, isBefore: (place: number) => boolean): number {
  let first = low
  let behind = Math.max(low, high)
  while (first < behind) {
    const middle = (first + behind) >>> 1
    if (isBefore(middle)) first = middle + 1
    else behind = middle
  }
  return first
}
