import { databaseNameOf } from '../database-name.ts'
import { DatabaseReader } from '../database-reader.ts'
import type { FileSet, FileSetMember } from '../inspect-file-set.ts'
import { sqlServerVersionName } from '../page/sql-server-version.ts'
import type { BackupSet } from './backup-set.ts'
import { toBackupDamage } from './map-extents.ts'
import { checkRestorable, planLogFile, type RestorableSet } from './restore-backup.ts'
import { restoreFileNames } from './restore-file-names.ts'

/**
 * What `inspectFileSet` would say of the files that `restoreBackup` makes of a set; nothing is written.
 * Reads the backup's log, its maps and the system catalog, not the tables. A file's `path` is the plain
 * name it would get in a folder.
 * @throws PlatformError as `checkRestorable`, and UNSUPPORTED_VERSION
 */
export async function inspectBackupSet(
  set: BackupSet,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<FileSet> {
  const restorable = await checkRestorable(set, options)
  const reader = DatabaseReader.open(restorable.files.map(({ source }) => source))
  toBackupDamage(() => readCatalog(reader))
  const { bootPage } = reader
  const files = members(restorable)
  return {
    databaseName: databaseNameOf(bootPage.databaseName, files[0]?.logicalName ?? ''),
    internalVersion: bootPage.internalVersion,
    sqlServerVersion: sqlServerVersionName(bootPage.internalVersion),
    compatibilityLevel: bootPage.compatibilityLevel,
    collationId: bootPage.collationId,
    clean: true,
    files,
  }
}

/** Damage in the catalog is better found now than when everything is written. */
function readCatalog({ catalog }: DatabaseReader): void {
  for (const { objectId } of catalog.objects) {
    catalog.columns(objectId)
    catalog.rowCount(objectId)
  }
}

function members({ set, files }: RestorableSet): FileSetMember[] {
  const names = restoreFileNames(set)
  const nameOf = (fileId: number) => names.get(fileId) ?? `file${fileId}`
  const data = files.map(({ mapped: { header, extents } }) => ({
    fileId: header.fileId,
    kind: header.kind,
    logicalName: header.logicalName,
    path: nameOf(header.fileId),
    sizeBytes: extents.sizeBytes,
  }))
  const logs = set.files
    .filter(({ type }) => type === 'L')
    .map((entry) => ({
      fileId: entry.fileId,
      kind: 'log' as const,
      logicalName: entry.logicalName,
      path: nameOf(entry.fileId),
      sizeBytes: planLogFile(set, entry).layout.sizeBytes,
    }))
  return [...data, ...logs]
}
