import { formatBytes } from '../output.ts'
import type { DatabaseContents, DatabaseSummary } from './database-summary.ts'
import type { FileSetSummary, FileSummary } from './file-set-summary.ts'
import { countCell, layOutList, layOutTable, sizeCell } from './layout.ts'
import type { SpaceUse } from './space.ts'
import type { TableSummary } from './table-summary.ts'

const right = 'right' as const

export function describeDatabase(summary: DatabaseSummary, fileSet: FileSetSummary): string {
  const build = summary.engineBuild === undefined ? '' : `, build ${summary.engineBuild}`
  const created =
    summary.createdByVersion === summary.sqlServerVersion ? '' : ` by ${summary.createdByVersion}`
  return layOutList([
    ['Database', summary.databaseName],
    [
      'Written by',
      `${summary.sqlServerVersion} (internal version ${summary.internalVersion}${build})`,
    ],
    ['Compatibility', String(summary.compatibilityLevel)],
    ['Collation', summary.collation],
    ['Recovery model', summary.recoveryModel],
    ['Page verify', summary.pageVerify],
    ['Shut down', summary.isCleanlyShutDown ? 'cleanly' : 'NOT cleanly'],
    ['Read-only', summary.isReadOnly ? 'yes' : undefined],
    ['Created', `${summary.created}${created}`],
    ['Last CHECKDB', summary.lastGoodCheck],
    ['Last checkpoint', `LSN ${summary.checkpointLsn}`],
    [
      'Last backup',
      summary.lastBackupLsn === undefined ? undefined : `LSN ${summary.lastBackupLsn}`,
    ],
    ['Files', completeness(fileSet)],
  ])
}

function completeness({ isComplete }: FileSetSummary): string | undefined {
  if (isComplete === undefined) return undefined
  return isComplete ? 'all data files are here' : 'NOT complete'
}

export function describeFiles({ files }: FileSetSummary): string {
  const columns = [
    { title: 'FILE', align: right },
    { title: 'KIND' },
    { title: 'LOGICAL NAME' },
    { title: 'SIZE', align: right },
    { title: 'GROWTH', align: right },
    { title: 'MAXIMUM', align: right },
    { title: 'PATH' },
  ]
  return layOutTable(
    columns,
    files.map((file) => [
      String(file.fileId),
      file.kind,
      file.logicalName,
      formatBytes(file.sizeBytes),
      growth(file),
      file.maxSizeBytes === undefined ? 'unlimited' : formatBytes(file.maxSizeBytes),
      file.path ?? `not given; last at ${file.lastKnownPath}`,
    ]),
  )
}

function growth({ growthBytes, growthPercent }: FileSummary): string {
  if (growthPercent !== undefined) return `${growthPercent} %`
  return growthBytes === undefined || growthBytes === 0 ? 'none' : formatBytes(growthBytes)
}

export function describeTables(tables: readonly TableSummary[]): string {
  const columns = [
    { title: 'TABLE' },
    { title: 'ROWS', align: right },
    { title: 'RESERVED', align: right },
    { title: 'DATA', align: right },
    { title: 'INDEX', align: right },
    { title: 'LOB', align: right },
    { title: 'INDEXES', align: right },
    { title: 'STORAGE' },
  ]
  return layOutTable(
    columns,
    tables.map((table) => [
      `${table.schema}.${table.name}`,
      countCell(table.rows),
      sizeCell(table.reservedBytes),
      sizeCell(table.dataBytes),
      sizeCell(table.indexBytes),
      sizeCell(table.lobBytes),
      String(table.indexes),
      storage(table),
    ]),
  )
}

function storage({ kind, isHeap, compression }: TableSummary): string {
  const parts = [kind === 'indexed view' ? kind : '', isHeap ? 'heap' : '']
  if (compression !== 'NONE') parts.push(compression)
  return parts.filter((part) => part !== '').join(', ')
}

export function describeSpace(space: readonly SpaceUse[]): string {
  const columns = [
    { title: 'OBJECT' },
    { title: 'INDEX' },
    { title: 'PAGES OF' },
    { title: 'RESERVED', align: right },
    { title: 'USED', align: right },
    { title: 'PARTITIONS', align: right },
    { title: 'COMPRESSION' },
  ]
  return layOutTable(
    columns,
    space.map((use) => [
      `${use.schema}.${use.object}`,
      use.index || '(heap)',
      use.kind,
      sizeCell(use.reservedBytes),
      sizeCell(use.usedBytes),
      String(use.partitions),
      use.compression === 'NONE' ? '' : use.compression,
    ]),
  )
}

/** How much of the data files is taken by whom. */
export function describeTotals(contents: DatabaseContents, dataBytes: number): string {
  const sum = (isSystem: boolean) =>
    contents.space
      .filter((use) => use.isSystem === isSystem)
      .reduce((total, { reservedBytes }) => total + reservedBytes, 0)
  const [user, system] = [sum(false), sum(true)]
  const percent = (bytes: number) =>
    dataBytes === 0 ? '' : ` (${((100 * bytes) / dataBytes).toFixed(1)} %)`
  const shown = (bytes: number) => `${formatBytes(bytes)}${percent(bytes)}`
  return layOutList([
    ['Data files', formatBytes(dataBytes)],
    ['Tables', shown(user)],
    ['System tables', shown(system)],
    ['Free and maps', shown(Math.max(0, dataBytes - user - system))],
  ])
}
