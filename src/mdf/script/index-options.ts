import type { CatalogIndex } from '../catalog/catalog-entries.ts'
import type { Rowset } from '../catalog/storage-rows.ts'
import { scriptableSchemes } from './partitions.ts'
import { inlineComment, quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

const COMPRESSIONS = ['NONE', 'ROW', 'PAGE', 'COLUMNSTORE', 'COLUMNSTORE_ARCHIVE'] as const
const PRIMARY_FILEGROUP = 1

/** `([OrderID], [ProductID] DESC)`: the key columns. */
export function keyColumns(context: ScriptContext, { objectId, columns }: CatalogIndex): string {
  const keys = columns
    .filter(({ keyOrdinal }) => keyOrdinal > 0)
    .map(({ columnId, isDescending }) => {
      return `${context.columnName(objectId, columnId)}${isDescending ? ' DESC' : ''}`
    })
  return `(${keys.join(', ')})`
}

/** ` WITH (PAD_INDEX = ON, FILLFACTOR = 80)`, or nothing when every option is as it is by default. */
export function withClause(context: ScriptContext, index: CatalogIndex): string {
  const options = [
    index.isPadded ? 'PAD_INDEX = ON' : '',
    index.fillFactor === 0 ? '' : `FILLFACTOR = ${index.fillFactor}`,
    index.ignoresDuplicateKeys ? 'IGNORE_DUP_KEY = ON' : '',
    index.allowsRowLocks ? '' : 'ALLOW_ROW_LOCKS = OFF',
    index.allowsPageLocks ? '' : 'ALLOW_PAGE_LOCKS = OFF',
    ...compressionOptions(context, index),
  ].filter((option) => option !== '')
  return options.length === 0 ? '' : ` WITH (${options.join(', ')})`
}

/** DATA_COMPRESSION for all partitions, or for those that differ. */
export function compressionOptions(context: ScriptContext, index: CatalogIndex): string[] {
  const partitions = context.catalog
    .partitions(index.objectId)
    .filter(({ indexId }) => indexId === index.indexId)
  const usual = index.type.includes('COLUMNSTORE') ? 'COLUMNSTORE' : 'NONE'
  const [first] = partitions
  if (first === undefined) return []
  if (partitions.every(({ compression }) => compression === first.compression)) {
    const compression = compressionName(first)
    return compression === usual ? [] : [`DATA_COMPRESSION = ${compression}`]
  }
  if (schemeOf(context, index) === undefined) return []
  return partitions
    .filter((partition) => compressionName(partition) !== usual)
    .map((partition) => {
      return `DATA_COMPRESSION = ${compressionName(partition)} ON PARTITIONS (${partition.partitionNumber})`
    })
}

function compressionName({ compression }: Rowset): string {
  return COMPRESSIONS[compression] ?? 'NONE'
}

/**
 * ` ON [scheme]([column])`, or a comment that names the filegroup. Decision: filegroups other than
 * PRIMARY are comments and partition schemes lie on PRIMARY alone, so that the script runs in any empty
 * database; which files a filegroup has is a matter of the server, not of the schema.
 */
export function onClause(context: ScriptContext, index: CatalogIndex): string {
  const scheme = schemeOf(context, index)
  const column = index.columns.find(({ partitionOrdinal }) => partitionOrdinal === 1)
  if (scheme !== undefined && column !== undefined) {
    return ` ON ${quoteName(scheme.name)}(${context.columnName(index.objectId, column.columnId)})`
  }
  const filegroup = context.catalog.filegroups.find(
    ({ filegroupId }) => filegroupId === index.dataSpaceId,
  )
  if (filegroup === undefined || filegroup.filegroupId === PRIMARY_FILEGROUP) return ''
  return ` ${inlineComment(`ON ${quoteName(filegroup.name)}`)}`
}

function schemeOf(context: ScriptContext, index: CatalogIndex) {
  return scriptableSchemes(context).find(({ dataSpaceId }) => dataSpaceId === index.dataSpaceId)
}
