import type { RecordShape } from '../record/record-encoder.ts'
import type { RowsetDefinition } from '../rowset-definition.ts'
import type { RowsetLayout } from './layout.ts'

/** The records of a rowset's leaf pages. */
export function leafShape(
  layout: RowsetLayout,
  { indexId, hasVersionTags = false }: Pick<RowsetDefinition, 'indexId' | 'hasVersionTags'>,
): RecordShape {
  return {
    columns: layout.columns.map(({ column, leaf, keyOrdinal }) => ({
      column,
      ...leaf,
      isKey: keyOrdinal > 0,
    })),
    fixedLength: layout.minLeafLength,
    hasNullBitmap: layout.leafHasNullBitmap,
    isIndexRecord: indexId > 1,
    hasVersionTag: hasVersionTags,
  }
}

/** The records of an index's upper pages; values are those of a leaf row. */
export function interiorShape(layout: RowsetLayout): RecordShape {
  return {
    columns: layout.columns.map(({ column, interior }) => ({ column, ...interior, isKey: true })),
    fixedLength: layout.minInteriorLength,
    hasNullBitmap: layout.interiorHasNullBitmap,
    isIndexRecord: true,
  }
}
