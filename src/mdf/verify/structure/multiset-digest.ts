const BUCKETS = 1024

/** A hash of 64 bits in two halves of 32; one object serves for element after element. */
export interface Hash {
  low: number
  high: number
}

/**
 * What a multiset of hashes comes to, whatever the order they are added in: two multisets with equal
 * digests are equal but for one chance in 2^64. Buckets tell which elements of two that differ are
 * worth a second look.
 */
export class MultisetDigest {
  count = 0
  readonly #sums = new Int32Array(3 * BUCKETS)

  add(hash: Hash): void {
    this.count += 1
    const bucket = 3 * bucketOf(hash)
    const sums = this.#sums
    sums[bucket] = (sums[bucket] ?? 0) + 1
    sums[bucket + 1] = ((sums[bucket + 1] ?? 0) + hash.low) | 0
    sums[bucket + 2] = ((sums[bucket + 2] ?? 0) + hash.high) | 0
  }

  /** Buckets in which two multisets differ. */
  difference(other: MultisetDigest): number[] {
    const buckets: number[] = []
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      for (let part = 3 * bucket; part < 3 * bucket + 3; part++) {
        if (this.#sums[part] === other.#sums[part]) continue
        buckets.push(bucket)
        break
      }
    }
    return buckets
  }
}

export function bucketOf({ low }: Hash): number {
  return (low >>> 7) % BUCKETS
}

/** A number for a hash: as good as the hash itself within a bucket. */
export function hashKey({ low, high }: Hash): number {
  return (low >>> 0) * 2 ** 21 + (high >>> 11)
}

/** Begins a hash. */
export function startHash(hash: Hash): void {
  hash.low = 0x2545f491
  hash.high = 0x1b873593
}

export function hashNumber(hash: Hash, value: number): void {
  hash.low = Math.imul(hash.low ^ value, 0x9e3779b1)
  hash.low ^= hash.low >>> 15
  hash.high = Math.imul((hash.high ^ value) + 0x7f4a7c15, 0x85ebca77)
  hash.high ^= hash.high >>> 13
}

export function hashBytes(hash: Hash, bytes: Buffer, start: number, end: number): void {
  let { low, high } = hash
  let position = start
  for (; position + 4 <= end; position += 4) {
    const word = bytes.readInt32LE(position)
    low = Math.imul(low ^ word, 0x9e3779b1)
    low ^= low >>> 15
    high = Math.imul((high ^ word) + 0x7f4a7c15, 0x85ebca77)
    high ^= high >>> 13
  }
  for (; position < end; position++) {
    const byte = bytes.readUInt8(position)
    low = Math.imul(low ^ byte, 0x9e3779b1)
    low ^= low >>> 15
    high = Math.imul((high ^ byte) + 0x7f4a7c15, 0x85ebca77)
    high ^= high >>> 13
  }
  hash.low = low
  hash.high = high
  hashNumber(hash, end - start)
}

/** Hashes the address of a row or fragment. */
export function hashAddress(hash: Hash, fileId: number, pageNumber: number, slot: number): void {
  hashNumber(hash, pageNumber | 0)
  hashNumber(hash, (fileId << 16) | slot)
}
