import type {
  CatalogColumn,
  CatalogIndex,
  CatalogObject,
  ExtendedProperty,
  ForeignKey,
  ModuleText,
  Principal,
  Rowset,
  Schema,
  SqlDateTime,
  TextConstraint,
  UserType,
} from '../../../mdf/index.ts'
import type { DatabaseCatalog, ListedTableType } from '../databases/database-content.ts'
import type { UndoLog } from '../transactions/session-transaction.ts'
import type { MemoryTable } from './memory-table.ts'
import type { Sequence } from './sequence.ts'
import { UndoableMap } from './undoable-map.ts'

/** Ids step by this much, so that neighbours do not look alike; SQL Server's own step. */
const OBJECT_ID_STEP = 16_000_057
const FIRST_OBJECT_ID = 245_575_913
const MAX_OBJECT_ID = 2 ** 31 - 1
/** Ids of alias and table types begin behind sysname's. */
const FIRST_TYPE_ID = 257
const FIRST_SCHEMA_ID = 5
const PRIMARY_FILEGROUP = { filegroupId: 1, name: 'PRIMARY' } as const

/** The catalog of a database in memory: the same entries a file's catalog has, and changeable. */
export class MemoryCatalog implements DatabaseCatalog {
  readonly schemaEntries = new UndoableMap<number, Schema>()
  readonly objectEntries = new UndoableMap<number, CatalogObject>()
  /** Columns of tables, views and table types by object. */
  readonly columnEntries = new UndoableMap<number, readonly CatalogColumn[]>()
  readonly parameterEntries = new UndoableMap<number, readonly CatalogColumn[]>()
  readonly typeEntries = new UndoableMap<number, UserType>()
  readonly tableTypes = new UndoableMap<number, ListedTableType>()
  readonly indexEntries = new UndoableMap<number, readonly CatalogIndex[]>()
  readonly foreignKeyEntries = new UndoableMap<number, ForeignKey>()
  readonly checkEntries = new UndoableMap<number, TextConstraint>()
  readonly defaultEntries = new UndoableMap<number, TextConstraint>()
  readonly texts = new UndoableMap<number, string>()
  /** Expressions of computed columns, by object and column. */
  readonly computedTexts = new UndoableMap<string, string>()
  /** Filters of indexes, by object and index. */
  readonly filterTexts = new UndoableMap<string, string>()
  readonly synonymTargets = new UndoableMap<number, string>()
  readonly sequences = new UndoableMap<number, Sequence>()
  /** Temporary objects are padded in the catalog; messages and results have their names as written. */
  readonly temporaryNames = new UndoableMap<number, string>()
  readonly properties = new UndoableMap<string, ExtendedProperty>()
  readonly tables = new UndoableMap<number, MemoryTable>()
  readonly principals: readonly Principal[]
  readonly roleMembers = []
  readonly filegroups = [PRIMARY_FILEGROUP]
  readonly files = []
  #lastObjectId = FIRST_OBJECT_ID - OBJECT_ID_STEP

  constructor(schemas: readonly Schema[], principals: readonly Principal[]) {
    this.principals = principals
    for (const schema of schemas) this.schemaEntries.set(schema.schemaId, schema, NOT_UNDONE)
  }

  get schemas(): readonly Schema[] {
    return this.schemaEntries.values
  }

  get objects(): readonly CatalogObject[] {
    return this.objectEntries.values
  }

  objectById(objectId: number): CatalogObject | undefined {
    return this.objectEntries.get(objectId)
  }

  columns(objectId: number): readonly CatalogColumn[] {
    const columns = this.columnEntries.get(objectId) ?? []
    const lastValue = this.tables.get(objectId)?.identity?.lastValue
    if (lastValue === undefined) return columns
    return columns.map((column) => {
      const { identity } = column
      return identity === undefined ? column : { ...column, identity: { ...identity, lastValue } }
    })
  }

  parameters(objectId: number): readonly CatalogColumn[] {
    return this.parameterEntries.get(objectId) ?? []
  }

  get userTypes(): readonly UserType[] {
    return this.typeEntries.values
  }

  indexes(objectId: number): readonly CatalogIndex[] {
    return this.indexEntries.get(objectId) ?? []
  }

  statistics(): readonly never[] {
    return []
  }

  get foreignKeys(): readonly ForeignKey[] {
    return this.foreignKeyEntries.values
  }

  get checkConstraints(): readonly TextConstraint[] {
    return this.checkEntries.values
  }

  get defaultConstraints(): readonly TextConstraint[] {
    return this.defaultEntries.values
  }

  moduleText(objectId: number): ModuleText | undefined {
    const text = this.texts.get(objectId)
    return text === undefined ? undefined : { text, isEncrypted: false }
  }

  computedText(objectId: number, columnId: number): string | undefined {
    return this.computedTexts.get(partKey(objectId, columnId))
  }

  filterText(objectId: number, indexId: number): string | undefined {
    return this.filterTexts.get(partKey(objectId, indexId))
  }

  get extendedProperties(): readonly ExtendedProperty[] {
    return this.properties.values
  }

  rowCount(objectId: number): number {
    return this.tables.get(objectId)?.rowCount ?? 0
  }

  partitions(objectId: number): readonly Rowset[] {
    return this.indexes(objectId).map(({ indexId }) => ({
      rowsetId: (BigInt(objectId) << 16n) + BigInt(indexId),
      objectId,
      indexId,
      partitionNumber: 1,
      rowCount: this.rowCount(objectId),
      compression: 0,
    }))
  }

  allocationUnits(): readonly never[] {
    return []
  }

  allocation() {
    return { reservedPages: 0, usedPages: 0, dataPages: 0, indexPages: 0 }
  }

  /** Whether rows have a value of the column: not of a computed one unless it is kept or indexed. */
  isStored({ objectId, columnId, isComputed, isPersisted }: CatalogColumn): boolean {
    if (!isComputed || isPersisted) return true
    return this.indexes(objectId).some(({ columns }) =>
      columns.some((column) => column.columnId === columnId),
    )
  }

  /** The name of an object as it was written. */
  displayName(objectId: number): string {
    return this.temporaryNames.get(objectId) ?? this.objectEntries.get(objectId)?.name ?? ''
  }

  schemaName({ schemaId }: Pick<CatalogObject, 'schemaId'>): string {
    return this.schemaEntries.get(schemaId)?.name ?? 'dbo'
  }

  /** An id that no object has. */
  nextObjectId(): number {
    do {
      this.#lastObjectId += OBJECT_ID_STEP
      if (this.#lastObjectId > MAX_OBJECT_ID) this.#lastObjectId %= MAX_OBJECT_ID
    } while (this.#lastObjectId < 1 || this.objectEntries.has(this.#lastObjectId))
    return this.#lastObjectId
  }

  nextSchemaId(): number {
    return Math.max(FIRST_SCHEMA_ID - 1, ...this.schemaEntries.keys) + 1
  }

  nextTypeId(): number {
    return Math.max(FIRST_TYPE_ID - 1, ...this.typeEntries.keys) + 1
  }

  addObject(
    object: Pick<CatalogObject, 'name' | 'schemaId' | 'type'> & Partial<CatalogObject>,
    moment: SqlDateTime,
    log: UndoLog,
  ): CatalogObject {
    const entry: CatalogObject = {
      ...PLAIN_OBJECT,
      objectId: this.nextObjectId(),
      createDate: moment,
      modifyDate: moment,
      ...object,
    }
    this.objectEntries.set(entry.objectId, entry, log)
    return entry
  }

  /** Takes an object away with all that belongs to it alone: columns, indexes, constraints, triggers. */
  removeObject(objectId: number, log: UndoLog): void {
    for (const child of this.objects.filter(({ parentObjectId }) => parentObjectId === objectId)) {
      this.removeObject(child.objectId, log)
    }
    for (const { columnId } of this.columnEntries.get(objectId) ?? []) {
      this.computedTexts.delete(partKey(objectId, columnId), log)
    }
    for (const { indexId } of this.indexEntries.get(objectId) ?? []) {
      this.filterTexts.delete(partKey(objectId, indexId), log)
    }
    for (const map of this.#ofObjects) map.delete(objectId, log)
  }

  get #ofObjects(): readonly Pick<UndoableMap<number, unknown>, 'delete'>[] {
    return [
      this.objectEntries,
      this.columnEntries,
      this.parameterEntries,
      this.indexEntries,
      this.foreignKeyEntries,
      this.checkEntries,
      this.defaultEntries,
      this.texts,
      this.synonymTargets,
      this.sequences,
      this.temporaryNames,
      this.tables,
    ]
  }
}

/** Key of a column or an index of an object. */
export function partKey(objectId: number, partId: number): string {
  return `${objectId}:${partId}`
}

/** For what no ROLLBACK reaches. */
export const NOT_UNDONE: UndoLog = { record: () => undefined }

const PLAIN_OBJECT = {
  parentObjectId: 0,
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
} as const
