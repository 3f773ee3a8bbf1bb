import { PAGE_SIZE } from '../page-file.ts'

// Page protection (format reference 1.3 to 1.5). Flag bits are the u16 at 4, the protection value
// the u32 at 60.
export const FLAG_BITS_OFFSET = 4
export const PROTECTION_OFFSET = 60
export const HAS_CHECKSUM = 0x200
export const HAS_TORN_BITS = 0x100

const SECTOR_SIZE = 512
const SECTORS = PAGE_SIZE / SECTOR_SIZE
const DWORDS_PER_SECTOR = SECTOR_SIZE / 4
const PROTECTION_DWORD = PROTECTION_OFFSET / 4

/** The checksum a page should carry at offset 60: the sectors' XORs, folded with a rotation. */
export function pageChecksum(page: Uint8Array): number {
  const words = wordsOf(page)
  let sum = 0
  for (let sector = 0; sector < SECTORS; sector++) {
    const end = (sector + 1) * DWORDS_PER_SECTOR
    let folded = 0
    for (let index = sector * DWORDS_PER_SECTOR; index < end; index++) folded ^= words[index] ?? 0
    if (sector === 0) folded ^= words[PROTECTION_DWORD] ?? 0
    sum = ((sum << 1) | (sum >>> 31)) ^ folded
  }
  return sum >>> 0
}

/**
 * A copy of a torn-protected page with its original bytes: the low 2 bits of the last byte of the
 * sectors 1 to 15 hold a pattern, and the torn-bits dword keeps what they were. Undefined when the
 * sectors' patterns differ: some were written at another time than the rest.
 */
export function restoreTornBits(page: Uint8Array): Buffer | undefined {
  const restored = Buffer.from(page)
  const torn = restored.readUInt32LE(PROTECTION_OFFSET)
  const pattern = torn & 3
  if (pattern !== 1 && pattern !== 2) return undefined
  for (let sector = 1; sector < SECTORS; sector++) {
    const last = sector * SECTOR_SIZE + SECTOR_SIZE - 1
    const byte = restored.readUInt8(last)
    if ((byte & 3) !== pattern) return undefined
    restored[last] = (byte & 0xfc) | ((torn >>> (2 * sector)) & 3)
  }
  return restored
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function wordsOf(page: Uint8Array): Uint32Array {
  if (HOST_IS_LITTLE_ENDIAN && page.byteOffset % 4 === 0) {
    return new Uint32Array(page.buffer, page.byteOffset, PAGE_SIZE / 4)
  }
  const view = new DataView(page.buffer, page.byteOffset, PAGE_SIZE)
  return Uint32Array.from({ length: PAGE_SIZE / 4 }, (_, index) => view.getUint32(index * 4, true))
}
