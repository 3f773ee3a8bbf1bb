import { PAGE_HEADER_SIZE, type Page } from '../page/page.ts'
import {
  type CompressedCell,
  LARGE_NUMBER,
  readCompressedRecord,
  readLargeNumber,
} from './compressed-record.ts'

// Compression information of a PAGE-compressed page (format reference 7.5), between the page header and
// the first record: flags u8, modification count u16, dictionary offset u16 (if there is one), size
// u16, anchor record, dictionary (count u16, cumulative ends u16, entries).
const IS_RECORD = 0x01
const HAS_ANCHOR = 0x02
const HAS_DICTIONARY = 0x04
const FLAGS_AND_COUNT = 3

/** What the records of a PAGE-compressed page have in common. */
export interface PageDictionary {
  /** One cell a column: the prefix its values share. */
  readonly anchor: readonly CompressedCell[]
  readonly entries: readonly Buffer[]
}

/**
 * The compression information of a page; undefined when it has none, as too little repeats on it.
 * @throws PlatformError FILE_DAMAGED
 */
export function readPageDictionary(page: Page): PageDictionary | undefined {
  const start = PAGE_HEADER_SIZE
  const flags = page.bytes.readUInt8(start)
  if ((flags & IS_RECORD) !== 0 || (flags & HAS_ANCHOR) === 0) return undefined
  for (let slot = 0; slot < page.slotCount; slot++) {
    if (page.slotOffset(slot) === start) return undefined
  }
  const hasDictionary = (flags & HAS_DICTIONARY) !== 0
  const anchorStart = start + FLAGS_AND_COUNT + (hasDictionary ? 4 : 2)
  return {
    anchor: readCompressedRecord(page, anchorStart),
    entries: hasDictionary ? readEntries(page, start) : [],
  }
}

function readEntries(page: Page, start: number): Buffer[] {
  const outside = () => page.damaged('record', 'its dictionary reaches outside the page')
  const dictionary = start + page.bytes.readUInt16LE(start + FLAGS_AND_COUNT)
  if (dictionary + 2 > page.recordLimit) throw outside()
  const count = page.bytes.readUInt16LE(dictionary)
  const ends = dictionary + 2
  if (ends + 2 * count > page.recordLimit) throw outside()
  const firstEntry = ends + 2 * count
  const base = endsBase(page, { start, dictionary, firstEntry, ends, count })
  let previous = firstEntry
  return Array.from({ length: count }, (_, index) => {
    const end = base + page.bytes.readUInt16LE(ends + 2 * index)
    if (end < previous || end > page.recordLimit) throw outside()
    const entry = page.bytes.subarray(previous, end)
    previous = end
    return entry
  })
}

/**
 * Descriptions differ on what the ends are counted from, the dictionary or its first entry. The last
 * one tells: it is the end of the compression information.
 */
function endsBase(
  page: Page,
  place: { start: number; dictionary: number; firstEntry: number; ends: number; count: number },
): number {
  if (place.count === 0) return place.dictionary
  const size = page.bytes.readUInt16LE(place.start + FLAGS_AND_COUNT + 2)
  const last = page.bytes.readUInt16LE(place.ends + 2 * (place.count - 1))
  return place.firstEntry + last === place.start + size ? place.firstEntry : place.dictionary
}

/**
 * A cell with the page's dictionary and the column's anchor applied: null, empty, true, bytes or a
 * pointer is left.
 * @throws PlatformError FILE_DAMAGED
 */
export function expandCell(
  page: Page,
  { anchor, entries }: PageDictionary,
  column: number,
  cell: CompressedCell,
): CompressedCell {
  const prefix = anchor[column] ?? { kind: 'null' }
  if (cell.kind === 'symbol') {
    const entry = entries[cell.symbol]
    if (entry === undefined)
      throw page.damaged('record', `it has no dictionary entry ${cell.symbol}`)
    return withPrefix(page, prefix, entry)
  }
  if (prefix.kind === 'null') return cell
  if (cell.kind === 'empty') return prefix
  return cell.kind === 'bytes' ? withPrefix(page, prefix, cell.bytes) : cell
}

/** A length, as many bytes of the anchor, then the bytes behind the length. */
function withPrefix(page: Page, prefix: CompressedCell, bytes: Buffer): CompressedCell {
  if (prefix.kind === 'null') return { kind: 'bytes', bytes }
  const anchorBytes = prefix.kind === 'bytes' ? prefix.bytes : Buffer.alloc(0)
  const [first = 0, second = 0] = bytes
  const isLong = (first & LARGE_NUMBER) !== 0
  const length = isLong ? readLargeNumber(first, second) : first
  if (bytes.length < (isLong ? 2 : 1) || length > anchorBytes.length) {
    throw page.damaged('record', 'a value takes more of its anchor than there is')
  }
  const suffix = bytes.subarray(isLong ? 2 : 1)
  return { kind: 'bytes', bytes: Buffer.concat([anchorBytes.subarray(0, length), suffix]) }
}
