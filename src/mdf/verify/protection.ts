import {
  FLAG_BITS_OFFSET,
  HAS_CHECKSUM,
  HAS_TORN_BITS,
  PROTECTION_OFFSET,
  pageChecksum,
  restoreTornBits,
} from '../page/page-checksum.ts'
import type { ProblemKind } from './problem.ts'

/** How a page is guarded against damage, and whether it shows any. */
export interface PageProtection {
  readonly guard: 'checksum' | 'torn-bits' | 'none'
  readonly damage: { readonly kind: ProblemKind; readonly message: string } | undefined
}

const GUARDED_BY_CHECKSUM: PageProtection = { guard: 'checksum', damage: undefined }
const GUARDED_BY_TORN_BITS: PageProtection = { guard: 'torn-bits', damage: undefined }
const UNGUARDED: PageProtection = { guard: 'none', damage: undefined }

const FIRST_SECTOR_TURNS = 15
const SECTORS = 16
const SECTOR_SIZE = 512

/**
 * Checks a page's checksum or torn bits (format reference 1.3 to 1.5). A page with neither flag is
 * looked at as well: one whose field fits exactly as a checksum or as torn bits has lost its flag.
 */
export function checkProtection(page: Buffer): PageProtection {
  const flags = page.readUInt16LE(FLAG_BITS_OFFSET)
  if ((flags & HAS_CHECKSUM) !== 0) return checkChecksum(page)
  if ((flags & HAS_TORN_BITS) !== 0) return checkTornBits(page)
  const stored = page.readUInt32LE(PROTECTION_OFFSET)
  return stored === 0 ? UNGUARDED : checkForLostFlag(page, stored)
}

/** The bytes of an undamaged page as they were before torn-page protection took some of their bits. */
export function originalBytes(page: Buffer): Buffer {
  const flags = page.readUInt16LE(FLAG_BITS_OFFSET)
  if ((flags & (HAS_CHECKSUM | HAS_TORN_BITS)) !== HAS_TORN_BITS) return page
  return restoreTornBits(page) ?? page
}

function checkChecksum(page: Buffer): PageProtection {
  const stored = page.readUInt32LE(PROTECTION_OFFSET)
  const expected = pageChecksum(page)
  if (stored === expected) return GUARDED_BY_CHECKSUM
  const message = `incorrect checksum (expected ${hexadecimal(expected)}; actual ${hexadecimal(stored)})`
  return { guard: 'checksum', damage: { kind: 'checksum', message } }
}

function checkTornBits(page: Buffer): PageProtection {
  if (restoreTornBits(page) !== undefined) return GUARDED_BY_TORN_BITS
  const stored = hexadecimal(page.readUInt32LE(PROTECTION_OFFSET))
  const message = `torn page: its sectors were not written together (torn bits ${stored})`
  return { guard: 'torn-bits', damage: { kind: 'torn-page', message } }
}

function checkForLostFlag(page: Buffer, stored: number): PageProtection {
  // The flag is bit 9 of the first sector's second dword, and that sector is turned 15 times.
  const withFlag = (pageChecksum(page) ^ (HAS_CHECKSUM << FIRST_SECTOR_TURNS)) >>> 0
  if (stored === withFlag) {
    const message = `its checksum flag is off, and ${hexadecimal(stored)} is its checksum with the flag on`
    return { guard: 'checksum', damage: { kind: 'checksum', message } }
  }
  if (!hasTornPattern(page, stored & 3)) return UNGUARDED
  const message = `its torn-page flag is off, and its sectors hold torn bits (${hexadecimal(stored)})`
  return { guard: 'torn-bits', damage: { kind: 'torn-page', message } }
}

function hasTornPattern(page: Buffer, pattern: number): boolean {
  if (pattern !== 1 && pattern !== 2) return false
  for (let sector = 1; sector < SECTORS; sector++) {
    if ((page.readUInt8((sector + 1) * SECTOR_SIZE - 1) & 3) !== pattern) return false
  }
  return true
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
