import { CD_RECORD_KINDS, type Cell, compressedRecord, smallNumber } from './compressed-cells.ts'

// Compression information (format reference 7.5): flags u8, modification count u16, dictionary offset
// u16 (if there is one), size u16, anchor record, dictionary (count u16, ends u16 from the dictionary's
// start, entries).
const HAS_ANCHOR = 0x02
const HAS_DICTIONARY = 0x04
const FLAGS_AND_COUNT = 3
const MOST_ENTRIES = 256
/** Shorter values take no more room than the symbol that would stand for them. */
const SHORTEST_ENTRY = 2

/** A record of a page as it was encoded for itself. */
export interface PageRecord {
  readonly cells: readonly Cell[]
  readonly kind: number
}

export interface CompressedPage {
  readonly information: Buffer
  readonly records: readonly Buffer[]
}

/**
 * What the records of a page have in common, and the records without it; undefined when that takes as
 * much room as it saves.
 */
export function compressPage(records: readonly PageRecord[]): CompressedPage | undefined {
  const [first] = records
  if (first === undefined) return undefined
  const anchor = first.cells.map((_, column) => anchorOf(records, column))
  const shortened = records.map(({ cells }) =>
    cells.map((cell, column) => withoutPrefix(cell, anchor[column])),
  )
  const entries = dictionaryOf(shortened)
  const made = shortened.map((cells, index) => ({
    cells: cells.map((cell) => asSymbol(cell, entries)),
    kind: records[index]?.kind ?? CD_RECORD_KINDS.primary,
  }))
  const information = informationOf(anchor, [...entries.values()])
  const compressed = made.map(compressedRecord)
  const before = totalLength(records.map(compressedRecord))
  if (information.length + totalLength(compressed) >= before) return undefined
  return { information, records: compressed }
}

/** The value of a column that most others begin like, if that saves anything. */
function anchorOf(records: readonly PageRecord[], column: number): Buffer | undefined {
  const values = records.flatMap(({ cells }) => {
    const cell = cells[column]
    return cell?.kind === 'bytes' ? [cell.bytes] : []
  })
  // A sorted column's neighbours are alike: the one in the middle is like the most of them.
  const sorted = values.toSorted(Buffer.compare)
  const candidate = sorted[sorted.length >> 1]
  if (candidate === undefined || candidate.length === 0) return undefined
  const lengthByte = 1
  const saved = values.reduce((sum, value) => {
    const whole = value.equals(candidate) ? lengthByte : 0
    return sum + commonLength(value, candidate) - lengthByte + whole
  }, 0)
  return saved > candidate.length + 2 ? candidate : undefined
}

function commonLength(left: Buffer, right: Buffer): number {
  const most = Math.min(left.length, right.length)
  let length = 0
  while (length < most && left[length] === right[length]) length += 1
  return length
}

/** How many bytes the anchor gives, then the others; the anchor itself is nothing. */
function withoutPrefix(cell: Cell, anchor: Buffer | undefined): Cell {
  if (anchor === undefined || cell.kind !== 'bytes') return cell
  if (cell.bytes.equals(anchor)) return { kind: 'bytes', bytes: Buffer.alloc(0) }
  const length = commonLength(cell.bytes, anchor)
  const bytes = Buffer.concat([Buffer.from(smallNumber(length)), cell.bytes.subarray(length)])
  return { kind: 'bytes', bytes }
}

/** Values that occur more than once, by their bytes in hexadecimal. */
function dictionaryOf(
  rows: readonly (readonly Cell[])[],
): Map<string, { symbol: number; bytes: Buffer }> {
  const counts = new Map<string, number>()
  const entries = new Map<string, { symbol: number; bytes: Buffer }>()
  for (const cell of rows.flat()) {
    if (cell.kind !== 'bytes' || cell.bytes.length < SHORTEST_ENTRY) continue
    const key = cell.bytes.toString('hex')
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    // What an entry costs, its bytes and its end, is saved by the third occurrence at the latest.
    if (count !== 3 || entries.size === MOST_ENTRIES) continue
    entries.set(key, { symbol: entries.size, bytes: cell.bytes })
  }
  return entries
}

function asSymbol(cell: Cell, entries: ReadonlyMap<string, { readonly symbol: number }>): Cell {
  if (cell.kind !== 'bytes') return cell
  const entry = entries.get(cell.bytes.toString('hex'))
  return entry === undefined ? cell : { kind: 'symbol', symbol: entry.symbol }
}

function informationOf(
  anchor: readonly (Buffer | undefined)[],
  entries: readonly { readonly bytes: Buffer }[],
): Buffer {
  const cells = anchor.map(
    (bytes): Cell => (bytes === undefined ? { kind: 'null' } : { kind: 'bytes', bytes }),
  )
  const anchorRecord = compressedRecord({ cells, kind: CD_RECORD_KINDS.primary })
  const dictionary = entries.length === 0 ? Buffer.alloc(0) : dictionaryBytes(entries)
  const offsets = entries.length === 0 ? 1 : 2
  const head = Buffer.alloc(FLAGS_AND_COUNT + 2 * offsets)
  const dictionaryStart = head.length + anchorRecord.length
  head[0] = HAS_ANCHOR | (entries.length === 0 ? 0 : HAS_DICTIONARY)
  if (entries.length > 0) head.writeUInt16LE(dictionaryStart, FLAGS_AND_COUNT)
  head.writeUInt16LE(dictionaryStart + dictionary.length, head.length - 2)
  return Buffer.concat([head, anchorRecord, dictionary])
}

function dictionaryBytes(entries: readonly { readonly bytes: Buffer }[]): Buffer {
  const head = Buffer.alloc(2 + 2 * entries.length)
  head.writeUInt16LE(entries.length, 0)
  let end = head.length
  entries.forEach(({ bytes }, index) => {
    end += bytes.length
    head.writeUInt16LE(end, 2 + 2 * index)
  })
  return Buffer.concat([head, ...entries.map(({ bytes }) => bytes)])
}

function totalLength(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0)
}
