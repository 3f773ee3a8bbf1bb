// Sparse columns share one complex variable column (format reference 2.7).
const SPARSE_VECTOR = 5
const HEADER_SIZE = 4
const ENTRY_SIZE = 4

/** The vector of a row's sparse columns that are not NULL, in the order of their ids. */
export function sparseVector(
  values: readonly { readonly columnId: number; readonly bytes: Uint8Array }[],
): Buffer {
  const sorted = [...values].sort((left, right) => left.columnId - right.columnId)
  const valuesStart = HEADER_SIZE + ENTRY_SIZE * sorted.length
  const length = sorted.reduce((sum, { bytes }) => sum + bytes.length, valuesStart)
  const vector = Buffer.alloc(length)
  vector.writeUInt16LE(SPARSE_VECTOR, 0)
  vector.writeUInt16LE(sorted.length, 2)
  let end = valuesStart
  sorted.forEach(({ columnId, bytes }, index) => {
    vector.set(bytes, end)
    end += bytes.length
    vector.writeUInt16LE(columnId, HEADER_SIZE + 2 * index)
    vector.writeUInt16LE(end, HEADER_SIZE + 2 * (sorted.length + index))
  })
  return vector
}

/** What the columns take in a row that has them all: the vector, and where it ends. */
export function longestSparseVector(lengths: readonly number[]): number {
  const END_OFFSET_SIZE = 2
  if (lengths.length === 0) return 0
  return lengths.reduce((sum, length) => sum + ENTRY_SIZE + length, HEADER_SIZE + END_OFFSET_SIZE)
}
