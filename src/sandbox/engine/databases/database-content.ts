import type {
  BootPage,
  Catalog,
  DatabaseReader,
  RecoveryModel,
  SqlDateTime,
  SqlType,
  SqlValue,
  TableSeek,
} from '../../../mdf/index.ts'

/** What the engine reads of a catalog: the public face of mdf's, which system databases imitate. */
export type DatabaseCatalog = { readonly [Member in keyof Catalog]: Catalog[Member] }

/** The settings of a database that sys.databases and DATABASEPROPERTYEX tell. */
export interface DatabaseSettings {
  readonly collationId: number
  readonly compatibilityLevel: number
  readonly recoveryModel: RecoveryModel
  readonly pageVerify: BootPage['pageVerify']
  readonly isAutoClose: boolean
  readonly isAutoShrink: boolean
  readonly internalVersion: number
  readonly createDate: SqlDateTime
}

/** A file of an online database, where it really is. */
export interface ContentFile {
  readonly fileId: number
  readonly filegroupId: number
  readonly isLog: boolean
  readonly logicalName: string
  readonly path: string
  readonly fileGuid: string
  readonly sizePages: number
  readonly maxSizePages: number
  readonly growth: number
  readonly growthIsPercent: boolean
}

/** A sequence as sys.sequences lists it. */
export interface ListedSequence {
  readonly objectId: number
  readonly type: SqlType
  readonly start: bigint
  readonly increment: bigint
  readonly minimum: bigint
  readonly maximum: bigint
  readonly isCycling: boolean
  readonly currentValue: bigint
  readonly isExhausted: boolean
}

/** A type of CREATE TYPE … AS TABLE, and the object that has its columns. */
export interface ListedTableType {
  readonly userTypeId: number
  readonly objectId: number
}

/** How rows of a database in files are found by key. */
export interface FileIndexes {
  of(objectId: number): ReturnType<DatabaseReader['searchableIndexes']>
  /** See `DatabaseReader.seekTable`. @throws SqlError 824, 823 */
  seek(objectId: number, columnIds: readonly number[], seek: TableSeek): Iterable<SqlValue[]>
}

/** What is in a database that is online. */
export interface DatabaseContent {
  readonly settings: DatabaseSettings
  readonly files: readonly ContentFile[]
  readonly catalog: DatabaseCatalog
  /**
   * Rows of a table, with the values of these columns in this order.
   * @throws SqlError 824, 823
   */
  scanTable(objectId: number, columnIds: readonly number[]): Iterable<SqlValue[]>
  /** The tables' own indexes; a database in memory has others. */
  readonly indexes?: FileIndexes
  /** Ids of the columns of a table that are stored. */
  storedColumnIds(objectId: number): readonly number[]
  readonly sequences: readonly ListedSequence[]
  readonly tableTypes: readonly ListedTableType[]
  /** What a synonym stands for, such as `[Sales].[dbo].[Orders]`; undefined for what is none. */
  synonymTarget(objectId: number): string | undefined
  /** Closes the files and gives their locks back. */
  close(): Promise<void>
}
