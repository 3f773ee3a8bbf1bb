import { COMPLEX_BIT, IS_COMPRESSED } from '../../page/record-format.ts'

// CD record (format reference 7.1): header u8, column count, one nibble a column, short values in
// clusters of 30 columns, long values.
const HAS_LONG_REGION = 0x20
const COLUMNS_PER_CLUSTER = 30
const LONG_ENDS_OF_TWO_BYTES = 0x01
const LARGE_NUMBER = 0x80
const LONGEST_SHORT_VALUE = 8
const NIBBLES = { null: 0, empty: 1, long: 10, true: 11, symbol: 12 } as const

/** Record types, bits 2 to 4 of the header. */
export const CD_RECORD_KINDS = { primary: 0, ghost: 3, index: 6 } as const

/** What a compressed record keeps for a column. */
export type Cell =
  | { readonly kind: 'null' | 'true' }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** A number in the page's dictionary. */
  | { readonly kind: 'symbol'; readonly symbol: number }
  | { readonly kind: 'pointer'; readonly bytes: Buffer }

/** Bytes of a count or length: one below 128, else two, the high one first. */
export function smallNumber(number: number): number[] {
  return number < LARGE_NUMBER ? [number] : [LARGE_NUMBER | (number >> 8), number & 0xff]
}

export interface CompressedRecordParts {
  readonly cells: readonly Cell[]
  readonly kind: number
  /** In upper index pages: bytes behind the nibbles. */
  readonly child?: Buffer
}

/** The bytes of a CD record. */
export function compressedRecord({ cells, kind, child }: CompressedRecordParts): Buffer {
  const clusters = clustersOf(cells)
  const hasLong = cells.some((cell) => longBytes(cell) !== undefined)
  const header = IS_COMPRESSED | (kind << 2) | (hasLong ? HAS_LONG_REGION : 0)
  const shortParts = clusters.map((cluster) => Buffer.concat(cluster.map(shortBytes)))
  const shortLengths = shortParts.slice(0, -1).map((part) => part.length)
  return Buffer.concat([
    Buffer.from([header, ...smallNumber(cells.length), ...packedNibbles(cells)]),
    child ?? Buffer.alloc(0),
    Buffer.from(shortLengths),
    ...shortParts,
    ...(hasLong ? longRegion(clusters) : []),
  ])
}

/** Bytes from the record's start to what follows the nibbles. */
export function compressedPrefixLength(columns: number): number {
  return 1 + smallNumber(columns).length + ((columns + 1) >> 1)
}

function clustersOf(cells: readonly Cell[]): Cell[][] {
  const count = Math.max(1, Math.ceil(cells.length / COLUMNS_PER_CLUSTER))
  return Array.from({ length: count }, (_, index) =>
    cells.slice(index * COLUMNS_PER_CLUSTER, (index + 1) * COLUMNS_PER_CLUSTER),
  )
}

/** The even column's nibble is the low one. */
function packedNibbles(cells: readonly Cell[]): number[] {
  const bytes = new Array<number>((cells.length + 1) >> 1).fill(0)
  cells.forEach((cell, column) => {
    const at = column >> 1
    bytes[at] = (bytes[at] ?? 0) | (nibble(cell) << (column % 2 === 0 ? 0 : 4))
  })
  return bytes
}

function nibble(cell: Cell): number {
  if (longBytes(cell) !== undefined) return NIBBLES.long
  if (cell.kind === 'bytes') return NIBBLES.empty + cell.bytes.length
  return cell.kind === 'pointer' ? NIBBLES.long : NIBBLES[cell.kind]
}

function longBytes(cell: Cell): Buffer | undefined {
  if (cell.kind === 'pointer') return cell.bytes
  const isLong = cell.kind === 'bytes' && cell.bytes.length > LONGEST_SHORT_VALUE
  return isLong ? cell.bytes : undefined
}

function shortBytes(cell: Cell): Buffer {
  if (cell.kind === 'symbol') return Buffer.of(cell.symbol)
  return cell.kind === 'bytes' && longBytes(cell) === undefined ? cell.bytes : Buffer.alloc(0)
}

/** Flags u8, count u16, cumulative ends u16, long columns in each cluster but the last u8, data. */
function longRegion(clusters: readonly Cell[][]): Buffer[] {
  const long = clusters.map((cluster) => cluster.filter((cell) => longBytes(cell) !== undefined))
  const cells = long.flat()
  const head = Buffer.alloc(3 + 2 * cells.length)
  head[0] = LONG_ENDS_OF_TWO_BYTES
  head.writeUInt16LE(cells.length, 1)
  const values = cells.map((cell) => longBytes(cell) ?? Buffer.alloc(0))
  let end = 0
  values.forEach((bytes, index) => {
    end += bytes.length
    const stored = cells[index]?.kind === 'pointer' ? end | COMPLEX_BIT : end
    head.writeUInt16LE(stored, 3 + 2 * index)
  })
  const counts = long.slice(0, -1).map((cluster) => cluster.length)
  return [head, Buffer.from(counts), ...values]
}
