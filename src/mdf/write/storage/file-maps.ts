import { EXTENTS_PER_INTERVAL, PAGES_PER_EXTENT, PAGES_PER_PFS } from '../../page/allocation.ts'
import type { Lsn } from '../../page/lsn.ts'
import { PAGE_TYPES } from '../../page/page.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import { type DataFile, type MAP_PLACES, mapPage } from './data-file.ts'
import { ExtentBitmap, MAP_FIXED_LENGTH, mapPageBytes, mapRecord } from './map-page.ts'
import { type PageKind, PageWriter } from './page-writer.ts'

/** Pages that belong to no table are under this object in their headers. */
export const SYSTEM_ALLOCATION_UNIT = 99n << 16n

type Map = keyof typeof MAP_PLACES

/** Writes a file's PFS, GAM, SGAM, DCM and BCM pages. */
export function writeFileMaps(file: DataFile, lsn: Lsn): void {
  const extents = file.sizePages / PAGES_PER_EXTENT
  for (let first = 0; first < extents; first += EXTENTS_PER_INTERVAL) {
    writeIntervalMaps(file, first, lsn)
  }
  for (let first = 0; first < file.sizePages; first += PAGES_PER_PFS) {
    const pageNumber = first === 0 ? 1 : first
    const record = mapRecord(file.statusBytes(first / PAGES_PER_PFS))
    const kind = { type: PAGE_TYPES.pfs, level: 0, fixedLength: 0 }
    writeSystemPage(file, { pageNumber, record, kind, lsn })
  }
}

export interface SystemPage {
  readonly pageNumber: number
  readonly record: Buffer
  readonly kind: PageKind
  readonly lsn: Lsn
}

/** Writes a page of one record that belongs to no table. */
export function writeSystemPage(
  file: DataFile,
  { pageNumber, record, kind, lsn }: SystemPage,
): void {
  const bytes = Buffer.alloc(PAGE_SIZE)
  const identity = { ...kind, fileId: file.fileId, pageNumber, lsn }
  const page = new PageWriter(bytes, { ...identity, allocationUnitId: SYSTEM_ALLOCATION_UNIT })
  page.add(record)
  page.seal()
  file.writePages(bytes, 1, pageNumber)
}

function writeIntervalMaps(file: DataFile, firstExtent: number, lsn: Lsn): void {
  const maps = intervalMaps(file, firstExtent)
  const types = { gam: PAGE_TYPES.gam, sgam: PAGE_TYPES.sgam, dcm: DCM_TYPE, bcm: BCM_TYPE }
  for (const map of ['gam', 'sgam', 'dcm', 'bcm'] as const) {
    const pageNumber = mapPage(map, firstExtent / EXTENTS_PER_INTERVAL)
    const identity = {
      fileId: file.fileId,
      pageNumber,
      type: types[map],
      level: 0,
      fixedLength: MAP_FIXED_LENGTH,
      allocationUnitId: SYSTEM_ALLOCATION_UNIT,
      lsn,
    }
    file.writePages(mapPageBytes({ identity, bitmap: maps[map] }), 1, pageNumber)
  }
}

const DCM_TYPE = 16
const BCM_TYPE = 17

/** GAM: a set bit is a free extent, behind the file's end too. All that is allocated has changed. */
function intervalMaps(file: DataFile, firstExtent: number): Readonly<Record<Map, ExtentBitmap>> {
  const gam = new ExtentBitmap()
  gam.bytes.fill(0xff)
  const sgam = new ExtentBitmap()
  const dcm = new ExtentBitmap()
  const extents = Math.min(EXTENTS_PER_INTERVAL, file.sizePages / PAGES_PER_EXTENT - firstExtent)
  const withFreePages = file.extentsWithFreePages()
  for (let extent = firstExtent; extent < firstExtent + extents; extent++) {
    if (!file.isAllocated(extent)) continue
    gam.clear(extent)
    dcm.set(extent)
    if (withFreePages.has(extent)) sgam.set(extent)
  }
  return { gam, sgam, dcm, bcm: new ExtentBitmap() }
}
