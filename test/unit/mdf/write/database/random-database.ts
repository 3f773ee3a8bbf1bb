import path from 'node:path'
import {
  type ColumnDefinition,
  type DatabaseDefinition,
  type IndexDefinition,
  type RowDefinition,
  type RowValues,
  SqlDateTime,
  type SqlValue,
  SqlVariant,
  type TableDefinition,
} from '../../../../../src/mdf/index.ts'
import {
  DATABASE_COLLATIONS,
  Random,
  type RandomType,
  randomKeyType,
  randomType,
} from './random-values.ts'

/** A table and the rows that a scan of it has to give, in any order. */
export interface RandomTable {
  readonly definition: TableDefinition
  readonly scannedRows: readonly RowValues[]
  /** Ids of the columns that are there. */
  readonly columnIds: readonly number[]
}

export interface RandomDatabase {
  readonly definition: DatabaseDefinition
  readonly tables: readonly RandomTable[]
}

const COMPRESSIONS = ['none', 'none', 'row', 'page'] as const
const FILEGROUPS = ['PRIMARY', 'SECOND', 'THIRD']
const MIB = 1024 * 1024

/** A database of a few tables of any shape; the same seed gives the same one. */
export function randomDatabase(seed: number, folder: string): RandomDatabase {
  const random = new Random(seed * 7919 + 1)
  const filegroups = FILEGROUPS.slice(0, 1 + random.below(FILEGROUPS.length))
  const tables = Array.from({ length: 1 + random.below(3) }, (_, index) =>
    randomTable(random, `T${index + 1}`, filegroups),
  )
  const name = `random${seed}`
  const file = (ending: string) => path.join(folder, `${name}${ending}`)
  const more = [...filegroups.slice(1), ...(random.chance(40) ? [random.pick(filegroups)] : [])]
  return {
    definition: {
      name,
      files: [
        { path: file('.mdf'), sizeBytes: MIB },
        ...more.map((filegroup, index) => {
          return { path: file(`_${index}.ndf`), filegroup, sizeBytes: MIB }
        }),
      ],
      ...(random.chance(70) && { log: { path: file('_log.ldf'), sizeBytes: MIB } }),
      collation: random.pick(DATABASE_COLLATIONS),
      usesMixedExtents: random.chance(30),
      recoveryModel: random.pick(['FULL', 'SIMPLE', 'BULK_LOGGED']),
      tables: tables.map(({ definition }) => definition),
    },
    tables,
  }
}

interface RandomColumn {
  readonly definition: ColumnDefinition
  readonly type: RandomType
}

function randomTable(random: Random, name: string, filegroups: readonly string[]): RandomTable {
  const isCompressed = random.chance(40)
  const columns = randomColumns(random, !isCompressed)
  const keys = randomKeys(random, columns, filegroups)
  const definition: TableDefinition = {
    name,
    columns: columns.map((column) => column.definition),
    ...keys,
    filegroup: random.pick(filegroups),
    ...(isCompressed
      ? { compression: random.pick(['row', 'page'] as const) }
      : { hasVersionTags: random.chance(20) }),
  }
  const rows = randomRows(random, columns, definition)
  return {
    definition: { ...definition, rows },
    scannedRows: scannedRows(columns, rows),
    columnIds: columns.flatMap(({ definition: { isDropped } }, index) =>
      isDropped === true ? [] : [index + 1],
    ),
  }
}

const COMPUTED = { text: '([C1])' }
const PERSISTED = { ...COMPUTED, isPersisted: true }

/** Whether the rows have a value of the column. */
function isGiven({ definition: { addedLater: added, computed } }: RandomColumn): boolean {
  return added === undefined && (computed === undefined || computed === PERSISTED)
}

/** Those that were added later come last. */
function randomColumns(random: Random, canBeSparse: boolean): RandomColumn[] {
  const count = 1 + random.below(10)
  const first = plainColumn(random, 'C1', randomKeyType(random))
  const columns = [first]
  for (let index = 2; index <= count; index++) {
    const type = random.chance(60) ? randomType(random) : randomKeyType(random)
    const column = plainColumn(random, `C${index}`, type)
    const kind = random.below(14)
    if (kind === 0) columns.push(changed(column, { isDropped: true }))
    else if (kind === 3) columns.push(changed(column, { computed: COMPUTED, isNullable: true }))
    else if (kind === 4) columns.push(changed(column, { computed: PERSISTED }))
    else if (kind <= 2 && canBeSparse && type.canBeSparse) {
      columns.push(changed(column, { isSparse: true, isNullable: true }))
    } else columns.push(column)
  }
  const added = random.chance(20) ? 1 + random.below(2) : 0
  for (let index = 0; index < added; index++) {
    columns.push(addedLater(random, `Added${index}`))
  }
  return columns
}

function changed(column: RandomColumn, change: Partial<ColumnDefinition>): RandomColumn {
  return { ...column, definition: { ...column.definition, ...change } }
}

function plainColumn(random: Random, name: string, type: RandomType): RandomColumn {
  const collation = type.collation === undefined ? {} : { collation: type.collation }
  return {
    definition: { name, type: type.text, isNullable: random.chance(60), ...collation },
    type,
  }
}

function addedLater(random: Random, name: string): RandomColumn {
  const column = plainColumn(random, name, randomKeyType(random))
  const hasValue = column.definition.isNullable === false || random.chance(50)
  const value = hasValue ? column.type.value(random) : null
  return changed(column, { addedLater: { value } })
}

/** Primary key, unique constraints and indexes over the columns that can be keys. */
function randomKeys(
  random: Random,
  columns: readonly RandomColumn[],
  filegroups: readonly string[],
): Partial<TableDefinition> {
  const usable = columns.filter((column) => {
    const { definition, type } = column
    const { isDropped, isSparse } = definition
    return type.isKey && !isDropped && !isSparse && isGiven(column)
  })
  const notNull = usable.filter(({ definition }) => definition.isNullable === false)
  const hasPrimaryKey = notNull.length > 0 && random.chance(60)
  const isClustered = random.chance(70)
  let canCluster = !(hasPrimaryKey && isClustered)
  const indexes = Array.from({ length: random.below(4) }, (_, index): IndexDefinition => {
    const isThisClustered = canCluster && random.chance(30)
    if (isThisClustered) canCluster = false
    const key = someOf(random, usable)
    const included = columns.filter(
      (column) =>
        column.type.isIncludable &&
        column.definition.isDropped !== true &&
        isGiven(column) &&
        !key.includes(column) &&
        random.chance(15),
    )
    return {
      name: `IX${index}`,
      columns: keyOf(random, key),
      isUnique: random.chance(30),
      isClustered: isThisClustered,
      fillFactor: random.pick([0, 0, 100, 70, 30]),
      ...(isThisClustered
        ? {}
        : {
            included: included.map(({ definition: { name } }) => name),
            compression: random.pick(COMPRESSIONS),
            filegroup: random.pick(filegroups),
          }),
    }
  })
  if (!hasPrimaryKey) return { indexes }
  const name = random.chance(50) ? {} : { name: `PK_${random.below(1_000_000_000)}` }
  return {
    indexes,
    primaryKey: { columns: keyOf(random, someOf(random, notNull)), isClustered, ...name },
  }
}

function someOf(random: Random, columns: readonly RandomColumn[]): RandomColumn[] {
  const some = columns.filter(() => random.chance(40)).slice(0, 3)
  return some.length > 0 ? some : [random.pick(columns)]
}

function keyOf(random: Random, columns: readonly RandomColumn[]) {
  return columns.map(({ definition: { name } }) => ({ name, isDescending: random.chance(30) }))
}

/** Rows in any order; none has a unique key that another one has. */
function randomRows(
  random: Random,
  columns: readonly RandomColumn[],
  table: TableDefinition,
): RowDefinition[] {
  const given = columns.filter(isGiven)
  const { primaryKey, indexes = [] } = table
  const unique = [
    ...(primaryKey === undefined ? [] : [primaryKey]),
    ...indexes.filter((i) => i.isUnique),
  ]
  const isHeap = !(primaryKey?.isClustered ?? false) && !indexes.some((i) => i.isClustered)
  const places = unique.map((key) =>
    key.columns.map((column) =>
      given.findIndex((candidate) => candidate.definition.name === nameOf(column)),
    ),
  )
  const taken = places.map(() => new Set<string>())
  const nullPercent = random.pick([0, 10, 90])
  const rows: RowDefinition[] = []
  const count = random.pick([0, 1, 5, 40, 200, 700])
  for (let index = 0; index < count; index++) {
    const values = given.map(({ definition, type }) =>
      definition.isNullable === true && random.chance(nullPercent) ? null : type.value(random),
    )
    const keys = places.map((of) => of.map((place) => loose(values[place] ?? null)).join('|'))
    if (keys.some((key, at) => taken[at]?.has(key))) continue
    keys.forEach((key, at) => {
      taken[at]?.add(key)
    })
    const isForwarded = isHeap && table.compression === undefined && random.chance(5)
    rows.push({ values, isForwarded, isGhost: random.chance(4) })
  }
  return rows
}

function nameOf(column: string | { readonly name: string }): string {
  return typeof column === 'string' ? column : column.name
}

/** The same for all values that some index could take for equal. */
function loose(value: SqlValue): string {
  if (typeof value === 'string') return value.toLowerCase().trimEnd()
  if (value === 0) return '0'
  if (value instanceof SqlDateTime) {
    // The same moment at different places.
    const minutes = value.days * 1440 - value.offsetMinutes
    return `${minutes * 600_000_000 + value.ticks}`
  }
  return exact(value)
}

/** Different for values that differ in anything. */
export function exact(value: SqlValue): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  if (value instanceof SqlVariant) {
    const { name, maxLength, precision, scale, collationId } = value.type
    return `${name} ${[maxLength, precision, scale, collationId]} ${exact(value.value)}`
  }
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part))
}

function scannedRows(
  columns: readonly RandomColumn[],
  rows: readonly RowDefinition[],
): RowValues[] {
  const given = columns.filter(isGiven)
  const later = columns.flatMap(({ definition: { addedLater: added } }) =>
    added === undefined ? [] : [added.value ?? null],
  )
  return rows
    .filter(({ isGhost }) => isGhost !== true)
    .map(({ values }) => [
      ...values.filter((_, index) => given[index]?.definition.isDropped !== true),
      ...later,
    ])
}
