/** Pages met so far: a bit each, in blocks made when first needed. */
export class PageSet {
  readonly #blocks = new Map<number, Uint8Array>()

  /** Adds a page; false when it was there already. */
  add(fileId: number, pageNumber: number): boolean {
    const block = this.#block(fileId, pageNumber)
    const index = (pageNumber % PAGES_PER_BLOCK) >> 3
    const mask = 1 << (pageNumber & 7)
    const bits = block[index] ?? 0
    block[index] = bits | mask
    return (bits & mask) === 0
  }

  has(fileId: number, pageNumber: number): boolean {
    const block = this.#blocks.get(blockKey(fileId, pageNumber))
    const bits = block?.[(pageNumber % PAGES_PER_BLOCK) >> 3] ?? 0
    return (bits & (1 << (pageNumber & 7))) !== 0
  }

  #block(fileId: number, pageNumber: number): Uint8Array {
    const key = blockKey(fileId, pageNumber)
    const known = this.#blocks.get(key)
    if (known !== undefined) return known
    const block = new Uint8Array(PAGES_PER_BLOCK / 8)
    this.#blocks.set(key, block)
    return block
  }
}

const PAGES_PER_BLOCK = 2 ** 18

function blockKey(fileId: number, pageNumber: number): number {
  return fileId * 2 ** 32 + Math.floor(pageNumber / PAGES_PER_BLOCK)
}
