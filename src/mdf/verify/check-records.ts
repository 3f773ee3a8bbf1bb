import { PAGE_HEADER_SIZE, PAGE_TYPES } from '../page/page.ts'
import { PAGE_SIZE } from '../page-file.ts'
import { type FindingSink, holdsRecords, type PageToCheck } from './page-to-check.ts'
import { recordLength } from './record-length.ts'

const GHOST_COUNT_OFFSET = 58
const GHOST_TYPES_FROM = 5
const IS_COMPRESSED = 1
/** Offsets of a page's records in the order of their place: no page has more slots. */
const sorted = new Uint16Array(PAGE_SIZE / 2)

export interface PageOfRecords extends PageToCheck {
  readonly type: number
  readonly slotCount: number
  readonly freeData: number
}

/** Checks where a page's slots point, that records don't overlap, and the number of ghosts. */
export function checkRecords(page: PageOfRecords, find: FindingSink): void {
  const { bytes, slotCount, freeData } = page
  let count = 0
  let inOrder = true
  for (let slot = 0; slot < slotCount; slot++) {
    const offset = bytes.readUInt16LE(PAGE_SIZE - 2 - 2 * slot)
    if (offset === 0) continue
    if (offset < PAGE_HEADER_SIZE || offset >= freeData) {
      const message = `slot ${slot} points to ${offset}, outside ${PAGE_HEADER_SIZE} to ${freeData}`
      find({ kind: 'slot', message, consequence: 'the row of this slot is lost' }, slot)
      return
    }
    inOrder &&= count === 0 || offset > (sorted[count - 1] ?? 0)
    sorted[count++] = offset
  }
  if (!holdsRecords(page.type)) return
  if (!inOrder) sorted.subarray(0, count).sort()
  checkPlaces(page, count, find)
}

function checkPlaces(page: PageOfRecords, count: number, find: FindingSink): void {
  const { bytes, freeData, type } = page
  let ghosts = 0
  for (let index = 0; index < count; index++) {
    const start = sorted[index] ?? 0
    // Records of compressed tables have no length to be had from their headers.
    if ((bytes.readUInt8(start) & IS_COMPRESSED) !== 0) return
    const next = index + 1 < count ? (sorted[index + 1] ?? 0) : freeData
    const length = recordLength(bytes, start, type === PAGE_TYPES.index)
    if (length === undefined || start + length > next) {
      const what =
        length === undefined
          ? 'has no valid length'
          : `of ${length} bytes reaches into the next one, at ${next}`
      const message = `the record at ${start} ${what}`
      find({ kind: 'slot', message, consequence: 'one row at least is not what was written' })
      return
    }
    if (((bytes.readUInt8(start) >> 1) & 7) >= GHOST_TYPES_FROM) ghosts += 1
  }
  const expected = bytes.readUInt16LE(GHOST_COUNT_OFFSET)
  if (ghosts === expected) return
  find({
    kind: 'page-header',
    severity: 'warning',
    message: `it counts ${expected} ghost records and has ${ghosts}`,
    consequence: 'space of deleted rows may not be reclaimed',
  })
}
