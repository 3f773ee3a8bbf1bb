import type { SqlDateTime, SqlType, SqlValue } from '../sql-type.ts'

/** A schema of the database. */
export interface Schema {
  readonly schemaId: number
  readonly name: string
  /** The principal that owns it. */
  readonly principalId: number
}

/** A row of sys.objects: table, view, procedure, function, trigger, constraint, … */
export interface CatalogObject {
  readonly objectId: number
  readonly name: string
  readonly schemaId: number
  /** sys.objects.type without padding: U, V, P, FN, IF, TF, TR, PK, UQ, F, C, D, S, IT, … */
  readonly type: string
  /** 0 when it has none. */
  readonly parentObjectId: number
  readonly createDate: SqlDateTime
  readonly modifyDate: SqlDateTime
  readonly isMsShipped: boolean
  /** Whether SQL Server made up the name of this constraint. */
  readonly isSystemNamed: boolean
  /** Foreign keys, checks, triggers. */
  readonly isDisabled: boolean
  /** Foreign keys and checks that were added or enabled without looking at the rows. */
  readonly isNotTrusted: boolean
  readonly usesAnsiNulls: boolean
  readonly usesQuotedIdentifier: boolean
  /** Foreign keys, checks and triggers that replication does not fire. */
  readonly isNotForReplication: boolean
  /** A trigger that runs in place of the statement. */
  readonly isInsteadOf: boolean
  /** Tables: what ALTER TABLE … SET (LOCK_ESCALATION = …) says. */
  readonly lockEscalation: (typeof LOCK_ESCALATIONS)[number]
  /** Tables and table types that are kept in memory. */
  readonly isMemoryOptimized: boolean
  /** Tables: whether even small varchar(max), nvarchar(max), varbinary(max) and xml leave the row. */
  readonly keepsLargeValuesOutOfRow: boolean
}

export const LOCK_ESCALATIONS = ['TABLE', 'DISABLE', 'AUTO'] as const

/** An IDENTITY column's numbers. */
export interface Identity {
  readonly seed: bigint
  readonly increment: bigint
  /** The number given last; null before the first row. */
  readonly lastValue: bigint | null
}

/** A column of a table, view or table function, or a parameter of a procedure or function. */
export interface CatalogColumn {
  readonly objectId: number
  /** From 1, with gaps where columns were dropped. Parameters: position, 0 the return value. */
  readonly columnId: number
  readonly name: string
  readonly systemTypeId: number
  /** An alias type's id when above 256; see `Catalog.userTypes`. */
  readonly userTypeId: number
  /** Types this reader does not know (json, vector) are listed as varbinary(max). */
  readonly type: SqlType
  readonly isNullable: boolean
  readonly isAnsiPadded: boolean
  readonly isRowGuid: boolean
  readonly isComputed: boolean
  /** A computed column whose value is stored. */
  readonly isPersisted: boolean
  readonly isFilestream: boolean
  readonly isSparse: boolean
  readonly isColumnSet: boolean
  readonly identity: Identity | undefined
  /** Whether replication leaves the identity's numbers as they are. */
  readonly isIdentityNotForReplication: boolean
  /** A temporal table's period column. */
  readonly generatedAlways: 'ROW START' | 'ROW END' | undefined
  /** Left out by SELECT *. */
  readonly isHidden: boolean
  /** A parameter that hands its value back. */
  readonly isOutput: boolean
  /** Object id of its DEFAULT constraint, 0 when it has none. */
  readonly defaultObjectId: number
  /** Object id of a rule bound to it (sp_bindrule), 0 when there is none. */
  readonly ruleObjectId: number
  /** Id of its XML schema collection, 0 when it has none. */
  readonly xmlCollectionId: number
  /** Whether an xml value must have exactly one root element. */
  readonly isXmlDocument: boolean
}

/** An alias type or a system type, as sys.types lists them. */
export interface UserType {
  readonly userTypeId: number
  readonly name: string
  readonly schemaId: number
  readonly systemTypeId: number
  readonly type: SqlType
  readonly isNullable: boolean
  /** Object ids of a default and a rule bound to it, 0 when there is none. */
  readonly defaultObjectId: number
  readonly ruleObjectId: number
}

export const INDEX_TYPES = [
  'HEAP',
  'CLUSTERED',
  'NONCLUSTERED',
  'XML',
  'SPATIAL',
  'CLUSTERED COLUMNSTORE',
  'NONCLUSTERED COLUMNSTORE',
  'NONCLUSTERED HASH',
] as const

export interface IndexColumn {
  readonly columnId: number
  /** From 1 among the key columns; 0 for an included column. */
  readonly keyOrdinal: number
  readonly isDescending: boolean
  readonly isIncluded: boolean
  /** From 1 among the columns that choose the partition; 0 for others. */
  readonly partitionOrdinal: number
}

/** A heap or an index, as sys.indexes lists them. */
export interface CatalogIndex {
  readonly objectId: number
  /** 0 for a heap, 1 for a clustered index. */
  readonly indexId: number
  /** '' for a heap. */
  readonly name: string
  readonly type: (typeof INDEX_TYPES)[number]
  readonly isUnique: boolean
  readonly isPrimaryKey: boolean
  readonly isUniqueConstraint: boolean
  readonly isDisabled: boolean
  readonly isHypothetical: boolean
  readonly isPadded: boolean
  readonly hasFilter: boolean
  /** A duplicate key ends in a warning and no row. */
  readonly ignoresDuplicateKeys: boolean
  readonly allowsRowLocks: boolean
  readonly allowsPageLocks: boolean
  /** 0 to 100. */
  readonly fillFactor: number
  /** Filegroup or partition scheme. */
  readonly dataSpaceId: number
  /** Key columns in key order, then included columns. */
  readonly columns: readonly IndexColumn[]
}

/** Statistics that are no index. */
export interface CatalogStatistics {
  readonly objectId: number
  readonly statisticsId: number
  readonly name: string
  readonly isAutoCreated: boolean
  /** Not updated by itself. */
  readonly isNoRecompute: boolean
  readonly hasFilter: boolean
  /** Column ids in the statistics' order. */
  readonly columnIds: readonly number[]
}

export const REFERENTIAL_ACTIONS = ['NO_ACTION', 'CASCADE', 'SET_NULL', 'SET_DEFAULT'] as const
export type ReferentialAction = (typeof REFERENTIAL_ACTIONS)[number]

export interface ForeignKey {
  readonly objectId: number
  readonly name: string
  readonly schemaId: number
  readonly parentObjectId: number
  readonly referencedObjectId: number
  /** The referenced table's key. */
  readonly referencedIndexId: number
  readonly deleteAction: ReferentialAction
  readonly updateAction: ReferentialAction
  readonly isDisabled: boolean
  readonly isNotTrusted: boolean
  readonly isSystemNamed: boolean
  readonly columns: readonly {
    readonly parentColumnId: number
    readonly referencedColumnId: number
  }[]
}

/** A CHECK or DEFAULT constraint. */
export interface TextConstraint {
  readonly objectId: number
  readonly name: string
  readonly schemaId: number
  readonly parentObjectId: number
  /** 0 for a CHECK of the table. */
  readonly columnId: number
  /** The expression as SQL Server keeps it, such as `(getdate())`. */
  readonly text: string
  readonly isDisabled: boolean
  readonly isNotTrusted: boolean
  readonly isSystemNamed: boolean
}

/** The definition of a view, procedure, function or trigger. */
export interface ModuleText {
  /** Undefined when it was created WITH ENCRYPTION. */
  readonly text: string | undefined
  readonly isEncrypted: boolean
}

/** A user or role, as sys.database_principals lists them. */
export interface Principal {
  readonly principalId: number
  readonly name: string
  /** S SQL user, U Windows user, G Windows group, R role, A application role, C, K certificate, key. */
  readonly type: string
  /** Empty for roles without. */
  readonly sid: Uint8Array
  readonly defaultSchema: string
  readonly createDate: SqlDateTime
  readonly modifyDate: SqlDateTime
}

export interface Filegroup {
  readonly filegroupId: number
  readonly name: string
}

/** A file as the database itself lists it. */
export interface DatabaseFile {
  readonly fileId: number
  readonly filegroupId: number
  readonly type: 'ROWS' | 'LOG' | 'FILESTREAM' | 'FULLTEXT'
  /** sys.database_files.state: 0 online, 6 offline, 7 defunct. */
  readonly state: number
  readonly logicalName: string
  /** Where the server that used the database last had it. */
  readonly physicalPath: string
  readonly sizePages: number
  /** -1 when unlimited. */
  readonly maxSizePages: number
  /** Pages, or percent when `growthIsPercent`. */
  readonly growth: number
  readonly growthIsPercent: boolean
}

/** Pages of a table or view with all of its indexes and large values, of 8,192 bytes. */
export interface TableAllocation {
  readonly reservedPages: number
  readonly usedPages: number
  /** In-row data pages of the heap or clustered index. */
  readonly dataPages: number
  /** Used pages of nonclustered indexes. */
  readonly indexPages: number
}

/** A member of a role, as sys.database_role_members lists them. */
export interface RoleMember {
  readonly rolePrincipalId: number
  readonly memberPrincipalId: number
}

/** An extended property, as sys.extended_properties lists them. */
export interface ExtendedProperty {
  /** 0 database, 1 object or column, 3 schema, 7 index, … */
  readonly class: number
  readonly majorId: number
  /** Column, index or parameter id; 0 for the object itself. */
  readonly minorId: number
  readonly name: string
  readonly value: SqlValue
}
