import { PAGE_SIZE, PageFile, pageChecksum } from '../../../src/mdf/index.ts'
import { Page, type PageReader, readVerifiedPage } from '../../../src/mdf/page/page.ts'

/** A page made by hand: records from byte 96, in slot order. */
export interface PageShape {
  readonly pageNumber: number
  readonly type: number
  readonly records: readonly Uint8Array[]
  readonly nextPage?: number
  readonly fixedLength?: number
  /** Bytes between the page header and the first record. */
  readonly information?: Uint8Array
}

export function buildPage(shape: PageShape): Buffer {
  const { pageNumber, type, records, nextPage, fixedLength, information } = shape
  const bytes = Buffer.alloc(PAGE_SIZE)
  bytes[0] = 1
  bytes[1] = type
  bytes.writeUInt16LE(0x200, 4)
  bytes.writeUInt16LE(fixedLength ?? 0, 14)
  if (nextPage !== undefined) {
    bytes.writeUInt32LE(nextPage, 16)
    bytes.writeUInt16LE(1, 20)
  }
  bytes.writeUInt16LE(records.length, 22)
  bytes.writeUInt32LE(pageNumber, 32)
  bytes.writeUInt16LE(1, 36)
  bytes.set(information ?? [], 96)
  let offset = 96 + (information?.length ?? 0)
  records.forEach((record, slot) => {
    bytes.set(record, offset)
    bytes.writeUInt16LE(offset, PAGE_SIZE - 2 - 2 * slot)
    offset += record.length
  })
  bytes.writeUInt32LE(pageChecksum(bytes), 60)
  return bytes
}

/** Hexadecimal with any white space. */
export function hex(text: string): Buffer {
  return Buffer.from(text.replace(/[\s|·]/g, ''), 'hex')
}

export function singlePage(type: number, ...records: readonly Uint8Array[]): Page {
  const bytes = buildPage({ pageNumber: 1, type, records })
  return new Page(bytes, { path: 'memory', fileId: 1, pageNumber: 1 })
}

/** A file 1 of the given pages, whose numbers are their places, and a reader of it. */
export function readerOver(pages: readonly Buffer[]): PageReader {
  const file = PageFile.overBytes(Buffer.concat(pages))
  return { readPage: (fileId, pageNumber) => readVerifiedPage(file, fileId, pageNumber) }
}
