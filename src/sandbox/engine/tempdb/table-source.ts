import type { CatalogColumn, CatalogObject, ForeignKey } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type {
  ForeignKeyRule,
  ModuleSource,
  ObjectName,
  SourceColumn,
  TableSource,
  TableWriter,
} from '../../tsql/index.ts'
import type { UndoLog } from '../transactions/session-transaction.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { memoryIndexes } from './memory-index.ts'
import type { MemoryTable } from './memory-table.ts'
import { moduleSource } from './module-source.ts'
import { isLocalTemporary } from './temporary-objects.ts'

/** A table of a database in memory, to read and to change in the transaction that `log` belongs to. */
export function memoryTableSource(
  database: MemoryDatabase,
  object: CatalogObject,
  log: UndoLog,
): TableSource {
  const { catalog } = database
  const columns = catalog.columns(object.objectId)
  const schema = catalog.schemaName(object)
  const table = (): MemoryTable => currentTable(database, object)
  return {
    kind: 'table',
    database: database.name,
    schema,
    name: catalog.displayName(object.objectId),
    columns: columns.map((column) => sourceColumn(column, database)),
    estimatedRowCount: catalog.rowCount(object.objectId),
    *scan(ordinals) {
      for (const { values } of table().scan()) {
        yield ordinals.map((ordinal) => values[ordinal] ?? null)
      }
    },
    get indexes() {
      return memoryIndexes(table())
    },
    *seek(read, ordinals) {
      for (const { values } of table().seek(read)) {
        yield ordinals.map((ordinal) => values[ordinal] ?? null)
      }
    },
    ...(isLocalTemporary(object.name) || object.name.startsWith('@')
      ? {}
      : { lockResource: `${database.name}:${object.objectId}` }),
    writer: tableWriter(database, object, { log, table, columns }),
  }
}

/** @throws SqlError 208 when it has been dropped since */
function currentTable(database: MemoryDatabase, object: CatalogObject): MemoryTable {
  const table = database.catalog.tables.get(object.objectId)
  if (table !== undefined) return table
  throw new SqlError(208, `Invalid object name '${object.name}'.`)
}

/** A column as FROM sees it. */
export function sourceColumn(column: CatalogColumn, { catalog }: MemoryDatabase): SourceColumn {
  const { name, type, isNullable, identity, objectId, columnId } = column
  const source = { name, type, nullable: isNullable, identity: identity !== undefined }
  if (catalog.isStored(column)) return source
  return { ...source, computedText: catalog.computedText(objectId, columnId) ?? 'NULL' }
}

interface WriterParts {
  readonly log: UndoLog
  readonly table: () => MemoryTable
  readonly columns: readonly CatalogColumn[]
}

function tableWriter(
  database: MemoryDatabase,
  { objectId }: CatalogObject,
  { log, table, columns }: WriterParts,
): TableWriter {
  const { catalog } = database
  const keys = catalog.foreignKeys.filter(({ isDisabled }) => !isDisabled)
  return {
    objectId,
    defaults: defaultsOf(database, objectId, columns),
    checks: catalog.checkConstraints
      .filter(({ parentObjectId, isDisabled }) => parentObjectId === objectId && !isDisabled)
      .map(({ name, text }) => ({ name, text })),
    computed: computedOf(database, objectId, columns),
    foreignKeys: keys
      .filter(({ parentObjectId }) => parentObjectId === objectId)
      .map((key) => foreignKeyRule(database, key)),
    referencingKeys: keys
      .filter(({ referencedObjectId }) => referencedObjectId === objectId)
      .map((key) => foreignKeyRule(database, key)),
    triggers: triggersOf(database, objectId),
    *scan(ordinals) {
      for (const { locator, values } of table().scan()) {
        yield { locator, values: ordinals.map((ordinal) => values[ordinal] ?? null) }
      }
    },
    *seek(read, ordinals) {
      for (const { locator, values } of table().seek(read)) {
        yield { locator, values: ordinals.map((ordinal) => values[ordinal] ?? null) }
      }
    },
    find: (locator) => table().row(locator)?.values,
    apply: (changes) => table().apply(changes, log),
    truncate: () => {
      if (catalog.foreignKeys.some((key) => isReferencedByOther(key, objectId))) {
        throw referencedByKey(catalog.displayName(objectId))
      }
      table().truncate(log)
    },
    nextIdentity: () => table().identity?.next() ?? 0n,
    noteIdentity: (value) => table().identity?.note(value),
    nextRowVersion: () => database.nextRowVersion(),
  }
}

function defaultsOf(
  { catalog }: MemoryDatabase,
  objectId: number,
  columns: readonly CatalogColumn[],
): TableWriter['defaults'] {
  const own = catalog.defaultConstraints.filter(({ parentObjectId }) => parentObjectId === objectId)
  return new Map(
    own.map(({ columnId, name, text }) => [
      columns.findIndex((column) => column.columnId === columnId),
      { name, text },
    ]),
  )
}

function computedOf(
  { catalog }: MemoryDatabase,
  objectId: number,
  columns: readonly CatalogColumn[],
): TableWriter['computed'] {
  const texts = new Map<number, string>()
  for (const [ordinal, column] of columns.entries()) {
    const text = catalog.computedText(objectId, column.columnId)
    if (text !== undefined && catalog.isStored(column)) texts.set(ordinal, text)
  }
  return texts
}

function isReferencedByOther(key: ForeignKey, objectId: number): boolean {
  return key.referencedObjectId === objectId && key.parentObjectId !== objectId
}

function referencedByKey(name: string): SqlError {
  return new SqlError(
    4712,
    `Cannot truncate table '${name}' because it is being referenced by a FOREIGN KEY constraint.`,
  )
}

function foreignKeyRule(database: MemoryDatabase, key: ForeignKey): ForeignKeyRule {
  const nameOf = (objectId: number, columnId: number): string =>
    database.catalog.columns(objectId).find((column) => column.columnId === columnId)?.name ?? ''
  const { parentObjectId, referencedObjectId } = key
  return {
    name: key.name,
    table: objectName(database, parentObjectId),
    columns: key.columns.map(({ parentColumnId }) => nameOf(parentObjectId, parentColumnId)),
    referencedTable: objectName(database, referencedObjectId),
    referencedColumns: key.columns.map(({ referencedColumnId }) =>
      nameOf(referencedObjectId, referencedColumnId),
    ),
    onDelete: ACTIONS[key.deleteAction],
    onUpdate: ACTIONS[key.updateAction],
  }
}

const ACTIONS = {
  NO_ACTION: 'no-action',
  CASCADE: 'cascade',
  SET_NULL: 'set-null',
  SET_DEFAULT: 'set-default',
} as const

function objectName(database: MemoryDatabase, objectId: number): ObjectName {
  const object = database.catalog.objectById(objectId)
  return {
    server: '',
    database: database.name,
    schema: object === undefined ? 'dbo' : database.catalog.schemaName(object),
    name: object?.name ?? '',
    line: 1,
  }
}

function triggersOf(database: MemoryDatabase, objectId: number): readonly ModuleSource[] {
  return database.catalog.objects
    .filter(({ type, parentObjectId, isDisabled }) => {
      return type === 'TR' && parentObjectId === objectId && !isDisabled
    })
    .flatMap((object) => moduleSource(database, object) ?? [])
}
