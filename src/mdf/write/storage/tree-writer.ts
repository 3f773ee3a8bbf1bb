import { PlatformError } from '../../../base/index.ts'
import { PAGE_TYPES, type PagePointer } from '../../page/page.ts'
import { CHILD_POINTER_SIZE, RECORD_TYPES } from '../../page/record-format.ts'
import type { SqlValue } from '../../sql-type.ts'
import type { LargeValueStore, RowEncoder } from '../record/record-encoder.ts'
import type { RowAddress, RowToWrite } from '../rowset-definition.ts'
import type { AllocationUnitWriter } from './allocation-unit-writer.ts'
import type { PageCompression } from './page-compression.ts'
import { type PageKind, type PageWriter, writePointer } from './page-writer.ts'

export interface TreeWriterOptions {
  readonly unit: AllocationUnitWriter
  readonly leafEncoder: RowEncoder
  readonly interiorEncoder: RowEncoder
  readonly store: LargeValueStore
  readonly minLeafLength: number
  readonly minInteriorLength: number
  /** Leaf pages of a clustered index hold the table's rows. */
  readonly isClustered: boolean
  /** Bytes of a leaf page to use. */
  readonly leafCapacity: number
  /** The first record of a level: all zero but for its form and, at the end, its child. */
  readonly leftmost: Buffer
  /** Of a PAGE-compressed index: of its leaves, the upper pages are ROW-compressed. */
  readonly compression: PageCompression | undefined
}

/** The page of a level that is being filled, with the key it begins with. */
interface OpenPage {
  readonly page: PageWriter
  readonly firstKey: readonly SqlValue[]
}

/** Builds an index bottom-up from rows in the order of its key. */
export class TreeWriter {
  readonly #options: TreeWriterOptions
  readonly #leafKind: PageKind
  /** By level, the leaves first. */
  readonly #open: OpenPage[] = []
  #leafCount = 0

  constructor(options: TreeWriterOptions) {
    this.#options = options
    const { isClustered, minLeafLength } = options
    const type = isClustered ? PAGE_TYPES.data : PAGE_TYPES.index
    this.#leafKind = { type, level: 0, fixedLength: minLeafLength }
  }

  get dataPages(): number {
    return this.#leafCount
  }

  get root(): PagePointer | undefined {
    return this.#open.at(-1)?.page.pointer
  }

  add({ values, isGhost = false }: RowToWrite): RowAddress {
    const { leafEncoder, store, isClustered } = this.#options
    const length = leafEncoder.encode(values, store, isGhost ? ghostKind(isClustered) : undefined)
    const page = this.#leafWithRoom(length, values)
    if (isGhost) page.ghostCount += 1
    const slot = page.add(leafEncoder.bytes, length)
    this.#options.compression?.added(page)
    return { ...page.pointer, slot }
  }

  finish(): void {
    this.#open.forEach(({ page }, level) => {
      this.#complete(page, level)
    })
  }

  #leafWithRoom(length: number, values: readonly SqlValue[]): PageWriter {
    const { unit, leafCapacity } = this.#options
    const open = this.#open[0]?.page
    const isFirst = open?.slotCount === 0
    if (open?.hasRoom(length, isFirst ? undefined : leafCapacity)) return open
    const page = unit.allocatePage(this.#leafKind)
    this.#leafCount += 1
    this.#append(0, { page, firstKey: values })
    return page
  }

  /** Makes `next` the last page of a level and tells the level above. */
  #append(level: number, next: OpenPage): void {
    const open = this.#open[level]
    this.#open[level] = next
    if (open === undefined) return
    open.page.next = next.page.pointer
    next.page.previous = open.page.pointer
    if (this.#open[level + 1] === undefined) this.#startLevel(level + 1, open)
    this.#complete(open.page, level)
    this.#addChild(level + 1, next)
  }

  /** The first record of a level stands for all that is below the second: it has no key. */
  #startLevel(level: number, child: OpenPage): void {
    const page = this.#allocateInterior(level)
    const { leftmost, minInteriorLength } = this.#options
    writePointer(leftmost, minInteriorLength - CHILD_POINTER_SIZE, child.page.pointer)
    page.add(leftmost)
    this.#open[level] = { page, firstKey: child.firstKey }
  }

  #addChild(level: number, child: OpenPage): void {
    const { interiorEncoder, minInteriorLength } = this.#options
    const length = interiorEncoder.encode(child.firstKey, undefined)
    writePointer(interiorEncoder.bytes, minInteriorLength - CHILD_POINTER_SIZE, child.page.pointer)
    let page = this.#open[level]?.page
    if (page === undefined) throw new PlatformError('INTERNAL', `an index has no level ${level}`)
    if (page.hasRoom(length)) {
      page.add(interiorEncoder.bytes, length)
      return
    }
    page = this.#allocateInterior(level)
    page.add(interiorEncoder.bytes, length)
    this.#append(level, { page, firstKey: child.firstKey })
  }

  #complete(page: PageWriter, level: number): void {
    if (level === 0) this.#options.compression?.compress(page)
    this.#options.unit.complete(page)
  }

  #allocateInterior(level: number): PageWriter {
    const fixedLength = this.#options.minInteriorLength
    return this.#options.unit.allocatePage({ type: PAGE_TYPES.index, level, fixedLength })
  }
}

function ghostKind(isClustered: boolean) {
  return { kind: isClustered ? RECORD_TYPES.ghostData : RECORD_TYPES.ghostIndex }
}
