import type { SourceIndex } from '../../tsql/index.ts'
import type { MemoryTable } from './memory-table.ts'

/** The indexes of a table in memory by which its rows can be found. */
export function memoryIndexes({ shape }: MemoryTable): readonly SourceIndex[] {
  return shape.indexes
    .filter(({ accepts }) => accepts === undefined)
    .map(({ indexId, isUnique, keys }) => ({
      indexId,
      isUnique,
      keys: keys.map(({ ordinal, descending }) => ({
        ordinal,
        isDescending: descending,
        isOrdered: true,
      })),
      covers: () => true,
    }))
}
