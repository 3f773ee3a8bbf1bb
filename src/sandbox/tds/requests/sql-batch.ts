import { ByteReader } from '../byte-reader.ts'
import type { Protocol } from '../protocol.ts'
import { skipAllHeaders } from './all-headers.ts'

/** SQLBatch, [MS-TDS] 2.2.6.7: headers, then UTF-16 text to the end. */
export function readSqlBatch(payload: Buffer, protocol: Protocol): string {
  const input = new ByteReader(payload)
  skipAllHeaders(input, protocol)
  return input.ucs2(input.remaining)
}
