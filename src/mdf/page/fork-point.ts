import { readUniqueIdentifier } from '../value/value-decoder.ts'
import { type Lsn, readLsn } from './lsn.ts'

/** Where a line of the log branched off another: at a restore, or at the database's creation. */
export interface ForkPoint {
  readonly lsn: Lsn
  /** The recovery fork that begins there. */
  readonly guid: string
}

// An LSN of 10 bytes, 2 of padding, a GUID (format reference 3.5).
const GUID_OFFSET = 12
const GUID_SIZE = 16

/** The fork point at `start`; undefined for one that was never set, or behind the record's end. */
export function readForkPoint(bytes: Buffer, start: number): ForkPoint | undefined {
  const guid = readOptionalGuid(bytes, start + GUID_OFFSET)
  return guid === undefined ? undefined : { lsn: readLsn(bytes, start), guid }
}

/** The GUID at `start`; undefined for zeros, and where the record is too short to hold one. */
export function readOptionalGuid(bytes: Buffer, start: number): string | undefined {
  const guid = bytes.subarray(start, start + GUID_SIZE)
  if (guid.length < GUID_SIZE || guid.every((byte) => byte === 0)) return undefined
  return readUniqueIdentifier(bytes, start)
}
