import { ALLOCATION_UNIT_TYPES } from '../catalog/storage-rows.ts'
import { PAGES_PER_EXTENT, PFS_ALLOCATED } from '../page/allocation.ts'
import { PAGE_TYPES } from '../page/page.ts'
import { type AllocatedPage, allocatedPages } from './allocated-pages.ts'
import { checkPage } from './check-page.ts'
import type { DataFile } from './data-file.ts'
import { bitsOffFormatted } from './formatted-map.ts'
import { allocationUnitIdOf } from './iam-chains.ts'
import type { PageOwner, PageOwners } from './page-owners.ts'
import { holdsRecords } from './page-to-check.ts'
import type { ProblemObject } from './problem.ts'
import { checkProtection, originalBytes, type PageProtection } from './protection.ts'
import { systemPageAt } from './system-pages.ts'
import type { Finding, FindingPlace, VerifyReport } from './verify-report.ts'

const TYPE_OFFSET = 1
const IN_ROW_TYPES: readonly number[] = [PAGE_TYPES.data, PAGE_TYPES.index, PAGE_TYPES.iam]
const LOB_TYPES: readonly number[] = [PAGE_TYPES.textMix, PAGE_TYPES.textTree, PAGE_TYPES.iam]
/** Types with a place of their own, where they don't belong on any other. */
const KNOWN_TYPES: readonly number[] = Object.values(PAGE_TYPES)
const HIGHEST_TYPE = 31

const LOST_PAGE = 'what is on this page is lost or wrong, and SQL Server refuses to read it'

export interface PagePassOptions {
  readonly owners: PageOwners
  readonly report: VerifyReport
  /** Whether a page that nobody claims belongs to nobody: the list of units is whole. */
  readonly isListComplete: boolean
  readonly headersNameUnits: boolean
}

/** How many pages were checked, by what guards them. */
export interface PageCounts {
  checksum: number
  tornBits: number
  unguarded: number
}

/** Checks every allocated page of the data files by itself and against its owner. */
export class PagePass {
  readonly counts: PageCounts = { checksum: 0, tornBits: 0, unguarded: 0 }
  readonly #options: PagePassOptions

  constructor(options: PagePassOptions) {
    this.#options = options
  }

  check(file: DataFile, onProgress: (pagesDone: number) => void): void {
    const { owners, report } = this.#options
    const pages = allocatedPages(file, 'as-stored', {
      onProgress,
      isOwned: (pageNumber) => owners.ownerOf(file.fileId, pageNumber) !== undefined,
      onUnreadable: (pageNumber, error) =>
        report.add(this.#place(file, pageNumber), {
          kind: 'file',
          message: error.message,
          consequence: LOST_PAGE,
        }),
    })
    for (const page of pages) this.#checkPage(file, page)
  }

  /** The object a page belongs to, by its IAM chain or, where that is broken, by its own header. */
  objectOf(file: DataFile, pageNumber: number): ProblemObject | undefined {
    if (systemPageAt(file.fileId, pageNumber) !== undefined) return undefined
    const owner = this.#options.owners.ownerOf(file.fileId, pageNumber)
    return (owner ?? this.#ownerByHeader(file, pageNumber))?.object
  }

  #ownerByHeader(file: DataFile, pageNumber: number): PageOwner | undefined {
    if (!this.#options.headersNameUnits || pageNumber >= file.source.pageCount) return undefined
    try {
      const { buffer, byteOffset, byteLength } = file.source.readPage(pageNumber)
      return this.#ownerNamedBy(Buffer.from(buffer, byteOffset, byteLength))
    } catch {
      return undefined // a page that can't be read names nobody
    }
  }

  #ownerNamedBy(bytes: Buffer): PageOwner | undefined {
    if (!this.#options.headersNameUnits) return undefined
    return this.#options.owners.byUnitId(allocationUnitIdOf(bytes))
  }

  #place(file: DataFile, pageNumber: number): FindingPlace {
    const { fileId, path } = file
    return { path, fileId, pageNumber, object: this.objectOf(file, pageNumber) }
  }

  #checkPage(file: DataFile, { pageNumber, bytes }: AllocatedPage): void {
    const { fileId } = file
    const protection = checkProtection(bytes)
    this.#count(protection)
    const find = (finding: Finding, slot?: number) =>
      this.#options.report.add({ ...this.#place(file, pageNumber), slot }, finding)
    const system = systemPageAt(fileId, pageNumber)
    if (protection.damage !== undefined) {
      const { kind, message } = protection.damage
      const name = system === undefined ? '' : `${system.name}: `
      find({ kind, message: `${name}${message}`, consequence: LOST_PAGE })
      return
    }
    if (protection.guard === 'none' && this.#isOffFormatted(file, pageNumber, bytes, find)) return
    let isSound = true
    checkPage(
      {
        fileId,
        pageNumber,
        bytes: protection.guard === 'torn-bits' ? originalBytes(bytes) : bytes,
        isVouchedFor: protection.guard === 'checksum',
      },
      (finding, slot) => {
        isSound &&= finding.severity === 'warning'
        const name = system === undefined ? '' : `${system.name}: `
        find({ ...finding, message: `${name}${finding.message}` }, slot)
      },
    )
    if (!isSound) return
    const type = bytes.readUInt8(TYPE_OFFSET)
    if (system === undefined) this.#checkOwner(file, { pageNumber, bytes }, find)
    else if (type !== system.type) {
      const message = `${system.name}: its type is ${type}, where ${system.type} is expected`
      find({ kind: 'page-header', message, consequence: 'what it describes cannot be relied upon' })
    }
  }

  #count({ guard }: PageProtection): void {
    if (guard === 'checksum') this.counts.checksum += 1
    else if (guard === 'torn-bits') this.counts.tornBits += 1
    else this.counts.unguarded += 1
  }

  #isOffFormatted(
    { fileId }: DataFile,
    pageNumber: number,
    bytes: Buffer,
    find: (finding: Finding) => void,
  ): boolean {
    const bits = bitsOffFormatted(bytes, fileId, pageNumber)
    if (bits === 0) return false
    const name = systemPageAt(fileId, pageNumber)?.name ?? 'IAM page'
    find({
      kind: 'page-header',
      message: `${name}: ${bits} of its bits differ from a page that was never written to, and it carries no checksum`,
      consequence: 'what it describes cannot be relied upon',
    })
    return true
  }

  #checkOwner(
    file: DataFile,
    { pageNumber, bytes }: AllocatedPage,
    find: (finding: Finding) => void,
  ): void {
    const type = bytes.readUInt8(TYPE_OFFSET)
    this.#checkExtent(file, pageNumber, find)
    const owner = this.#options.owners.ownerOf(file.fileId, pageNumber)
    if (owner !== undefined) this.#checkType(owner, type, bytes, find)
    else if (holdsRecords(type) || type === PAGE_TYPES.iam)
      this.#checkNobody(file, pageNumber, bytes, find)
  }

  /** A page in use can't lie in an extent that the GAM gives away. */
  #checkExtent({ maps }: DataFile, pageNumber: number, find: (finding: Finding) => void): void {
    if (!maps.isPfsTrusted(pageNumber)) return
    if (maps.isFreeExtent(Math.floor(pageNumber / PAGES_PER_EXTENT)) !== true) return
    find({
      kind: 'allocation',
      message: 'its PFS page calls it allocated, and the GAM calls its extent free',
      consequence: 'SQL Server may give the extent to another object, which overwrites the page',
    })
  }

  #checkNobody(
    { maps }: DataFile,
    pageNumber: number,
    bytes: Buffer,
    find: (finding: Finding) => void,
  ): void {
    if (!maps.isPfsTrusted(pageNumber)) return
    if (((maps.pfsByte(pageNumber) ?? 0) & PFS_ALLOCATED) === 0) return
    const named = this.#ownerNamedBy(bytes)
    // Its chain is reported as broken: what lies behind the break is not news.
    const isKnownLoss = named === undefined ? !this.#options.isListComplete : !named.isComplete
    if (isKnownLoss) return
    find({
      kind: 'allocation',
      message: 'it is allocated, and no object claims it',
      consequence: 'rows on it are missing from their object, or its space is lost',
    })
  }

  #checkType(
    owner: PageOwner,
    type: number,
    bytes: Buffer,
    find: (finding: Finding) => void,
  ): void {
    const isInRow = owner.unit.type === ALLOCATION_UNIT_TYPES.inRow
    const isLob = !isInRow && owner.unit.type !== 0 // 0: dropped, its pages wait to be freed
    const expected = isInRow ? IN_ROW_TYPES : LOB_TYPES
    if ((isInRow || isLob) && !expected.includes(type)) {
      const isWrong = KNOWN_TYPES.includes(type) || type > HIGHEST_TYPE
      find({
        kind: 'page-header',
        severity: isWrong ? 'error' : 'warning',
        message: `its type is ${type}, where ${isInRow ? 'rows or index entries' : 'large values'} are expected`,
        consequence: 'rows of the object are lost or wrong',
      })
    }
    if (!this.#options.headersNameUnits) return
    const unitId = allocationUnitIdOf(bytes)
    if (unitId === owner.unit.allocationUnitId) return
    find({
      kind: 'page-header',
      severity: 'warning',
      message: `its header names allocation unit ${unitId}, and ${owner.unit.allocationUnitId} claims it`,
      consequence: 'the page may belong to another object',
    })
  }
}

/**
 * Reads a data file from end to end and checks the checksum or torn bits of every allocated page:
 * nothing else, for those who time it.
 * @returns the pages that were checked, and how many of them are damaged
 */
export function checksumPass(file: DataFile): { pages: number; damaged: number } {
  const result = { pages: 0, damaged: 0 }
  for (const { bytes } of allocatedPages(file, 'as-stored')) {
    result.pages += 1
    if (checkProtection(bytes).damage !== undefined) result.damaged += 1
  }
  return result
}
