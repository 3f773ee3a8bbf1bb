import { MAX_LENGTH } from '../../sql-type.ts'
import type { DatabaseNames } from './database-names.ts'
import type {
  Compression,
  IndexDefinition,
  KeyColumn,
  KeyConstraintDefinition,
  TableDefinition,
} from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'
import { columnNamed, nameOf, type PlannedColumn } from './plan-columns.ts'

export interface PlannedKeyColumn {
  readonly column: PlannedColumn
  readonly isDescending: boolean
}

/** An index before it has an id and its rowset is laid out. */
export interface IndexDraft {
  readonly name: string
  readonly isClustered: boolean
  readonly isUnique: boolean
  /** The constraint it serves. */
  readonly constraint:
    | { readonly type: 'PK' | 'UQ'; readonly objectId: number; readonly isSystemNamed: boolean }
    | undefined
  readonly key: readonly PlannedKeyColumn[]
  readonly included: readonly PlannedColumn[]
  readonly filter: IndexDefinition['filter']
  readonly fillFactor: number
  readonly filegroupId: number
  readonly compression: Compression
}

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

/** What the drafts of a table's indexes have in common. */
interface TableToIndex {
  readonly names: DatabaseNames
  readonly table: TableDefinition
  readonly columns: readonly PlannedColumn[]
  readonly where: string
}

/** @throws PlatformError INVALID_ARGUMENT for indexes and keys that SQL Server would not make */
export function indexDrafts(context: TableToIndex): IndexDraft[] {
  const { table, where } = context
  const { primaryKey, uniqueConstraints = [], indexes = [] } = table
  const isClusteredElsewhere = [...uniqueConstraints, ...indexes].some(
    ({ isClustered }) => isClustered,
  )
  const drafts = [
    ...(primaryKey === undefined
      ? []
      : [constraintDraft(context, 'PK', { isClustered: !isClusteredElsewhere, ...primaryKey })]),
    ...uniqueConstraints.map((constraint) => constraintDraft(context, 'UQ', constraint)),
    ...indexes.map((index) => indexDraft(context, index)),
  ]
  assertIndexes(drafts, table, where)
  return drafts
}

function constraintDraft(
  { names, table, columns, where }: TableToIndex,
  type: 'PK' | 'UQ',
  constraint: KeyConstraintDefinition,
): IndexDraft {
  const { name: given, isClustered = false, fillFactor = 0, compression = 'none' } = constraint
  const objectId = names.nextObjectId()
  const digits = names.digits(`${where}.${type}.${objectId}`, 16)
  const name = given ?? `${type}__${table.name.slice(0, 8)}__${digits}`
  names.claim(table.schema ?? 'dbo', name, where)
  const place = `${where}, ${type === 'PK' ? 'primary key' : 'constraint'} ${name}`
  return {
    name,
    isUnique: true,
    isClustered,
    constraint: { type, objectId, isSystemNamed: given === undefined },
    key: keyColumns(columns, constraint.columns, place),
    included: [],
    filter: undefined,
    fillFactor: assertFillFactor(fillFactor, place),
    filegroupId: names.filegroup(table.filegroup, where),
    compression,
  }
}

function indexDraft(
  { names, table, columns, where }: TableToIndex,
  index: IndexDefinition,
): IndexDraft {
  const { name, isUnique = false, isClustered = false, compression = 'none' } = index
  const place = `${where}, index ${name}`
  return {
    name,
    isUnique,
    isClustered,
    constraint: undefined,
    key: keyColumns(columns, index.columns, place),
    included: (index.included ?? []).map((included) => columnNamed(columns, included, place)),
    filter: index.filter,
    fillFactor: assertFillFactor(index.fillFactor ?? 0, place),
    filegroupId: names.filegroup(index.filegroup ?? table.filegroup, place),
    compression,
  }
}

function assertIndexes(
  drafts: readonly IndexDraft[],
  { compression = 'none' }: TableDefinition,
  where: string,
): void {
  if (drafts.filter(({ isClustered }) => isClustered).length > 1) {
    throw invalidDefinition(where, 'it has more than one clustered index')
  }
  const indexNames = drafts.map(({ name }) => name.toLowerCase())
  const twice = indexNames.find((name, index) => indexNames.indexOf(name) !== index)
  if (twice !== undefined) throw invalidDefinition(where, `it has two indexes ${twice}`)
  for (const draft of drafts.filter(({ isClustered }) => isClustered)) {
    const place = `${where}, index ${draft.name}`
    if (draft.included.length > 0 || draft.filter !== undefined) {
      throw invalidDefinition(place, 'a clustered index holds all columns and rows')
    }
    if (draft.compression !== 'none' && draft.compression !== compression) {
      throw invalidDefinition(place, 'a clustered index is compressed as its table says')
    }
  }
}

function assertFillFactor(fillFactor: number, place: string): number {
  if (Number.isInteger(fillFactor) && fillFactor >= 0 && fillFactor <= 100) return fillFactor
  throw invalidDefinition(place, 'a fill factor is 0 to 100')
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
