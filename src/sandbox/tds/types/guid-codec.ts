import type { ByteReader } from '../byte-reader.ts'
import type { ByteWriter } from '../byte-writer.ts'

/** Order of the bytes on the wire: the first three groups are little-endian. */
const BYTE_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const

export function writeGuid(out: ByteWriter, text: string): void {
  const hex = text.replaceAll('-', '')
  for (const position of BYTE_ORDER) {
    out.u8(Number.parseInt(hex.slice(position * 2, position * 2 + 2), 16))
  }
}

/** Upper case, as SQL Server shows it. */
export function readGuid(input: ByteReader): string {
  const bytes = input.bytes(16)
  const hex = BYTE_ORDER.map((position) =>
    (bytes[position] ?? 0).toString(16).toUpperCase().padStart(2, '0'),
  ).join('')
  return [0, 8, 12, 16, 20].map((start, index) => hex.slice(start, GROUP_ENDS[index])).join('-')
}

const GROUP_ENDS = [8, 12, 16, 20, 32] as const
