import type { CatalogColumn } from '../../../mdf/index.ts'
import type { SourceIndex } from '../../tsql/index.ts'
import type { DatabaseContent } from '../databases/database-content.ts'

/** Types that SQL Server and this engine certainly put in the same order. */
const PLAINLY_ORDERED: ReadonlySet<string> = new Set([
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'numeric',
  'money',
  'smallmoney',
  'real',
  'float',
  'date',
  'time',
  'datetime',
  'datetime2',
  'smalldatetime',
  'datetimeoffset',
  'uniqueidentifier',
])

/** The indexes of a table in files by which its rows can be found. */
export function fileIndexes(
  { indexes }: DatabaseContent,
  columns: readonly CatalogColumn[],
): readonly SourceIndex[] {
  const [first] = columns
  if (indexes === undefined || first === undefined) return []
  return indexes.of(first.objectId).map((index): SourceIndex => {
    const keys = index.keys.map(({ columnId, isDescending }) => {
      const ordinal = columns.findIndex((column) => column.columnId === columnId)
      const isPlain = PLAINLY_ORDERED.has(columns[ordinal]?.type.name ?? '')
      return { ordinal, isDescending, isOrdered: isPlain && index.partitionCount === 1 }
    })
    return {
      indexId: index.indexId,
      isUnique: index.isUnique,
      keys,
      covers: (ordinal) => index.covers(columns[ordinal]?.columnId ?? 0),
    }
  })
}
