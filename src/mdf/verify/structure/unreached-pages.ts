import { PlatformError } from '../../../base/index.ts'
import { iamPages } from '../../page/allocation.ts'
import { PAGE_TYPES, type Page } from '../../page/page.ts'
import type { RowsetTarget } from './rowset-target.ts'
import { pageName, type StructureTools } from './structure-tools.ts'

const EXAMPLES = 3

/** Tells of pages that an index owns and does not lead to. */
export function tellUnreachedPages(
  target: RowsetTarget,
  tools: StructureTools,
  isWhole: boolean,
): void {
  const examples: string[] = []
  let pages = 0
  let rows = 0
  eachUnreachedPage(target, tools, (page) => {
    pages += 1
    if (page.type === PAGE_TYPES.data) rows += page.slotCount
    if (examples.length < EXAMPLES) examples.push(pageName(page))
  })
  if (pages === 0) return
  const more = pages > EXAMPLES ? ` and ${pages - EXAMPLES} more` : ''
  tools.report.find({
    kind: 'index-structure',
    // A tree with a missing part has been told of already.
    severity: rows > 0 && isWhole ? 'error' : 'warning',
    message: `it owns pages that it does not lead to: ${examples.join(', ')}${more}`,
    consequence:
      rows > 0
        ? `about ${rows} rows on them cannot be found`
        : 'the pages are wasted, or a part of the index is missing',
  })
}

/** Calls back for each such page; false when not all of them are known. */
export function eachUnreachedPage(
  target: RowsetTarget,
  { files, report, reached }: StructureTools,
  onPage: (page: Page) => void,
): boolean {
  const { misses } = files
  let isComplete = true
  try {
    for (const pointer of iamPages(files, target.unit?.firstIam)) {
      if (reached.has(pointer.fileId, pointer.pageNumber)) continue
      const page = report.readPage(pointer)
      if (typeof page === 'string') isComplete = false
      else if (page.type === PAGE_TYPES.data || page.type === PAGE_TYPES.index) onPage(page)
    }
    return isComplete && files.misses === misses
  } catch (error) {
    // The allocation check tells what is wrong with an IAM chain.
    if (error instanceof PlatformError) return false
    throw error
  }
}
