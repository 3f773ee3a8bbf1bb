import { PAGE_TYPES } from '../../page/page.ts'
import { RECORD_TYPES } from '../../page/record-format.ts'
import type { LargeValueStore, RowEncoder } from '../record/record-encoder.ts'
import { backPointer, forwardingStub } from '../record/record-format.ts'
import type { RowAddress, RowToWrite } from '../rowset-definition.ts'
import type { AllocationUnitWriter } from './allocation-unit-writer.ts'
import type { PageCompression } from './page-compression.ts'
import type { PageKind, PageWriter } from './page-writer.ts'

export interface HeapWriterOptions {
  readonly unit: AllocationUnitWriter
  readonly encoder: RowEncoder
  readonly store: LargeValueStore
  readonly fixedLength: number
  /** Bytes of a page to use. */
  readonly capacity: number
  /** Of a PAGE-compressed heap. */
  readonly compression: PageCompression | undefined
}

const STUB_LENGTH = 9

/** Writes a heap's rows; forwarded ones go to pages of their own. */
export class HeapWriter {
  readonly #options: HeapWriterOptions
  readonly #kind: PageKind
  #page: PageWriter | undefined
  #forwardedPage: PageWriter | undefined
  #pageCount = 0

  constructor(options: HeapWriterOptions) {
    this.#options = options
    this.#kind = { type: PAGE_TYPES.data, level: 0, fixedLength: options.fixedLength }
  }

  get dataPages(): number {
    return this.#pageCount
  }

  /** Returns where the row is, for a forwarded row where its stub is. */
  add(row: RowToWrite): RowAddress {
    if (row.isForwarded === true && row.isGhost !== true) return this.#addForwarded(row)
    const { encoder, store } = this.#options
    const kind = row.isGhost === true ? RECORD_TYPES.ghostData : RECORD_TYPES.primary
    const length = encoder.encode(row.values, store, { kind })
    this.#page = this.#withRoom(this.#page, length)
    if (row.isGhost === true) this.#page.ghostCount += 1
    const slot = this.#page.add(encoder.bytes, length)
    this.#options.compression?.added(this.#page)
    return { ...this.#page.pointer, slot }
  }

  finish(): void {
    for (const page of [this.#page, this.#forwardedPage]) {
      if (page !== undefined) this.#complete(page)
    }
  }

  #addForwarded(row: RowToWrite): RowAddress {
    const { encoder, store } = this.#options
    const stubPage = this.#withRoom(this.#page, STUB_LENGTH)
    this.#page = stubPage
    const stub = { ...stubPage.pointer, slot: stubPage.slotCount }
    const options = { kind: RECORD_TYPES.forwarded, backPointer: backPointer(stub) }
    const length = encoder.encode(row.values, store, options)
    this.#forwardedPage = this.#withRoom(this.#forwardedPage, length)
    const slot = this.#forwardedPage.add(encoder.bytes, length)
    stubPage.add(forwardingStub({ ...this.#forwardedPage.pointer, slot }))
    return stub
  }

  #withRoom(page: PageWriter | undefined, length: number): PageWriter {
    const { unit, capacity } = this.#options
    const isFirst = page?.slotCount === 0
    if (page?.hasRoom(length, isFirst ? undefined : capacity)) return page
    if (page !== undefined) this.#complete(page)
    this.#pageCount += 1
    return unit.allocatePage(this.#kind)
  }

  #complete(page: PageWriter): void {
    this.#options.compression?.compress(page)
    this.#options.unit.complete(page)
  }
}
