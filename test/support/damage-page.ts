import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { PAGE_SIZE, pageChecksum } from '../../src/mdf/index.ts'

const FLAG_BITS_OFFSET = 4
const CHECKSUM_OFFSET = 60
const HAS_CHECKSUM = 0x200
const HAS_TORN_BITS = 0x100

export interface DamageOptions {
  /**
   * Whether the page's checksum is made to fit again: the damage is then in what the page says, not in
   * how it was stored. By default the old checksum stays, and the page fails it.
   */
  readonly repairChecksum?: boolean
}

/**
 * Changes the 8,192 bytes of a page in a database file, in place; `pageNumber` is the page's place in the
 * file. What `change` makes of the bytes is written, its doing is up to the test.
 */
export function damagePage(
  path: string,
  pageNumber: number,
  change: (page: Buffer) => void,
  { repairChecksum = false }: DamageOptions = {},
): void {
  const descriptor = openSync(path, 'r+')
  try {
    const page = Buffer.alloc(PAGE_SIZE)
    const length = readSync(descriptor, page, 0, PAGE_SIZE, pageNumber * PAGE_SIZE)
    if (length < PAGE_SIZE) throw new RangeError(`${path} has no page ${pageNumber}`)
    change(page)
    if (repairChecksum) protect(page)
    writeSync(descriptor, page, 0, PAGE_SIZE, pageNumber * PAGE_SIZE)
  } finally {
    closeSync(descriptor)
  }
}

/** Gives the page a checksum that fits, in place of torn bits if it has those. */
function protect(page: Buffer): void {
  const flags = page.readUInt16LE(FLAG_BITS_OFFSET)
  page.writeUInt16LE((flags & ~HAS_TORN_BITS) | HAS_CHECKSUM, FLAG_BITS_OFFSET)
  page.writeUInt32LE(pageChecksum(page), CHECKSUM_OFFSET)
}
