import { PlatformError } from '../../../base/index.ts'
import type { Lsn } from '../../page/lsn.ts'
import type { PagePointer } from '../../page/page.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import type { WrittenUnit } from '../rowset-definition.ts'
import { type DataFile, PFS } from './data-file.ts'
import { ExtentWriter } from './extent-writer.ts'
import type { FilegroupSpace } from './filegroup-space.ts'
import { IamChain, SINGLE_PAGES } from './iam-chain.ts'
import { type PageKind, PageWriter } from './page-writer.ts'

export interface AllocationUnitOptions {
  readonly allocationUnitId: bigint
  readonly type: WrittenUnit['type']
  /** Whether PFS pages say how full the unit's pages are: those of heaps and of large values. */
  readonly tracksFullness: boolean
  readonly lsn: Lsn
}

/** Fill classes of PFS pages: a page is of the first whose limit it does not exceed. */
const FULLNESS_LIMITS = [0, 0.5, 0.8, 0.95, 1]

/** Gives pages to one allocation unit, and sees to it that they get to the disk. */
export class AllocationUnitWriter {
  readonly #space: FilegroupSpace
  readonly #options: AllocationUnitOptions
  readonly #iam: IamChain
  readonly #owners = new Map<PageWriter, PageOwner>()
  #extent: ExtentWriter | undefined
  #firstPage: PagePointer | undefined
  #pageCount = 0
  #singlePages = 0

  constructor(space: FilegroupSpace, options: AllocationUnitOptions) {
    this.#space = space
    this.#options = options
    this.#iam = new IamChain(options.allocationUnitId, options.lsn)
  }

  allocatePage(kind: PageKind): PageWriter {
    const owner = this.#nextOwner()
    const { pageNumber, bytes } = owner.allocate()
    const { allocationUnitId, lsn } = this.#options
    const pointer = { fileId: owner.file.fileId, pageNumber }
    const page = new PageWriter(bytes, { ...kind, ...pointer, allocationUnitId, lsn })
    this.#owners.set(page, owner)
    this.#firstPage ??= page.pointer
    this.#pageCount += 1
    return page
  }

  /** The page is complete: nothing is added to it any more. */
  complete(page: PageWriter): void {
    page.seal()
    const owner = this.#owners.get(page)
    if (owner === undefined) return
    this.#owners.delete(page)
    const fullness = this.#options.tracksFullness ? fillClass(page.fullness) : 0
    const ghosts = page.ghostCount > 0 ? PFS.hasGhosts : 0
    const status = PFS.isAllocated | owner.status | fullness | ghosts
    owner.file.setPageStatus(page.pointer.pageNumber, status)
    owner.completed()
  }

  get firstPage(): PagePointer | undefined {
    return this.#firstPage
  }

  /** Writes the IAM pages. All pages have to be complete. */
  finish({ root, dataPages }: { root: PagePointer | undefined; dataPages: number }): WrittenUnit {
    this.#extent?.close()
    this.#iam.write()
    const { allocationUnitId, type } = this.#options
    return {
      allocationUnitId,
      type,
      firstPage: this.#firstPage,
      root,
      firstIam: this.#iam.first,
      usedPages: this.#pageCount + this.#iam.pageCount,
      dataPages,
      reservedPages: this.#iam.reservedPages,
    }
  }

  #nextOwner(): PageOwner {
    if (this.#space.usesMixedExtents && this.#singlePages < SINGLE_PAGES) {
      this.#singlePages += 1
      return this.#singlePageOwner()
    }
    if (this.#extent === undefined || this.#extent.isFull) this.#extent = this.#nextExtent()
    const extent = this.#extent
    return {
      file: extent.file,
      status: 0,
      allocate: () => extent.allocatePage(),
      completed: () => extent.pageCompleted(),
    }
  }

  #nextExtent(): ExtentWriter {
    const file = this.#file()
    const firstPage = file.allocateExtent()
    this.#iam.addExtent(file, firstPage)
    return new ExtentWriter(file, firstPage, this.#space.buffers)
  }

  #singlePageOwner(): PageOwner {
    const file = this.#file()
    const pageNumber = file.allocateMixedPage()
    const bytes = Buffer.alloc(PAGE_SIZE)
    return {
      file,
      status: PFS.isMixed,
      allocate: () => {
        this.#iam.addSinglePage(file, pageNumber)
        return { pageNumber, bytes }
      },
      completed: () => file.writePages(bytes, 1, pageNumber),
    }
  }

  #file(): DataFile {
    const file = this.#space.nextFile()
    if (file === undefined) throw new PlatformError('INVALID_ARGUMENT', 'a filegroup has no file')
    return file
  }
}

/** Where a page lies: in a uniform extent, or alone. */
interface PageOwner {
  readonly file: DataFile
  readonly status: number
  allocate(): { readonly pageNumber: number; readonly bytes: Buffer }
  completed(): void
}

function fillClass(fullness: number): number {
  return FULLNESS_LIMITS.findIndex((limit) => fullness <= limit)
}
