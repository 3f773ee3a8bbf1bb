import type { PagePointer } from '../../page/page.ts'
import type { PageSet } from '../page-set.ts'
import type { VerifyContext } from '../verify-context.ts'
import type { GivenFiles } from './given-files.ts'
import type { StructureReport } from './structure-report.ts'

/** What all structural checks share. */
export interface StructureTools {
  readonly context: VerifyContext
  readonly report: StructureReport
  /** For walking IAM chains. */
  readonly files: GivenFiles
  /** Pages that trees, heaps and large values have reached so far. */
  readonly reached: PageSet
  /** Called for every page. */
  onPage(): void
}

export function pageName(pointer: PagePointer | undefined): string {
  return pointer === undefined ? 'none' : `(${pointer.fileId}:${pointer.pageNumber})`
}
