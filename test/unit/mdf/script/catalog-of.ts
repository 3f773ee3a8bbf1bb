import {
  type CatalogColumn,
  type CatalogIndex,
  type CatalogObject,
  type ModuleText,
  type ScriptSource,
  SqlDateTime,
  type SqlType,
} from '../../../../src/mdf/index.ts'

const NO_DATE = new SqlDateTime(0, 0)
/** SQL_Latin1_General_CP1_CI_AS. */
export const DATABASE_COLLATION = 0x3400_d008

const INT: SqlType = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 }

type Parts = {
  readonly catalog?: Partial<ScriptSource['catalog']>
  readonly details?: Partial<ScriptSource['details']>
  /** Texts of modules by object id; null for an encrypted one. */
  readonly texts?: Readonly<Record<number, string | null>>
  readonly objects?: readonly CatalogObject[]
  readonly columns?: readonly CatalogColumn[]
  readonly indexes?: readonly CatalogIndex[]
}

/** A database with what a test is about and nothing else: no file of such a database is at hand. */
export function databaseOf({
  catalog,
  details,
  texts,
  objects,
  columns,
  indexes,
}: Parts): ScriptSource {
  return {
    bootPage: {
      databaseName: 'sample',
      internalVersion: 904,
      compatibilityLevel: 150,
      collationId: DATABASE_COLLATION,
    },
    catalog: {
      schemas: [{ schemaId: 1, name: 'dbo', principalId: 1 }],
      objects: objects ?? [],
      objectById: (id) => objects?.find(({ objectId }) => objectId === id),
      columns: (id) => columns?.filter(({ objectId }) => objectId === id) ?? [],
      parameters: () => [],
      userTypes: [],
      indexes: (id) => indexes?.filter(({ objectId }) => objectId === id) ?? [],
      statistics: () => [],
      foreignKeys: [],
      checkConstraints: [],
      defaultConstraints: [],
      moduleText: (id) => moduleText(texts?.[id]),
      computedText: () => undefined,
      filterText: () => undefined,
      principals: [],
      roleMembers: [],
      filegroups: [{ filegroupId: 1, name: 'PRIMARY' }],
      files: [],
      extendedProperties: [],
      rowCount: () => 0,
      partitions: () => [],
      allocationUnits: () => [],
      allocation: () => ({ reservedPages: 0, usedPages: 0, dataPages: 0, indexPages: 0 }),
      ...catalog,
    },
    details: {
      permissions: [],
      roleOwner: () => undefined,
      hasPassword: () => false,
      objectOwner: () => undefined,
      uses: () => [],
      synonymTarget: () => undefined,
      tableTypes: [],
      clrTypes: [],
      assemblies: [],
      fullTextIndexed: [],
      otherEntities: [],
      xmlCollections: [],
      numberedProcedures: new Set(),
      partitionFunctions: [],
      partitionSchemes: [],
      columnMarks: () => [],
      vectorDimensions: () => undefined,
      historyTable: () => undefined,
      ...details,
    },
  }
}

function moduleText(text: string | null | undefined): ModuleText | undefined {
  if (text === undefined) return undefined
  return text === null ? { text: undefined, isEncrypted: true } : { text, isEncrypted: false }
}

export function objectOf(
  objectId: number,
  type: string,
  name: string,
  rest: Partial<CatalogObject> = {},
): CatalogObject {
  return {
    objectId,
    name,
    schemaId: 1,
    type,
    parentObjectId: 0,
    createDate: NO_DATE,
    modifyDate: NO_DATE,
    isMsShipped: false,
    isSystemNamed: false,
    isDisabled: false,
    isNotTrusted: false,
    usesAnsiNulls: true,
    usesQuotedIdentifier: true,
    isNotForReplication: false,
    isInsteadOf: false,
    lockEscalation: 'TABLE',
    isMemoryOptimized: false,
    keepsLargeValuesOutOfRow: false,
    ...rest,
  }
}

/** An int column unless it is said otherwise. */
export function columnOf(
  objectId: number,
  columnId: number,
  name: string,
  rest: Partial<CatalogColumn> = {},
): CatalogColumn {
  return {
    objectId,
    columnId,
    name,
    systemTypeId: 56,
    userTypeId: 56,
    type: INT,
    isNullable: false,
    isAnsiPadded: true,
    isRowGuid: false,
    isComputed: false,
    isPersisted: false,
    isFilestream: false,
    isSparse: false,
    isColumnSet: false,
    identity: undefined,
    isIdentityNotForReplication: false,
    generatedAlways: undefined,
    isHidden: false,
    isOutput: false,
    defaultObjectId: 0,
    ruleObjectId: 0,
    xmlCollectionId: 0,
    isXmlDocument: false,
    ...rest,
  }
}

/** A nonclustered index on column 1 unless it is said otherwise. */
export function indexOf(
  objectId: number,
  indexId: number,
  name: string,
  rest: Partial<CatalogIndex> = {},
): CatalogIndex {
  return {
    objectId,
    indexId,
    name,
    type: 'NONCLUSTERED',
    isUnique: false,
    isPrimaryKey: false,
    isUniqueConstraint: false,
    isDisabled: false,
    isHypothetical: false,
    isPadded: false,
    hasFilter: false,
    ignoresDuplicateKeys: false,
    allowsRowLocks: true,
    allowsPageLocks: true,
    fillFactor: 0,
    dataSpaceId: 1,
    columns: [keyOf(1)],
    ...rest,
  }
}

export function keyOf(columnId: number, rest: Partial<CatalogIndex['columns'][number]> = {}) {
  return {
    columnId,
    keyOrdinal: 1,
    isDescending: false,
    isIncluded: false,
    partitionOrdinal: 0,
    ...rest,
  }
}
