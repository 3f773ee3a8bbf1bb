import type { FixedVarRecord } from '../page/fixed-var-record.ts'
import { COMPLEX_BIT, END_OFFSET_MASK } from '../page/record-format.ts'

// Sparse columns share one complex variable column (format reference 2.7): u16 5, u16 count, storage
// column ids u16, ends u16 counted from the start of the vector, values.
const SPARSE_VECTOR = 5
const HEADER_SIZE = 4
// Ends are marked as those of a record's variable columns are.

/** Where a sparse column's value is in its page, or the pointer to it when it is a large one. */
export interface SparseValueRange {
  readonly start: number
  readonly end: number
  readonly isPointer: boolean
}

/** Where a record keeps a sparse column's value; undefined when it is NULL. */
export function sparseValueRange(
  record: FixedVarRecord,
  storageColumnId: number,
): SparseValueRange | undefined {
  const vector = sparseVector(record)
  if (vector === undefined) return undefined
  const { page } = record
  const count = page.bytes.readUInt16LE(vector.start + 2)
  const ends = vector.start + HEADER_SIZE + 2 * count
  const values = ends + 2 * count
  if (values > vector.end) throw page.damaged('record', 'its sparse columns reach outside the row')
  for (let index = 0; index < count; index++) {
    if (page.bytes.readUInt16LE(vector.start + HEADER_SIZE + 2 * index) !== storageColumnId)
      continue
    const stored = page.bytes.readUInt16LE(ends + 2 * index)
    const end = vector.start + (stored & END_OFFSET_MASK)
    const previous =
      index === 0 ? 0 : page.bytes.readUInt16LE(ends + 2 * (index - 1)) & END_OFFSET_MASK
    const start = index === 0 ? values : vector.start + previous
    if (start < values || end < start || end > vector.end) {
      throw page.damaged('record', 'a sparse column reaches outside the row')
    }
    return { start, end, isPointer: (stored & COMPLEX_BIT) !== 0 }
  }
  return undefined
}

/** It is the last of the complex columns; a pointer to a large value begins with another number. */
function sparseVector(record: FixedVarRecord): { start: number; end: number } | undefined {
  for (let index = record.variableCount - 1; index >= 0; index--) {
    if (!record.isComplex(index)) continue
    const start = record.variableStart(index)
    const end = record.variableEnd(index)
    if (end - start >= HEADER_SIZE && record.page.bytes.readUInt16LE(start) === SPARSE_VECTOR) {
      return { start, end }
    }
  }
  return undefined
}
