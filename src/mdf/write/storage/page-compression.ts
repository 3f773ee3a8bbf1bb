import type { CompressedRecordEncoder } from '../compression/compressed-record-encoder.ts'
import { compressPage, type PageRecord } from '../compression/page-compressor.ts'
import type { PageWriter } from './page-writer.ts'

/** Keeps the records of open pages, so that a page can be compressed as a whole when it is full. */
export class PageCompression {
  readonly #encoder: CompressedRecordEncoder
  readonly #records = new Map<PageWriter, PageRecord[]>()

  constructor(encoder: CompressedRecordEncoder) {
    this.#encoder = encoder
  }

  /** The record that the encoder made last was added to the page. */
  added(page: PageWriter): void {
    const records = this.#records.get(page)
    if (records === undefined) this.#records.set(page, [this.#encoder.record])
    else records.push(this.#encoder.record)
  }

  /** Nothing is added to the page any more. */
  compress(page: PageWriter): void {
    const compressed = compressPage(this.#records.get(page) ?? [])
    this.#records.delete(page)
    if (compressed !== undefined) {
      page.replaceRecords(compressed.information, compressed.records)
    }
  }
}
