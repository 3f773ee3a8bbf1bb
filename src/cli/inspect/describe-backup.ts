import type { BackupSet } from '../../mdf/index.ts'
import { formatBytes } from '../output.ts'
import { layOutList, layOutTable } from './layout.ts'

const right = 'right' as const
const HIGHEST_SIZE = 35_184_372_080_640n

/** A backup set as RESTORE HEADERONLY and FILELISTONLY show it. */
export function describeBackupSet({ header, files, damage }: BackupSet): string {
  const { softwareVersionMajor, softwareVersionMinor, softwareVersionBuild } = header
  const version = [softwareVersionMajor, softwareVersionMinor, softwareVersionBuild]
  const list = layOutList([
    ['Backup set', `${header.position}, ${header.backupTypeDescription ?? 'of an unknown type'}`],
    ['Name', header.backupName],
    ['Database', header.databaseName],
    ['Server', header.serverName],
    ['Written by', version.includes(undefined) ? undefined : version.join('.')],
    ['Started', header.backupStartDate],
    ['Finished', header.backupFinishDate],
    ['First LSN', header.firstLsn],
    ['Last LSN', header.lastLsn],
    ['Size', header.backupSize === undefined ? undefined : formatBytes(Number(header.backupSize))],
    ['Checksums', header.hasBackupChecksums ? 'yes' : 'no'],
    ['Damaged', damage],
  ])
  const columns = [
    { title: 'FILE', align: right },
    { title: 'TYPE' },
    { title: 'LOGICAL NAME' },
    { title: 'SIZE', align: right },
    { title: 'IN BACKUP', align: right },
    { title: 'MAXIMUM', align: right },
    { title: 'PATH ON THE SERVER' },
  ]
  const rows = files.map((file) => [
    String(file.fileId),
    file.type,
    file.logicalName,
    formatBytes(Number(file.size)),
    formatBytes(Number(file.backupSizeInBytes)),
    file.maxSize >= HIGHEST_SIZE ? 'unlimited' : formatBytes(Number(file.maxSize)),
    file.physicalName,
  ])
  return `${list}\n\n${layOutTable(columns, rows)}`
}
