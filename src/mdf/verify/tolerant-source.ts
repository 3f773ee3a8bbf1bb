import {
  FLAG_BITS_OFFSET,
  HAS_CHECKSUM,
  HAS_TORN_BITS,
  PROTECTION_OFFSET,
} from '../page/page-checksum.ts'
import { PAGE_SIZE, type PageSource } from '../page-file.ts'
import { checkProtection } from './protection.ts'
import { systemPageAt } from './system-pages.ts'

const TYPE_OFFSET = 1
const PAGE_NUMBER_OFFSET = 32
const FILE_ID_OFFSET = 36
const SECTOR_SIZE = 512
const SECTORS = PAGE_SIZE / SECTOR_SIZE

/**
 * A file whose damaged pages can be read on: a page whose checksum or torn bits fail comes without its
 * protection flag, and with what its place alone says of it (its page id, and its type where only one
 * can be there). So one bad page does not hide the rest; what is on it may still be wrong.
 */
export class TolerantSource implements PageSource {
  readonly path: string
  readonly pageCount: number
  readonly #source: PageSource
  readonly #fileId: number

  constructor(source: PageSource, fileId: number) {
    this.path = source.path
    this.pageCount = source.pageCount
    this.#source = source
    this.#fileId = fileId
  }

  readPage(pageNumber: number): Uint8Array {
    const stored = this.#source.readPage(pageNumber)
    const page = Buffer.from(stored.buffer, stored.byteOffset, PAGE_SIZE)
    const { guard, damage } = checkProtection(page)
    if (damage === undefined) return page
    const copy = readablePage(page, this.#fileId, pageNumber)
    if (guard === 'torn-bits') putTornBitsBack(copy)
    return copy
  }

  close(): void {
    this.#source.close()
  }
}

/** A copy of a damaged page, made as readable as it can be. */
function readablePage(page: Buffer, fileId: number, pageNumber: number): Buffer {
  const copy = Buffer.from(page)
  const flags = copy.readUInt16LE(FLAG_BITS_OFFSET)
  copy.writeUInt16LE(flags & ~(HAS_CHECKSUM | HAS_TORN_BITS), FLAG_BITS_OFFSET)
  copy.writeUInt32LE(pageNumber, PAGE_NUMBER_OFFSET)
  copy.writeUInt16LE(fileId, FILE_ID_OFFSET)
  const place = systemPageAt(fileId, pageNumber)
  copy[0] = 1
  if (place !== undefined) copy[TYPE_OFFSET] = place.type
  return copy
}

/** Right for every sector but the torn ones, of which nobody can know. */
function putTornBitsBack(page: Buffer): void {
  const torn = page.readUInt32LE(PROTECTION_OFFSET)
  for (let sector = 1; sector < SECTORS; sector++) {
    const last = (sector + 1) * SECTOR_SIZE - 1
    page[last] = (page.readUInt8(last) & 0xfc) | ((torn >>> (2 * sector)) & 3)
  }
}
