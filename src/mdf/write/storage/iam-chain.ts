import { PAGES_PER_EXTENT, PAGES_PER_INTERVAL } from '../../page/allocation.ts'
import type { Lsn } from '../../page/lsn.ts'
import { PAGE_TYPES, type PagePointer } from '../../page/page.ts'
import { type DataFile, PFS } from './data-file.ts'
import { ExtentBitmap, MAP_FIXED_LENGTH, mapPageBytes } from './map-page.ts'
import { writePointer } from './page-writer.ts'

// An IAM page's first record (format reference 3.4), from behind its length: sequence number u32 @0,
// first page of the interval @36, eight single pages @42.
const INTERVAL_OFFSET = 36
const SINGLE_PAGES_OFFSET = 42
const POINTER_SIZE = 6
export const SINGLE_PAGES = 8

interface IamPage {
  readonly file: DataFile
  readonly pointer: PagePointer
  readonly interval: number
  readonly bitmap: ExtentBitmap
  readonly singlePages: PagePointer[]
}

/** The IAM pages of one allocation unit: one for each file's interval that it has pages in. */
export class IamChain {
  readonly #allocationUnitId: bigint
  readonly #lsn: Lsn
  readonly #pages = new Map<string, IamPage>()
  #extents = 0
  #singlePages = 0

  constructor(allocationUnitId: bigint, lsn: Lsn) {
    this.#allocationUnitId = allocationUnitId
    this.#lsn = lsn
  }

  get first(): PagePointer | undefined {
    return this.#pages.values().next().value?.pointer
  }

  get pageCount(): number {
    return this.#pages.size
  }

  /** Pages that the unit has for itself, IAM pages included. */
  get reservedPages(): number {
    return this.#singlePages + this.#extents * PAGES_PER_EXTENT + this.#pages.size
  }

  addExtent(file: DataFile, firstPage: number): void {
    this.#extents += 1
    this.#pageFor(file, firstPage).bitmap.set(firstPage / PAGES_PER_EXTENT)
  }

  /** Single pages are kept in the chain's first page, wherever they are. */
  addSinglePage(file: DataFile, pageNumber: number): void {
    this.#singlePages += 1
    const first = this.#pages.values().next().value ?? this.#pageFor(file, pageNumber)
    first.singlePages.push({ fileId: file.fileId, pageNumber })
  }

  write(): void {
    const pages = [...this.#pages.values()]
    pages.forEach((page, index) => {
      const { pointer, bitmap, file } = page
      const bytes = mapPageBytes({
        identity: {
          ...pointer,
          type: PAGE_TYPES.iam,
          level: 0,
          fixedLength: MAP_FIXED_LENGTH,
          allocationUnitId: this.#allocationUnitId,
          lsn: this.#lsn,
        },
        bitmap,
        header: headerOf(page, index),
        previous: pages[index - 1]?.pointer,
        next: pages[index + 1]?.pointer,
      })
      file.writePages(bytes, 1, pointer.pageNumber)
    })
  }

  #pageFor(file: DataFile, pageNumber: number): IamPage {
    const interval = Math.floor(pageNumber / PAGES_PER_INTERVAL)
    const key = `${file.fileId}:${interval}`
    const known = this.#pages.get(key)
    if (known !== undefined) return known
    const iamPage = file.allocateMixedPage()
    file.setPageStatus(iamPage, PFS.isAllocated | PFS.isMixed | PFS.isIam)
    const pointer = { fileId: file.fileId, pageNumber: iamPage }
    const page = { file, pointer, interval, bitmap: new ExtentBitmap(), singlePages: [] }
    this.#pages.set(key, page)
    return page
  }
}

function headerOf(page: IamPage, sequence: number): Buffer {
  const { file, interval, singlePages } = page
  const header = Buffer.alloc(MAP_FIXED_LENGTH)
  header.writeUInt32LE(sequence, 0)
  const intervalStart = { fileId: file.fileId, pageNumber: interval * PAGES_PER_INTERVAL }
  writePointer(header, INTERVAL_OFFSET, intervalStart)
  singlePages.forEach((pointer, index) => {
    writePointer(header, SINGLE_PAGES_OFFSET + index * POINTER_SIZE, pointer)
  })
  return header
}
