/**
 * Backups (bak) of SQL Server in Microsoft Tape Format (format reference 9): the sets of a file, and the
 * pages of their databases read straight from it.
 *
 * @module
 */
export { Backup, type BackupChoice, isBackupFile } from './backup.ts'
export type { BackupFileEntry } from './backup-description.ts'
export type { BackupHeader } from './backup-header.ts'
export { BackupSet } from './backup-set.ts'
export { inspectBackupSet } from './inspect-backup-set.ts'
export {
  checkRestorable,
  type RestoredFile,
  type RestoreOptions,
  restoreBackup,
} from './restore-backup.ts'
export { restoreFileNames } from './restore-file-names.ts'
export type { ChecksumObserver } from './verify-stream-checksums.ts'
