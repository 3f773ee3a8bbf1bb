import type { SqlType, SqlValue } from '../../sql-type.ts'
import { type ValueDecoder, valueDecoder } from '../../value/value-decoder.ts'
import type { PartialFile } from '../storage/partial-file.ts'
import { encodeValue } from '../value/value-encoder.ts'
import { invalidDefinition } from './invalid-definition.ts'

/** A row on its way into an index. */
export interface RowToSort {
  readonly values: readonly SqlValue[]
  readonly isGhost: boolean
}

export interface SortedColumn {
  readonly name: string
  readonly type: SqlType
}

// A row in a run: its length u32 (from behind it), u8 whether it is a ghost, then each value behind its
// length plus one u32, which is 0 for NULL.
const LENGTH_SIZE = 4
const WRITE_SIZE = 1024 * 1024
const READ_SIZE = 256 * 1024

/** Writes rows behind each other into a part of a file; returns where the next part begins. */
export function writeRun(
  file: PartialFile,
  start: number,
  columns: readonly SortedColumn[],
  rows: Iterable<RowToSort>,
): number {
  let position = start
  let pieces: Buffer[] = []
  let size = 0
  const flush = () => {
    file.write(Buffer.concat(pieces), size, position)
    position += size
    pieces = []
    size = 0
  }
  for (const row of rows) {
    const bytes = rowBytes(columns, row)
    pieces.push(bytes)
    size += bytes.length
    if (size >= WRITE_SIZE) flush()
  }
  if (size > 0) flush()
  return position
}

function rowBytes(columns: readonly SortedColumn[], { values, isGhost }: RowToSort): Buffer {
  const cells = columns.map(({ name, type }, index) => {
    const value = values[index] ?? null
    try {
      return value === null ? undefined : encodeValue(type, value)
    } catch (error) {
      throw invalidDefinition(`column ${name}`, error instanceof Error ? error.message : '')
    }
  })
  const length = cells.reduce((sum, cell) => sum + LENGTH_SIZE + (cell?.length ?? 0), 1)
  const bytes = Buffer.allocUnsafe(LENGTH_SIZE + length)
  bytes.writeUInt32LE(length, 0)
  bytes[LENGTH_SIZE] = isGhost ? 1 : 0
  let position = LENGTH_SIZE + 1
  for (const cell of cells) {
    position = bytes.writeUInt32LE(cell === undefined ? 0 : cell.length + 1, position)
    if (cell !== undefined) position += cell.copy(bytes, position)
  }
  return bytes
}

/** The rows of a run, which is in `file[start, end)`. */
export function* readRun(
  file: PartialFile,
  { start, end }: { readonly start: number; readonly end: number },
  columns: readonly SortedColumn[],
): Generator<RowToSort> {
  const decoders = columns.map(({ type }) => valueDecoder(type))
  let window = Buffer.alloc(0)
  let at = 0
  let next = start
  const need = (length: number) => {
    if (window.length - at >= length) return
    const rest = window.subarray(at)
    const more = Math.min(end - next, Math.max(READ_SIZE, length - rest.length))
    window = Buffer.allocUnsafeSlow(rest.length + more)
    rest.copy(window)
    file.read(window, rest.length, more, next)
    next += more
    at = 0
  }
  while (next < end || at < window.length) {
    need(LENGTH_SIZE)
    const length = window.readUInt32LE(at)
    need(LENGTH_SIZE + length)
    yield readRow(window, at + LENGTH_SIZE, decoders)
    at += LENGTH_SIZE + length
  }
}

function readRow(bytes: Buffer, start: number, decoders: readonly ValueDecoder[]): RowToSort {
  let position = start + 1
  const values = decoders.map((decode) => {
    const stored = bytes.readUInt32LE(position)
    position += LENGTH_SIZE
    if (stored === 0) return null
    const value = decode(bytes, position, position + stored - 1)
    position += stored - 1
    return value
  })
  return { values, isGhost: bytes[start] === 1 }
}
