import { PAGE_SIZE, type PageSource } from '../page-file.ts'

/**
 * A copy of bytes anywhere in a file, over as many pages as they lie on: a log is not made of pages.
 * Shorter at the end of the file.
 * @throws PlatformError FILE_DAMAGED when they can't be read
 */
export function readBytes(source: PageSource, offset: number, length: number): Buffer {
  const end = Math.min(offset + length, source.pageCount * PAGE_SIZE)
  const parts: Uint8Array[] = []
  for (let position = offset; position < end; ) {
    const start = position % PAGE_SIZE
    const page = source.readPage(Math.floor(position / PAGE_SIZE))
    const part = page.subarray(start, Math.min(PAGE_SIZE, start + end - position))
    parts.push(part)
    position += part.length
  }
  return Buffer.concat(parts)
}
