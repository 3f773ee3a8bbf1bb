import { type FileExtents, pfsPageOf } from '../../page/allocation.ts'
import { PAGE_TYPES, Page } from '../../page/page.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import type { VerifyContext } from '../verify-context.ts'
import type { StructureReport } from './structure-report.ts'

/**
 * The files that were given, for walking IAM chains: in a file that was not, no page is allocated. So
 * what is in the other files is still met.
 */
export class GivenFiles implements FileExtents {
  /** How often a missing file was asked for. */
  misses = 0
  readonly #context: VerifyContext
  readonly #report: StructureReport

  constructor(context: VerifyContext, report: StructureReport) {
    this.#context = context
    this.#report = report
  }

  pageCountOf(fileId: number): number {
    return this.#isMissing(fileId) ? 0 : this.#context.reader.pageCountOf(fileId)
  }

  readPage(fileId: number, pageNumber: number): Page {
    if (pageNumber !== pfsPageOf(pageNumber) || !this.#isMissing(fileId)) {
      return this.#context.reader.readPage(fileId, pageNumber)
    }
    const bytes = Buffer.alloc(PAGE_SIZE)
    bytes[1] = PAGE_TYPES.pfs
    return new Page(bytes, { path: '', fileId, pageNumber })
  }

  #isMissing(fileId: number): boolean {
    if (this.#context.sources.has(fileId) || !this.#report.noteMissing(fileId)) return false
    this.misses += 1
    return true
  }
}
