/**
 * SQL Server's file formats: mdf, ndf and ldf files, their pages, catalog and rows. Pure functions
 * over bytes, with the one reader of files (`page-file.ts`) apart. Knows nothing of the platform.
 *
 * From the ground up: `page/` verifies pages and reads records, allocation maps and large values;
 * `value/` decodes values by their types; `table/` and `compression/` make rows of records; `catalog/`
 * reads the system base tables; `collation/` knows code pages and names; `script/` writes a catalog as
 * T-SQL. "Format reference" in comments is the description of SQL Server's data files that this was
 * written from.
 *
 * Decision: damage never ends in a programming error. Every length is checked before it is used, every
 * chain is searched for cycles, and a damaged page is FILE_DAMAGED with its file, page and reason.
 *
 * @module
 */
export {
  Backup,
  type BackupChoice,
  type BackupFileEntry,
  type BackupHeader,
  BackupSet,
  type ChecksumObserver,
  checkRestorable,
  inspectBackupSet,
  isBackupFile,
  type RestoredFile,
  type RestoreOptions,
  restoreBackup,
  restoreFileNames,
} from './backup/index.ts'
export { Catalog } from './catalog/catalog.ts'
export { CatalogDetails, type TableType } from './catalog/catalog-details.ts'
export {
  type CatalogColumn,
  type CatalogIndex,
  type CatalogObject,
  type CatalogStatistics,
  type DatabaseFile,
  type ExtendedProperty,
  type Filegroup,
  type ForeignKey,
  type Identity,
  INDEX_TYPES,
  type IndexColumn,
  LOCK_ESCALATIONS,
  type ModuleText,
  type Principal,
  REFERENTIAL_ACTIONS,
  type ReferentialAction,
  type RoleMember,
  type Schema,
  type TableAllocation,
  type TextConstraint,
  type UserType,
} from './catalog/catalog-entries.ts'
export type { ColumnMark, XmlCollection } from './catalog/detail-rows.ts'
export type { PartitionFunction, PartitionScheme } from './catalog/partitioning.ts'
export type { Permission } from './catalog/permissions.ts'
export type { AllocationUnit, Rowset } from './catalog/storage-rows.ts'
export {
  type CollationTraits,
  collationCodePage,
  collationIdByName,
  collationLcid,
  collationName,
  collationTraits,
} from './collation/collation.ts'
export {
  collationFromWire,
  collationToWire,
  type WireCollation,
} from './collation/wire-collation.ts'
export { databaseNameOf } from './database-name.ts'
export { DatabaseReader, readHeaderOf, type TableSeek } from './database-reader.ts'
export {
  csvHeader,
  csvRowWriter,
  type ExportColumn,
  jsonRowWriter,
  type RowWriter,
  textChunks,
  valueText,
} from './export/index.ts'
export {
  refuseLogOfAnotherTime,
  refuseOtherFormats,
  refuseOtherLength,
  refuseRepeatedPaths,
  refuseStrangers,
} from './file-set-checks.ts'
export {
  type FileSet,
  type FileSetMember,
  inspectFileSet,
  openFileSet,
} from './inspect-file-set.ts'
export { type LogFile, readLogFile } from './log/index.ts'
export {
  type BootPage,
  RECOVERY_MODELS,
  type RecoveryModel,
  readBootPage,
} from './page/boot-page.ts'
export {
  FILE_KINDS,
  type FileHeader,
  type FileHistory,
  type FileKind,
  readFileHeader,
} from './page/file-header.ts'
export type { ForkPoint } from './page/fork-point.ts'
export { formatLsn, type Lsn } from './page/lsn.ts'
export { type DamageReason, Page, type PagePointer, readVerifiedPage } from './page/page.ts'
export { pageChecksum } from './page/page-checksum.ts'
export { sqlServerVersionName } from './page/sql-server-version.ts'
export { PAGE_SIZE, PageFile, type PageFileOptions, type PageSource } from './page-file.ts'
export { type ScriptOptions, type ScriptSource, scriptDatabase } from './script/index.ts'
export { typeText } from './script/type-text.ts'
export {
  DAYS_TO_1900,
  Decimal,
  MAX_LENGTH,
  SQL_TYPE_NAMES,
  SqlDateTime,
  type SqlType,
  type SqlTypeName,
  type SqlValue,
  SqlVariant,
  TICKS_PER_DAY,
  TICKS_PER_SECOND,
} from './sql-type.ts'
export { codePageDecoder, type TextDecode, UTF8_CODE_PAGE } from './value/code-page.ts'
export {
  PROBLEM_KINDS,
  type Problem,
  type ProblemKind,
  type ProblemObject,
} from './verify/problem.ts'
export { VERIFY_PHASES, type VerifyProgress } from './verify/verify-database.ts'
export { type VerifyObserver, type VerifySummary, verifyFiles } from './verify/verify-files.ts'
export {
  type BuiltDatabase,
  buildDatabase,
  type ColumnDefinition,
  type DatabaseDefinition,
  type IndexDefinition,
  type ModuleDefinition,
  type RowDefinition,
  type RowValues,
  type TableDefinition,
} from './write/database/index.ts'
