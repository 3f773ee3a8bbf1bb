import type { ByteReader } from '../byte-reader.ts'
import type { Protocol } from '../protocol.ts'
import { streamEndedError } from '../protocol-error.ts'

const TDS_7_2 = 0x72
/** The total length counts itself. */
const TOTAL_LENGTH_SIZE = 4

/**
 * Skips ALL_HEADERS, [MS-TDS] 2.2.5.3, which requests have since TDS 7.2: transaction descriptor (the
 * session knows its transaction), query notification, trace activity.
 */
export function skipAllHeaders(input: ByteReader, protocol: Protocol): void {
  if (protocol.level < TDS_7_2) return
  const totalLength = input.u32()
  if (totalLength < TOTAL_LENGTH_SIZE) throw streamEndedError()
  input.bytes(totalLength - TOTAL_LENGTH_SIZE)
}
