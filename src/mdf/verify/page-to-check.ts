import { PAGE_TYPES } from '../page/page.ts'
import type { Finding } from './verify-report.ts'

export interface PageToCheck {
  readonly fileId: number
  readonly pageNumber: number
  /** The page with its original bytes, its protection found to be right. */
  readonly bytes: Buffer
  /** Whether a checksum vouches for every byte: what looks odd then was written so. */
  readonly isVouchedFor: boolean
}

export type FindingSink = (finding: Finding, slot?: number) => void

/** Types that hold rows, or parts of large values. */
export function holdsRecords(type: number): boolean {
  return type >= PAGE_TYPES.data && type <= PAGE_TYPES.textTree
}
