import type { ReferentialAction } from '../../catalog/catalog-entries.ts'
import type { RecoveryModel } from '../../page/boot-page.ts'
import type { SqlDateTime, SqlValue } from '../../sql-type.ts'

/** Growth of a file at once: an amount, or a part of its size. */
export type FileGrowth = { readonly bytes: number } | { readonly percent: number }

/** A data file; the first one of a database is its primary file. */
export interface DataFileDefinition {
  readonly path: string
  /** By default the path's file name without its ending. */
  readonly logicalName?: string
  /** PRIMARY by default; the primary file has to be of it. */
  readonly filegroup?: string
  /** 8 MiB by default; the file is larger when its content is. */
  readonly sizeBytes?: number
  /** Unlimited by default. */
  readonly maxSizeBytes?: number
  /** 64 MiB by default. */
  readonly growth?: FileGrowth
}

/** The log file; it has the file id 2. */
export interface LogFileDefinition {
  readonly path: string
  /** By default the path's file name without its ending. */
  readonly logicalName?: string
  /** 8 MiB by default, at least 1 MiB. */
  readonly sizeBytes?: number
  /** 2 TiB by default. */
  readonly maxSizeBytes?: number
  readonly growth?: FileGrowth
}

/** IDENTITY of a column; the rows have its values like those of any other. */
export interface IdentityDefinition {
  /** 1 by default. */
  readonly seed?: bigint
  /** 1 by default. */
  readonly increment?: bigint
  /** The number given last; by default the one farthest from the seed among the rows. */
  readonly lastValue?: bigint
}

/** A column of a table; its place in the list, from 1, is its column id. */
export interface ColumnDefinition {
  readonly name: string
  /** As in T-SQL: `nvarchar(50)`, `decimal(10, 2)`, or an alias type's name such as `dbo.Phone`. */
  readonly type: string
  /** NULL is allowed by default, but not in a primary key. */
  readonly isNullable?: boolean
  /** The database's by default. */
  readonly collation?: string
  readonly identity?: IdentityDefinition
  readonly isRowGuid?: boolean
  /** A sparse column can be NULL, and its values stay in their row. */
  readonly isSparse?: boolean
  /** The expression, as SQL Server keeps it: `([Price]*(2))`; the rows hold the values of a persisted column, and nothing for others. */
  readonly computed?: { readonly text: string; readonly isPersisted?: boolean }
  /** The expression, such as `(getdate())`; without a name SQL Server's pattern makes one. */
  readonly default?: { readonly text: string; readonly name?: string }
  /** The column is gone, but the rows were written before: they hold its values. */
  readonly isDropped?: boolean
  /** The column came after the rows, which have no value for it: they read as `value`. */
  readonly addedLater?: { readonly value?: SqlValue }
}

/** DATA_COMPRESSION of a table or index. */
export type Compression = 'none' | 'row' | 'page'

/** A column of a key with its order. */
export interface KeyColumnDefinition {
  readonly name: string
  readonly isDescending?: boolean
}

/** A column by its name, ascending, or with its order. */
export type KeyColumn = string | KeyColumnDefinition

/** An index that serves no constraint; nonclustered by default. */
export interface IndexDefinition {
  readonly name: string
  readonly columns: readonly KeyColumn[]
  readonly isUnique?: boolean
  readonly isClustered?: boolean
  /** INCLUDE columns, in order. */
  readonly included?: readonly string[]
  /** `includes` is asked for each row; it gets the values in the order of the table's stored columns. */
  readonly filter?: {
    readonly text: string
    includes(values: readonly SqlValue[]): boolean
  }
  /** How full leaf pages are made, in percent: 1 to 100; full by default, which is also 0. */
  readonly fillFactor?: number
  /** The table's by default. */
  readonly filegroup?: string
  /** None by default, as for any index; a clustered one has its table's. */
  readonly compression?: Compression
}

/** PRIMARY KEY or UNIQUE; its index is in the table's filegroup. */
export interface KeyConstraintDefinition {
  /** Without a name SQL Server's pattern makes one. */
  readonly name?: string
  readonly columns: readonly KeyColumn[]
  /** A primary key is clustered by default, a unique constraint is not. */
  readonly isClustered?: boolean
  /** In percent, as that of an index. */
  readonly fillFactor?: number
  readonly compression?: Compression
}

/** CHECK; the rows are not tested against it. */
export interface CheckDefinition {
  readonly name?: string
  /** Such as `([Price]>(0))`. */
  readonly text: string
  /** For a check that was written behind a column. */
  readonly column?: string
  readonly isDisabled?: boolean
  readonly isNotTrusted?: boolean
}

/** FOREIGN KEY; the rows are not tested against it. */
export interface ForeignKeyDefinition {
  readonly name?: string
  readonly columns: readonly string[]
  /** The table's schema by default. */
  readonly referencedSchema?: string
  readonly referencedTable: string
  /** The columns of its primary key by default. */
  readonly referencedColumns?: readonly string[]
  readonly onDelete?: ReferentialAction
  readonly onUpdate?: ReferentialAction
  readonly isDisabled?: boolean
  readonly isNotTrusted?: boolean
}

/**
 * One value for each stored column in the columns' order: all but computed ones that are not persisted
 * and those that were added later. A column that was dropped has its values. In varchar and char, what
 * the code page of the column's collation lacks is written as a question mark: no good for a key.
 */
export type RowValues = readonly SqlValue[]

/** A row with what is special about it. */
export interface RowDefinition {
  readonly values: RowValues
  /** A heap's row that was moved: its address holds where to. */
  readonly isForwarded?: boolean
  /** A deleted row that was not cleaned up yet. */
  readonly isGhost?: boolean
}

/** A table with its rows; without a clustered key or index it is a heap. */
export interface TableDefinition {
  /** dbo by default. */
  readonly schema?: string
  readonly name: string
  readonly columns: readonly ColumnDefinition[]
  readonly primaryKey?: KeyConstraintDefinition
  readonly uniqueConstraints?: readonly KeyConstraintDefinition[]
  readonly indexes?: readonly IndexDefinition[]
  readonly checks?: readonly CheckDefinition[]
  readonly foreignKeys?: readonly ForeignKeyDefinition[]
  /** PRIMARY by default. */
  readonly filegroup?: string
  /** Of its heap or clustered index; none by default. */
  readonly compression?: Compression
  /** Whether rows end with the version tags that row versioning leaves. */
  readonly hasVersionTags?: boolean
  /** Read once, row by row. */
  readonly rows?: Iterable<RowValues | RowDefinition> | AsyncIterable<RowValues | RowDefinition>
  /**
   * Whether the rows come in the order of the clustered index. Then they are written as they come, as
   * those of a heap are; otherwise they are sorted first, in temporary files when there are many.
   */
  readonly rowsAreSorted?: boolean
}

export const MODULE_TYPES = ['V', 'P', 'FN', 'IF', 'TF', 'TR'] as const
export type ModuleType = (typeof MODULE_TYPES)[number]

export interface ModuleParameter {
  /** With its @; '' is what a scalar function returns. */
  readonly name: string
  readonly type: string
  readonly isOutput?: boolean
}

/** A view, procedure, function or trigger. */
export interface ModuleDefinition {
  readonly type: ModuleType
  /** dbo by default; a trigger is in its table's schema. */
  readonly schema?: string
  readonly name: string
  /** The whole CREATE statement. */
  readonly text: string
  /** Columns of a view or table function, as sys.columns lists them. */
  readonly columns?: readonly {
    readonly name: string
    readonly type: string
    readonly isNullable?: boolean
  }[]
  readonly parameters?: readonly ModuleParameter[]
  /** The table or view of a trigger, in the module's schema. */
  readonly triggerTable?: string
  readonly triggerEvents?: readonly ('INSERT' | 'UPDATE' | 'DELETE')[]
  readonly isInsteadOf?: boolean
}

/** CREATE TYPE name FROM type. */
export interface AliasTypeDefinition {
  readonly schema?: string
  readonly name: string
  readonly type: string
  readonly isNullable?: boolean
}

/** A schema besides dbo and those of the fixed roles. */
export interface SchemaDefinition {
  readonly name: string
  /** A user or role; dbo by default. */
  readonly owner?: string
}

/** A database user, of the login of its name, or a role. */
export interface PrincipalDefinition {
  readonly name: string
  readonly type: 'user' | 'role'
  /** A user's; dbo by default. */
  readonly defaultSchema?: string
  /** Roles it is a member of. */
  readonly memberOf?: readonly string[]
}

/** An extended property of the database, or of a table, module or column of one. */
export interface ExtendedPropertyDefinition {
  readonly name: string
  readonly value: string
  readonly schema?: string
  readonly object?: string
  readonly column?: string
}

/** A database to build; what is left out is as in SQL Server. */
export interface DatabaseDefinition {
  readonly name: string
  readonly files: readonly DataFileDefinition[]
  /** Without one SQL Server makes a new log when it attaches the files. */
  readonly log?: LogFileDefinition
  /** SQL_Latin1_General_CP1_CI_AS by default. */
  readonly collation?: string
  /** 150 by default. */
  readonly compatibilityLevel?: number
  /** FULL by default. */
  readonly recoveryModel?: RecoveryModel
  readonly isAutoClose?: boolean
  /**
   * Whether the first eight pages of a heap or index share extents with others, as before SQL Server
   * 2016. Not by default.
   */
  readonly usesMixedExtents?: boolean
  /** Creation date of all there is: 2024-01-01 by default, so that equal definitions give equal files. */
  readonly created?: SqlDateTime
  /** The GUIDs of the database and its files come from it; its name by default. */
  readonly seed?: string
  readonly schemas?: readonly SchemaDefinition[]
  readonly principals?: readonly PrincipalDefinition[]
  readonly aliasTypes?: readonly AliasTypeDefinition[]
  readonly tables?: readonly TableDefinition[]
  readonly modules?: readonly ModuleDefinition[]
  readonly extendedProperties?: readonly ExtendedPropertyDefinition[]
}

/** A table as it was built. */
export interface BuiltTable {
  readonly schema: string
  readonly name: string
  readonly objectId: number
  readonly rowCount: number
}

/** The database that `buildDatabase` made. */
export interface BuiltDatabase {
  readonly name: string
  /** The primary file first, then the other data files, then the log. */
  readonly paths: readonly string[]
  readonly tables: readonly BuiltTable[]
}
