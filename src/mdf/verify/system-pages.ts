import { PAGES_PER_INTERVAL, PAGES_PER_PFS } from '../page/allocation.ts'
import { PAGE_TYPES } from '../page/page.ts'

const PRIMARY_FILE_ID = 1
const BOOT_PAGE_NUMBER = 9

/** A page that belongs to its file and to no table. */
export interface SystemPage {
  readonly type: number
  /** As messages call it. */
  readonly name: string
}

const FILE_HEADER: SystemPage = { type: PAGE_TYPES.fileHeader, name: 'file header page' }
const BOOT: SystemPage = { type: PAGE_TYPES.boot, name: 'boot page' }
const PFS: SystemPage = { type: PAGE_TYPES.pfs, name: 'PFS page' }

/** Places of the maps in each interval of 511,232 pages (format reference 3.3). */
const INTERVAL_MAPS: ReadonlyMap<number, SystemPage> = new Map([
  [6, { type: PAGE_TYPES.differentialMap, name: 'differential changed map page' }],
  [7, { type: PAGE_TYPES.bulkChangedMap, name: 'bulk changed map page' }],
])
const GAM: SystemPage = { type: PAGE_TYPES.gam, name: 'GAM page' }
const SGAM: SystemPage = { type: PAGE_TYPES.sgam, name: 'SGAM page' }

/** What page has its fixed place here: file header, boot page, PFS, GAM and so on. */
export function systemPageAt(fileId: number, pageNumber: number): SystemPage | undefined {
  if (pageNumber === 0) return FILE_HEADER
  if (pageNumber === BOOT_PAGE_NUMBER) return fileId === PRIMARY_FILE_ID ? BOOT : undefined
  if (pageNumber === 1 || pageNumber % PAGES_PER_PFS === 0) return PFS
  const place = pageNumber % PAGES_PER_INTERVAL
  // The first interval begins with the file header and the first PFS page: its maps lie 2 further on.
  const shift = pageNumber < PAGES_PER_INTERVAL ? 2 : 0
  if (place === shift) return GAM
  if (place === shift + 1) return SGAM
  return INTERVAL_MAPS.get(place)
}

/** Number of the GAM page that describes an extent's interval. */
export function gamPageOf(pageNumber: number): number {
  const interval = Math.floor(pageNumber / PAGES_PER_INTERVAL)
  return interval === 0 ? 2 : interval * PAGES_PER_INTERVAL
}

/** Number of the SGAM page beside it. */
export function sgamPageOf(pageNumber: number): number {
  return gamPageOf(pageNumber) + 1
}
