const LSN_SIZE = 10

/** A log sequence number: virtual log file, block, slot. */
export interface Lsn {
  readonly virtualLogFile: number
  readonly block: number
  readonly slot: number
}

export function readLsn(bytes: Buffer, start: number): Lsn {
  return {
    virtualLogFile: bytes.readUInt32LE(start),
    block: bytes.readUInt32LE(start + 4),
    slot: bytes.readUInt16LE(start + 8),
  }
}

/** The decimal form SQL Server prints: file, block in ten digits, slot in five. */
export function formatLsn({ virtualLogFile, block, slot }: Lsn): string {
  return `${virtualLogFile}${block.toString().padStart(10, '0')}${slot.toString().padStart(5, '0')}`
}

/** The LSN at `start`; undefined for zeros, and where the record is too short to hold one. */
export function readOptionalLsn(bytes: Buffer, start: number): Lsn | undefined {
  if (start + LSN_SIZE > bytes.length) return undefined
  const lsn = readLsn(bytes, start)
  return lsn.virtualLogFile === 0 && lsn.block === 0 && lsn.slot === 0 ? undefined : lsn
}
