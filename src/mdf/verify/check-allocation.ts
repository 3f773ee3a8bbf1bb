import { PAGES_PER_EXTENT, PFS_ALLOCATED } from '../page/allocation.ts'
import type { DataFile } from './data-file.ts'
import { claimPages, type IamWalk } from './iam-chains.ts'
import { describeOwner } from './page-owners.ts'
import type { StorageList } from './storage-list.ts'
import { systemPageAt } from './system-pages.ts'

const PFS_MIXED = 0x20

/**
 * Walks every allocation unit's IAM chain, so that each page has its owner, and holds the claims
 * against each other and against the maps (format reference 10.3).
 * @param onProgress gets the units that are done
 */
export function checkAllocation(
  walk: IamWalk,
  list: StorageList,
  onProgress: (done: number, total: number) => void,
): void {
  let isComplete = list.isComplete
  list.units.forEach((unit, index) => {
    const owner = { unit, object: list.objectOf(unit), isComplete: true }
    claimPages(walk, owner)
    isComplete &&= owner.isComplete
    onProgress(index + 1, list.units.length)
  })
  checkMixedExtents(walk)
  // With a chain broken, its extents only seem to be nobody's.
  if (isComplete) for (const file of walk.files.values()) reportLeaks(walk, file)
}

/** A single page lies in a mixed extent, which no unit may claim as a whole. */
function checkMixedExtents({ owners, files, report }: IamWalk): void {
  for (const { fileId, pageNumber, owner, whole } of owners.pagesClaimedTwice()) {
    if (!owner.isComplete || !whole.isComplete) continue
    report.add(
      { path: files.get(fileId)?.path ?? '', fileId, pageNumber, object: owner.object },
      {
        kind: 'allocation',
        message: `it belongs to ${describeOwner(owner)}, and its whole extent to ${describeOwner(whole)}`,
        consequence: 'changing one object overwrites the other',
      },
    )
  }
}

/** Extents that are allocated and belong to nobody: lost space, no lost data. */
function reportLeaks({ owners, report }: IamWalk, file: DataFile): void {
  const extents = Math.floor(file.pageCount / PAGES_PER_EXTENT)
  let leaked = 0
  let first = 0
  for (let extent = 0; extent < extents; extent++) {
    if (owners.ownerOfExtent(file.fileId, extent) !== undefined) continue
    if (owners.isMixedExtent(file.fileId, extent) || !isLeaked(file, extent)) continue
    if (leaked === 0) first = extent
    leaked += 1
  }
  if (leaked === 0) return
  report.add(
    { path: file.path, fileId: file.fileId, pageNumber: first * PAGES_PER_EXTENT },
    {
      kind: 'allocation',
      severity: 'warning',
      message: `${leaked} extents are allocated and belong to no object, the first of them at page ${first * PAGES_PER_EXTENT}`,
      consequence: `${leaked * 64} KiB of the file cannot be used; no data is lost`,
    },
  )
}

/** Not when a page of it is in use (the page pass knows that page) or when it is a mixed extent. */
function isLeaked({ fileId, maps }: DataFile, extent: number): boolean {
  if (maps.isFreeExtent(extent) !== false || maps.isMixedExtent(extent) !== false) return false
  const first = extent * PAGES_PER_EXTENT
  for (let page = first; page < first + PAGES_PER_EXTENT; page++) {
    if (systemPageAt(fileId, page) !== undefined) return false
    const status = maps.pfsByte(page)
    if (status === undefined || (status & (PFS_MIXED | PFS_ALLOCATED)) !== 0) return false
  }
  return true
}
