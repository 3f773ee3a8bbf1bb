import { MAX_LENGTH } from '../../sql-type.ts'
import type { DeclaredType } from '../catalog/parse-type.ts'
import { planRowset, type RowsetColumn, type RowsetPlan } from '../catalog/stored-rowset.ts'
import { indexStorage, UNIQUIFIER } from '../catalog/table-rowset.ts'
import type { DatabaseNames } from './database-names.ts'
import type { ColumnDefinition, IndexDefinition, KeyColumn, TableDefinition } from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'

/** A column of a table with its ids. */
export interface PlannedColumn {
  readonly definition: ColumnDefinition
  readonly columnId: number
  readonly declared: DeclaredType
  readonly isNullable: boolean
  /** Whether records have it: all but computed columns that are not persisted. */
  readonly isStored: boolean
  /** Its place in the rows that are given; undefined when they have no value for it. */
  readonly rowIndex: number | undefined
  readonly defaultObjectId: number
  readonly defaultName: string
}

export interface PlannedKeyColumn {
  readonly column: PlannedColumn
  readonly isDescending: boolean
}

/** A heap, or an index with the constraint it serves. */
export interface PlannedIndex {
  readonly indexId: number
  /** undefined for a heap. */
  readonly name: string | undefined
  readonly isUnique: boolean
  readonly constraint:
    | { readonly type: 'PK' | 'UQ'; readonly objectId: number; readonly isSystemNamed: boolean }
    | undefined
  readonly key: readonly PlannedKeyColumn[]
  readonly included: readonly PlannedColumn[]
  readonly filter: IndexDefinition['filter']
  readonly fillFactor: number
  readonly filegroupId: number
  readonly rowset: RowsetPlan
  /** For each stored column, where its values are; see `StoredSource`. */
  readonly sources: readonly StoredSource[]
}

/**
 * Of the rows' rowset: a place in the rows that are given, or 'uniquifier'. Of a nonclustered index: a
 * place in the records of the rows' rowset, or 'address'.
 */
export type StoredSource = number | 'uniquifier' | 'address'

export interface PlannedTable {
  readonly objectId: number
  readonly schemaId: number
  readonly schema: string
  readonly where: string
  readonly definition: TableDefinition
  readonly columns: readonly PlannedColumn[]
  /** The heap or clustered index. */
  readonly data: PlannedIndex
  readonly nonclustered: readonly PlannedIndex[]
  /** How many values a row has. */
  readonly rowWidth: number
}

/** An index before its rowset is laid out. */
export interface IndexDraft extends Omit<PlannedIndex, 'indexId' | 'rowset' | 'sources'> {
  readonly isClustered: boolean
}

const MOST_COLUMNS = 1024
const MOST_KEY_COLUMNS = 32
const NO_KEY_TYPES: readonly string[] = [
  'text',
  'ntext',
  'image',
  'xml',
  'geometry',
  'geography',
  'sql_variant',
]

/** @throws PlatformError INVALID_ARGUMENT for a table that SQL Server would not make */
export function planTable(names: DatabaseNames, definition: TableDefinition): PlannedTable {
  const { schema = 'dbo', name } = definition
  const where = `table ${schema}.${name}`
  const schemaId = names.schema(schema, where)
  names.claim(schema, name, where)
  const objectId = names.nextObjectId()
  const columns = planColumns(names, definition, where)
  const drafts = indexDrafts(names, definition, columns, where)
  const clustered = drafts.find(({ isClustered }) => isClustered)
  const filegroupId = clustered?.filegroupId ?? names.filegroup(definition.filegroup, where)
  const data = planData(names, { objectId, columns, clustered, filegroupId })
  const rest = drafts.filter((draft) => !draft.isClustered)
  const nonclustered = rest.map((draft, index) =>
    planNonclustered(names, { objectId, draft, indexId: index + 2, data }),
  )
  const rowWidth = columns.filter(({ rowIndex }) => rowIndex !== undefined).length
  return { objectId, schemaId, schema, where, definition, columns, data, nonclustered, rowWidth }
}

function planColumns(names: DatabaseNames, table: TableDefinition, where: string): PlannedColumn[] {
  if (table.columns.length === 0) throw invalidDefinition(where, 'it has no columns')
  if (table.columns.length > MOST_COLUMNS)
    throw invalidDefinition(where, 'it has over 1024 columns')
  const inPrimaryKey = new Set(
    table.primaryKey?.columns.map((column) => nameOf(column).toLowerCase()),
  )
  const known = new Set<string>()
  let rowIndex = 0
  let hasLater = false
  return table.columns.map((definition, index) => {
    const { name, computed, addedLater, isDropped } = definition
    const place = `${where}, column ${name}`
    if (isDropped !== true && known.has(name.toLowerCase()))
      throw invalidDefinition(place, 'is there twice')
    known.add(name.toLowerCase())
    const declared = names.type(definition.type, definition.collation, place)
    const isStored = computed === undefined || computed.isPersisted === true
    const hasValues = isStored && addedLater === undefined
    if (hasLater && hasValues)
      throw invalidDefinition(place, 'columns that were added later come last')
    hasLater ||= addedLater !== undefined
    const isNullable = definition.isNullable ?? !inPrimaryKey.has(name.toLowerCase())
    if (isNullable && inPrimaryKey.has(name.toLowerCase())) {
      throw invalidDefinition(place, 'a primary key has no NULLs')
    }
    assertColumn(definition, declared, isNullable, place)
    return {
      definition,
      columnId: index + 1,
      declared,
      isNullable: isNullable && declared.type.name !== 'timestamp',
      isStored,
      rowIndex: hasValues ? rowIndex++ : undefined,
      ...planDefault(names, table, definition, place),
    }
  })
}

const IDENTITY_TYPES: readonly string[] = [
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'numeric',
]

function assertColumn(
  { identity, isSparse, addedLater }: ColumnDefinition,
  { type }: DeclaredType,
  isNullable: boolean,
  place: string,
): void {
  if (identity !== undefined && (!IDENTITY_TYPES.includes(type.name) || type.scale > 0)) {
    throw invalidDefinition(place, `${type.name} can be no identity`)
  }
  if (isSparse === true && !isNullable)
    throw invalidDefinition(place, 'a sparse column can be NULL')
  if (addedLater !== undefined && (addedLater.value ?? null) === null && !isNullable) {
    throw invalidDefinition(place, 'the rows have no value for it, and it cannot be NULL')
  }
}

function planDefault(
  names: DatabaseNames,
  table: TableDefinition,
  definition: ColumnDefinition,
  place: string,
) {
  if (definition.default === undefined) return { defaultObjectId: 0, defaultName: '' }
  const defaultObjectId = names.nextObjectId()
  const digits = defaultObjectId.toString(16).toUpperCase().padStart(8, '0')
  const short = `${table.name.slice(0, 9)}__${definition.name.slice(0, 5)}`
  const defaultName = definition.default.name ?? `DF__${short}__${digits}`
  names.claim(table.schema ?? 'dbo', defaultName, place)
  return { defaultObjectId, defaultName }
}

function indexDrafts(
  names: DatabaseNames,
  table: TableDefinition,
  columns: readonly PlannedColumn[],
  where: string,
): IndexDraft[] {
  const drafts: IndexDraft[] = []
  const constraints = [
    ...(table.primaryKey === undefined ? [] : [{ ...table.primaryKey, type: 'PK' as const }]),
    ...(table.uniqueConstraints ?? []).map((key) => ({ ...key, type: 'UQ' as const })),
  ]
  const hasClusteredIndex =
    (table.indexes ?? []).some(({ isClustered }) => isClustered) ||
    (table.uniqueConstraints ?? []).some(({ isClustered }) => isClustered)
  for (const { type, name: given, isClustered, fillFactor = 0, ...rest } of constraints) {
    const objectId = names.nextObjectId()
    const digits = names.digits(`${where}.${type}.${objectId}`, 16)
    const name = given ?? `${type}__${table.name.slice(0, 8)}__${digits}`
    names.claim(table.schema ?? 'dbo', name, where)
    const place = `${where}, ${type === 'PK' ? 'primary key' : 'constraint'} ${name}`
    drafts.push({
      name,
      isUnique: true,
      isClustered: isClustered ?? (type === 'PK' && !hasClusteredIndex),
      constraint: { type, objectId, isSystemNamed: given === undefined },
      key: keyColumns(columns, rest.columns, place),
      included: [],
      filter: undefined,
      fillFactor: assertFillFactor(fillFactor, place),
      filegroupId: names.filegroup(table.filegroup, where),
    })
  }
  for (const index of table.indexes ?? []) {
    const place = `${where}, index ${index.name}`
    drafts.push({
      name: index.name,
      isUnique: index.isUnique ?? false,
      isClustered: index.isClustered ?? false,
      constraint: undefined,
      key: keyColumns(columns, index.columns, place),
      included: (index.included ?? []).map((name) => columnNamed(columns, name, place)),
      filter: index.filter,
      fillFactor: assertFillFactor(index.fillFactor ?? 0, place),
      filegroupId: names.filegroup(index.filegroup ?? table.filegroup, place),
    })
  }
  assertIndexes(drafts, where)
  return drafts
}

function assertIndexes(drafts: readonly IndexDraft[], where: string): void {
  if (drafts.filter(({ isClustered }) => isClustered).length > 1) {
    throw invalidDefinition(where, 'it has more than one clustered index')
  }
  const indexNames = drafts.map(({ name = '' }) => name.toLowerCase())
  const twice = indexNames.find((name, index) => indexNames.indexOf(name) !== index)
  if (twice !== undefined) throw invalidDefinition(where, `it has two indexes ${twice}`)
  for (const { isClustered, included, filter, name } of drafts) {
    if (isClustered && (included.length > 0 || filter !== undefined)) {
      throw invalidDefinition(
        `${where}, index ${name}`,
        'a clustered index holds all columns and rows',
      )
    }
  }
}

function assertFillFactor(fillFactor: number, place: string): number {
  if (Number.isInteger(fillFactor) && fillFactor >= 0 && fillFactor <= 100) return fillFactor
  throw invalidDefinition(place, 'a fill factor is 0 to 100')
}

function nameOf(column: KeyColumn): string {
  return typeof column === 'string' ? column : column.name
}

function keyColumns(
  columns: readonly PlannedColumn[],
  key: readonly KeyColumn[],
  place: string,
): PlannedKeyColumn[] {
  if (key.length === 0 || key.length > MOST_KEY_COLUMNS) {
    throw invalidDefinition(place, 'a key has 1 to 32 columns')
  }
  return key.map((entry) => {
    const column = columnNamed(columns, nameOf(entry), place)
    const { type } = column.declared
    if (NO_KEY_TYPES.includes(type.name) || type.maxLength === MAX_LENGTH) {
      throw invalidDefinition(place, `column ${column.definition.name} is too large for a key`)
    }
    const isDescending = typeof entry === 'string' ? false : (entry.isDescending ?? false)
    return { column, isDescending }
  })
}

function columnNamed(
  columns: readonly PlannedColumn[],
  name: string,
  place: string,
): PlannedColumn {
  const wanted = name.toLowerCase()
  const column = columns.find(
    ({ definition }) => definition.isDropped !== true && definition.name.toLowerCase() === wanted,
  )
  if (column === undefined) throw invalidDefinition(place, `there is no column ${name}`)
  if (column.rowIndex === undefined) {
    throw invalidDefinition(place, `the rows hold no values of column ${name}`)
  }
  return column
}

interface DataToPlan {
  readonly objectId: number
  readonly columns: readonly PlannedColumn[]
  readonly clustered: IndexDraft | undefined
  readonly filegroupId: number
}

/** Records of a clustered index begin with the key; the uniquifier comes behind it. */
function planData(
  names: DatabaseNames,
  { objectId, columns, clustered, filegroupId }: DataToPlan,
): PlannedIndex {
  const key = clustered?.key ?? []
  const inKey = new Set(key.map(({ column }) => column))
  const rest = columns.filter((column) => column.isStored && !inKey.has(column))
  const needsUniquifier = clustered !== undefined && !clustered.isUnique
  const keyEntries = key.map(({ isDescending }, index) => ({ column: index, isDescending }))
  const stored = [
    ...key.map(({ column }) => rowsetColumn(column)),
    ...(needsUniquifier ? [UNIQUIFIER] : []),
    ...rest.map(rowsetColumn),
  ]
  const sources: StoredSource[] = [
    ...key.map(({ column }) => column.rowIndex ?? 0),
    ...(needsUniquifier ? ['uniquifier' as const] : []),
    ...rest.flatMap(({ rowIndex }) => rowIndex ?? []),
  ]
  if (needsUniquifier) keyEntries.push({ column: key.length, isDescending: false })
  const rowset = planRowset(
    {
      rowsetId: names.nextRowsetId(),
      objectId,
      indexId: clustered === undefined ? 0 : 1,
      filegroupId,
      columns: stored,
      key: keyEntries,
      isUnique: clustered?.isUnique ?? false,
      indexRecordsHaveNullBitmap: true,
      fillFactor: clustered?.fillFactor ?? 0,
      isSystem: false,
    },
    (type) => names.nextUnitId(type),
  )
  const heap = { name: undefined, isUnique: false, constraint: undefined, key, included: [] }
  const facts = clustered ?? { ...heap, filter: undefined, fillFactor: 0 }
  return { ...facts, indexId: clustered === undefined ? 0 : 1, filegroupId, rowset, sources }
}

function rowsetColumn({ columnId, declared, isNullable, definition }: PlannedColumn): RowsetColumn {
  const { name, isSparse = false, isDropped = false, addedLater } = definition
  return {
    stored: { columnId, name, type: declared.type, isNullable, isSparse },
    declared,
    rowsetColumnId: columnId,
    isDropped,
    isAddedLater: addedLater !== undefined,
  }
}

interface NonclusteredToPlan {
  readonly objectId: number
  readonly draft: IndexDraft
  readonly indexId: number
  readonly data: PlannedIndex
}

function planNonclustered(
  names: DatabaseNames,
  { objectId, draft, indexId, data }: NonclusteredToPlan,
): PlannedIndex {
  const placeOf = (column: PlannedColumn) => data.sources.indexOf(column.rowIndex ?? -1)
  const { columns, key, sources } = indexStorage(
    { columns: data.rowset.columns, key: data.rowset.definition.key, isHeap: data.indexId === 0 },
    {
      key: draft.key.map(({ column, isDescending }) => ({ column: placeOf(column), isDescending })),
      included: draft.included.map(placeOf),
      isUnique: draft.isUnique,
    },
  )
  const rowset = planRowset(
    {
      rowsetId: names.nextRowsetId(),
      objectId,
      indexId,
      filegroupId: draft.filegroupId,
      columns,
      key,
      isUnique: draft.isUnique,
      indexRecordsHaveNullBitmap: true,
      fillFactor: draft.fillFactor,
      isSystem: false,
    },
    (type) => names.nextUnitId(type),
  )
  return { ...draft, indexId, rowset, sources }
}
