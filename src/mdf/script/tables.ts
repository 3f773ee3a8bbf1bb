import type { CatalogColumn, CatalogIndex, CatalogObject } from '../catalog/catalog-entries.ts'
import { columnDefinition } from './column-definition.ts'
import { compressionOptions, keyColumns, onClause, withClause } from './index-options.ts'
import { lineComment, quoteName, quoteString } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

/** Types whose trailing blanks or zeros ANSI_PADDING keeps. */
const PADDED_TYPES: ReadonlySet<string> = new Set(['char', 'varchar', 'binary', 'varbinary'])

/** CREATE TABLE with its columns, defaults and keys, then what only ALTER TABLE can say. */
export function* table(context: ScriptContext, object: CatalogObject): Generator<string> {
  const { objectId } = object
  const padding = ansiPadding(context, objectId)
  if (padding === 'OFF') yield 'SET ANSI_PADDING OFF'
  yield [...tableComments(context, objectId), createTable(context, object)].join('\n')
  if (padding === 'OFF') yield 'SET ANSI_PADDING ON'
  const name = context.qualified(object)
  if (object.lockEscalation !== 'TABLE') {
    yield `ALTER TABLE ${name} SET (LOCK_ESCALATION = ${object.lockEscalation})`
  }
  if (object.keepsLargeValuesOutOfRow) {
    yield `EXEC sys.sp_tableoption ${quoteString(name)}, 'large value types out of row', 'ON'`
  }
}

function createTable(context: ScriptContext, object: CatalogObject): string {
  const { objectId } = object
  const storage = context.storageOf(objectId)
  const on = storage === undefined ? '' : onClause(context, storage)
  const elements = tableElements(context, objectId, true)
  const list = elements === '' ? '' : ` (\n${elements}\n)`
  return `CREATE TABLE ${context.qualified(object)}${list}${graphKind(context, objectId)}${on}${heapOptions(context, storage)}`
}

/** A graph's node has two columns of the server's own, an edge more. */
function graphKind(context: ScriptContext, objectId: number): string {
  const NODE_COLUMNS = 2
  const columns = context.catalog.columns(objectId)
  const graphColumns = columns.filter((column) => context.isOfGraph(column)).length
  if (graphColumns === 0) return ''
  return graphColumns > NODE_COLUMNS ? ' AS EDGE' : ' AS NODE'
}

/**
 * The lines between the parentheses of CREATE TABLE or CREATE TYPE … AS TABLE; `isTable` is false for
 * the latter, whose constraints have no names.
 */
export function tableElements(context: ScriptContext, objectId: number, isTable: boolean): string {
  const columns = context.catalog.columns(objectId).filter((column) => !context.isOfGraph(column))
  const defaults = context.defaultsOf(objectId)
  const indexes = context.catalog.indexes(objectId)
  const lines = [
    ...columns.map((column) => {
      const found = defaults.find(({ columnId }) => columnId === column.columnId)
      const constraint = isTable || found === undefined ? found : { ...found, isSystemNamed: true }
      return columnDefinition(context, column, constraint)
    }),
    ...periodOf(columns),
    ...indexes.filter(isKey).map((index) => keyConstraint(context, index, isTable)),
    ...(isTable ? [] : indexes.filter(isOfTableType).map((index) => inlineIndex(context, index))),
  ]
  return lines.map((line) => `  ${line}`).join(',\n')
}

function isKey({ isPrimaryKey, isUniqueConstraint }: CatalogIndex): boolean {
  return isPrimaryKey || isUniqueConstraint
}

/** Nothing can be added to a table type once it is made. */
function isOfTableType(index: CatalogIndex): boolean {
  return !isKey(index) && index.type !== 'HEAP'
}

function inlineIndex(context: ScriptContext, index: CatalogIndex): string {
  const unique = index.isUnique ? ' UNIQUE' : ''
  const order = index.type === 'CLUSTERED' ? 'CLUSTERED' : 'NONCLUSTERED'
  return `INDEX ${quoteName(index.name)}${unique} ${order} ${keyColumns(context, index)}`
}

function periodOf(columns: readonly CatalogColumn[]): string[] {
  const nameOf = (wanted: string) =>
    columns.find(({ generatedAlways }) => generatedAlways === wanted)?.name
  const [start, end] = [nameOf('ROW START'), nameOf('ROW END')]
  if (start === undefined || end === undefined) return []
  return [`PERIOD FOR SYSTEM_TIME (${quoteName(start)}, ${quoteName(end)})`]
}

function keyConstraint(context: ScriptContext, index: CatalogIndex, isTable: boolean): string {
  const isNamed = isTable && !context.isSystemNamed(index)
  const constraint = isNamed ? `CONSTRAINT ${quoteName(index.name)} ` : ''
  const kind = index.isPrimaryKey ? 'PRIMARY KEY' : 'UNIQUE'
  const order = index.type === 'CLUSTERED' ? 'CLUSTERED' : 'NONCLUSTERED'
  const keys = keyColumns(context, index)
  const options = isTable ? `${withClause(context, index)}${onClause(context, index)}` : ''
  return `${constraint}${kind} ${order} ${keys}${options}`
}

/** A heap's compression is the table's own option; an index says its own. */
function heapOptions(context: ScriptContext, storage: CatalogIndex | undefined): string {
  if (storage?.type !== 'HEAP') return ''
  const options = compressionOptions(context, storage)
  return options.length === 0 ? '' : ` WITH (${options.join(', ')})`
}

function tableComments(context: ScriptContext, objectId: number): string[] {
  const name = context.objectName(objectId)
  const comments: string[] = []
  if (context.catalog.objectById(objectId)?.isMemoryOptimized === true) {
    context.note(`${name} is memory-optimized, and the script makes it a table on disk`)
    comments.push(lineComment('memory-optimized'))
  }
  if (ansiPadding(context, objectId) === 'MIXED') {
    context.note(`some columns of ${name} were made with ANSI_PADDING OFF`)
  }
  return comments
}

/** The setting that all columns were made with, when there is one. */
function ansiPadding(context: ScriptContext, objectId: number): 'ON' | 'OFF' | 'MIXED' {
  const columns = context.catalog.columns(objectId).filter(({ type, isComputed, userTypeId }) => {
    return PADDED_TYPES.has(type.name) && !isComputed && userTypeId < 256
  })
  const padded = columns.filter(({ isAnsiPadded }) => isAnsiPadded).length
  if (padded === columns.length) return 'ON'
  return padded === 0 ? 'OFF' : 'MIXED'
}

/** SYSTEM_VERSIONING for a table with a period, when the table of its old rows is known. */
export function* historyLink(context: ScriptContext, objectId: number): Generator<string> {
  if (periodOf(context.catalog.columns(objectId)).length === 0) return
  const history = context.details.historyTable(objectId)
  const name = context.objectName(objectId)
  if (history === undefined) context.note(`whether ${name} keeps a history`)
  else {
    yield `ALTER TABLE ${name} SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = ${context.objectName(history)}))`
  }
}
