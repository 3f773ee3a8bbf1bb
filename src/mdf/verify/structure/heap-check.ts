import { PlatformError } from '../../../base/index.ts'
import { iamPages } from '../../page/allocation.ts'
import { PAGE_TYPES } from '../../page/page.ts'
import type { LeafCheck } from './leaf-check.ts'
import type { RowsetTarget } from './rowset-target.ts'
import type { StructureTools } from './structure-tools.ts'

/** Pages that a reorganisation has emptied, or a bulk load has not filled yet (format reference 1.2). */
const TRANSIENT_TYPES: readonly number[] = [19, 20]

/** Checks the pages of a heap; false when some of them could not be read. */
export function checkHeap(target: RowsetTarget, tools: StructureTools, leaves: LeafCheck): boolean {
  const { files, report, reached } = tools
  const { misses } = files
  let isWhole = true
  try {
    for (const pointer of iamPages(files, target.unit?.firstIam)) {
      const page = report.readPage(pointer)
      if (typeof page === 'string') {
        isWhole = false
        const message = `its page (${pointer.fileId}:${pointer.pageNumber}) cannot be read: ${page}`
        report.find({ kind: 'record', message, consequence: 'the rows on it are lost' })
        continue
      }
      // The allocation check tells of pages that are claimed twice.
      if (!reached.add(page.fileId, page.pageNumber)) continue
      tools.onPage()
      if (page.type === PAGE_TYPES.data) {
        leaves.check(page)
        continue
      }
      if (TRANSIENT_TYPES.includes(page.type)) continue
      isWhole = false
      const message = `it is a page of a heap, and its type is ${page.type}`
      report.find({ kind: 'page-header', page, message, consequence: 'the rows on it are lost' })
    }
  } catch (error) {
    // The allocation check tells what is wrong with an IAM chain.
    if (!(error instanceof PlatformError)) throw error
    isWhole = false
  }
  return isWhole && files.misses === misses
}
