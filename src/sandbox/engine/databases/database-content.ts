import type {
  BootPage,
  Catalog,
  RecoveryModel,
  SqlDateTime,
  SqlType,
  SqlValue,
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
  /** Ids of the columns of a table that are stored. */
  storedColumnIds(objectId: number): readonly number[]
  readonly sequences: readonly ListedSequence[]
  readonly tableTypes: readonly ListedTableType[]
  /** What a synonym stands for, such as `[Sales].[dbo].[Orders]`; undefined for what is none. */
  synonymTarget(objectId: number): string | undefined
  /** Closes the files and gives their locks back. */
  close(): Promise<void>
}
