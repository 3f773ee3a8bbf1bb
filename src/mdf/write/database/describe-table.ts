import { collationCodePage } from '../../collation/collation.ts'
import type { SqlDateTime } from '../../sql-type.ts'
import { MAX_LENGTH, type SqlValue, SqlVariant } from '../../sql-type.ts'
import { codePageDecoder } from '../../value/code-page.ts'
import { PRIMARY_FILEGROUP, REFERENCES } from '../catalog/initial-rows.ts'
import { parseType } from '../catalog/parse-type.ts'
import { isLargeType } from '../catalog/stored-rowset.ts'
import type { SystemRows } from '../catalog/system-rows.ts'
import { codePageEncoder } from '../value/code-page-encoder.ts'
import { encodeValue } from '../value/value-encoder.ts'
import type { PlannedColumn } from './plan-columns.ts'
import type { PlannedIndex, PlannedTable } from './plan-table.ts'
import type { WrittenTable } from './write-table.ts'

/** Bits of sysschobjs.status. */
export const OBJECT_STATUS = {
  systemNamed: 0x4,
  disabled: 0x100,
  notTrusted: 0x400,
  insteadOf: 0x400,
  table: 0xe0000,
  default: 0x20000,
  check: 0x120000,
  /** ANSI_NULLS and QUOTED_IDENTIFIER are on. */
  module: 0xc0000,
} as const
const COLUMN_STATUS = {
  notNull: 0x1,
  ansiPadded: 0x2,
  identity: 0x4,
  rowGuid: 0x8,
  computed: 0x10,
  persisted: 0x40,
  deterministic: 0x80,
  sparse: 0x1000000,
} as const
const INDEX_STATUS = {
  index: 0x1,
  withStatistics: 0x2,
  unique: 0x8,
  primaryKey: 0x20,
  uniqueConstraint: 0x40,
  filtered: 0x20000,
  always: 0x80000,
} as const
const INDEX_COLUMN_STATUS = { key: 0x3, descending: 0x4, included: 0x12 } as const
const TEXT_CLASSES = { module: 1, computed: 2, filter: 7 } as const
const SINGLE_BYTE_TEXT = 2
const PADDED_TYPES: readonly string[] = [
  'char',
  'varchar',
  'nchar',
  'nvarchar',
  'binary',
  'varbinary',
]
const LARGEST_IN_ROW = 8000
const INT = parseType('int', 0).type

/** What describing needs to know of the database. */
export interface DescribeContext {
  readonly rows: SystemRows
  readonly collationId: number
  readonly created: SqlDateTime
}

export interface ObjectToDescribe {
  readonly id: number
  readonly name: string
  readonly nsid: number
  /** Padded to two characters when it is added. */
  readonly type: string
  readonly status: number
  readonly pid?: number
  readonly intprop?: number
}

export function addObject({ rows, created }: DescribeContext, object: ObjectToDescribe): void {
  const { type, ...rest } = object
  const dates = { created, modified: created }
  rows.add('sysschobjs', { ...rest, type: type.padEnd(2), pclass: 1, ...dates })
}

/** A text of sysobjvalues: in the database's code page if that has all its characters. */
export function addText(
  { rows, collationId }: DescribeContext,
  key: { readonly valclass: number; readonly objid: number; readonly subobjid: number },
  text: string,
): void {
  const singleByte = singleByteText(collationId, text)
  const value = new SqlVariant(INT, singleByte === undefined ? 0 : SINGLE_BYTE_TEXT)
  rows.add('sysobjvalues', { ...key, value, imageval: singleByte ?? Buffer.from(text, 'utf16le') })
}

export function addModuleText(
  context: DescribeContext,
  objid: number,
  text: string,
  subobjid = 0,
): void {
  addText(context, { valclass: TEXT_CLASSES.module, objid, subobjid }, text)
}

function singleByteText(collationId: number, text: string): Buffer | undefined {
  const codePage = collationCodePage(collationId)
  const encoder = codePageEncoder(codePage)
  const scratch = Buffer.alloc(encoder.bound(text.length))
  const bytes = scratch.subarray(0, encoder.write(text, scratch, 0))
  return codePageDecoder(codePage)(bytes, 0, bytes.length) === text ? bytes : undefined
}

/** All rows of the system tables that describe a table but for its storage and its foreign keys. */
export function describeTable(
  context: DescribeContext,
  table: PlannedTable,
  { lastIdentities }: WrittenTable,
): void {
  const { objectId, schemaId, definition, columns, data } = table
  const intprop = Math.max(...columns.map(({ columnId }) => columnId))
  const object = { id: objectId, name: definition.name, nsid: schemaId, type: 'U' }
  addObject(context, { ...object, status: OBJECT_STATUS.table, intprop })
  for (const column of columns) {
    if (column.definition.isDropped === true) continue
    addColumn(context, table, column, lastIdentities)
    addDefault(context, table, column)
    addAddedDefault(context, table, column)
  }
  for (const index of [data, ...table.nonclustered]) addIndex(context, table, index)
  if (data.rowset.units.some(({ type }) => type === 2)) {
    const lob = { class: REFERENCES.lobDataSpace, depid: objectId, depsubid: 1 }
    context.rows.add('syssingleobjrefs', { ...lob, indepid: data.filegroupId })
  }
}

function addColumn(
  { rows }: DescribeContext,
  { objectId }: PlannedTable,
  column: PlannedColumn,
  lastIdentities: ReadonlyMap<number, bigint | null>,
): void {
  const { definition, columnId, declared, defaultObjectId } = column
  const { type, systemTypeId, userTypeId, length } = declared
  const isLarge = isLargeType(type) && type.name !== 'text' && type.name !== 'ntext'
  rows.add('syscolpars', {
    id: objectId,
    colid: columnId,
    name: definition.name,
    xtype: systemTypeId,
    utype: userTypeId,
    length,
    prec: type.precision,
    scale: type.scale,
    collationid: type.collationId,
    status: columnStatus(column),
    maxinrow: isLarge && type.maxLength === MAX_LENGTH ? LARGEST_IN_ROW : type.maxLength,
    dflt: defaultObjectId,
    idtval: identityValues(column, lastIdentities.get(columnId) ?? null),
  })
}

function columnStatus({ definition, isNullable, declared }: PlannedColumn): number {
  const { identity, isRowGuid = false, isSparse = false, computed } = definition
  const { notNull, ansiPadded, rowGuid, sparse, deterministic, persisted } = COLUMN_STATUS
  return (
    (isNullable ? 0 : notNull) |
    (PADDED_TYPES.includes(declared.type.name) ? ansiPadded : 0) |
    (identity === undefined ? 0 : COLUMN_STATUS.identity) |
    (isRowGuid ? rowGuid : 0) |
    (isSparse ? sparse : 0) |
    (computed === undefined ? 0 : COLUMN_STATUS.computed | deterministic) |
    (computed?.isPersisted === true ? persisted : 0)
  )
}

/** Last value, increment and seed as the column stores them, and 1 when there is no last value yet. */
function identityValues(
  { definition, declared }: PlannedColumn,
  last: bigint | null,
): Buffer | null {
  const { identity } = definition
  if (identity === undefined) return null
  const { seed = 1n, increment = 1n } = identity
  const bytes = [last ?? seed, increment, seed].map((number) =>
    integerBytes(declared.type.maxLength, number),
  )
  return Buffer.concat([...bytes, Buffer.of(last === null ? 1 : 0)])
}

/** Integers in as many bytes as the column; decimals with a sign byte before. */
function integerBytes(width: number, number: bigint): Buffer {
  const isDecimal = width > 1 && width % 2 === 1
  const bytes = Buffer.alloc(width)
  let rest = isDecimal && number < 0n ? -number : BigInt.asUintN(8 * width, number)
  if (isDecimal) bytes[0] = number < 0n ? 0 : 1
  for (let at = isDecimal ? 1 : 0; at < width; at++) {
    bytes[at] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return bytes
}

function addDefault(context: DescribeContext, table: PlannedTable, column: PlannedColumn): void {
  const { definition, columnId, defaultObjectId, defaultName } = column
  if (definition.computed !== undefined) {
    const key = { valclass: TEXT_CLASSES.computed, objid: table.objectId, subobjid: columnId }
    addText(context, key, definition.computed.text)
  }
  if (definition.default === undefined) return
  const systemNamed = definition.default.name === undefined ? OBJECT_STATUS.systemNamed : 0
  addObject(context, {
    id: defaultObjectId,
    name: defaultName,
    nsid: table.schemaId,
    type: 'D',
    status: OBJECT_STATUS.default | systemNamed,
    pid: table.objectId,
    intprop: columnId,
  })
  addModuleText(context, defaultObjectId, definition.default.text)
}

/** What the rows that were there before a column hold in it. */
function addAddedDefault(
  { rows }: DescribeContext,
  { data }: PlannedTable,
  column: PlannedColumn,
): void {
  const value: SqlValue = column.definition.addedLater?.value ?? null
  if (value === null || value instanceof SqlVariant) return
  const { type } = column.declared
  const place = data.rowset.columns.findIndex(({ stored }) => stored.columnId === column.columnId)
  const key = { valclass: 1, id: data.rowset.definition.rowsetId, subid: BigInt(place + 1) }
  const stored = isLargeType(type)
    ? { imageval: encodeValue(type, value) }
    : { value: new SqlVariant(type, value) }
  rows.add('sysseobjvalues', { ...key, ...stored })
}

function addIndex(context: DescribeContext, table: PlannedTable, index: PlannedIndex): void {
  const { rows } = context
  const { objectId } = table
  const { indexId, constraint, filter, filegroupId } = index
  const isElsewhere = filegroupId !== PRIMARY_FILEGROUP
  rows.add('sysidxstats', {
    id: objectId,
    indid: indexId,
    name: index.name ?? null,
    status: indexStatus(index),
    fillfact: index.fillFactor,
    type: Math.min(indexId, 2),
    dataspace: isElsewhere ? filegroupId : 0,
    lobds: isElsewhere ? filegroupId : 0,
    rowset: index.rowset.definition.rowsetId,
  })
  if (isElsewhere) {
    const space = { class: REFERENCES.indexDataSpace, depid: objectId, depsubid: indexId }
    rows.add('syssingleobjrefs', { ...space, indepid: filegroupId })
  }
  addIndexColumns(rows, objectId, index)
  if (filter !== undefined) {
    const key = { valclass: TEXT_CLASSES.filter, objid: objectId, subobjid: indexId }
    addText(context, key, filter.text)
  }
  if (constraint === undefined) return
  addObject(context, {
    id: constraint.objectId,
    name: index.name ?? '',
    nsid: table.schemaId,
    type: constraint.type,
    status: constraint.isSystemNamed ? OBJECT_STATUS.systemNamed : 0,
    pid: objectId,
  })
  const reference = { class: REFERENCES.keyIndex, depid: constraint.objectId, indepid: indexId }
  rows.add('syssingleobjrefs', reference)
}

function indexStatus({ indexId, isUnique, constraint, filter }: PlannedIndex): number {
  const { index, withStatistics, unique, primaryKey, uniqueConstraint, filtered, always } =
    INDEX_STATUS
  return (
    always |
    index |
    (indexId === 0 ? 0 : withStatistics) |
    (isUnique ? unique : 0) |
    (constraint?.type === 'PK' ? primaryKey : 0) |
    (constraint?.type === 'UQ' ? uniqueConstraint : 0) |
    (filter === undefined ? 0 : filtered)
  )
}

function addIndexColumns(
  rows: SystemRows,
  objectId: number,
  { indexId, key, included }: PlannedIndex,
): void {
  const position = { idmajor: objectId, idminor: indexId }
  key.forEach(({ column, isDescending }, at) => {
    rows.add('sysiscols', {
      ...position,
      subid: at + 1,
      status: INDEX_COLUMN_STATUS.key | (isDescending ? INDEX_COLUMN_STATUS.descending : 0),
      intprop: column.columnId,
      tinyprop1: at + 1,
    })
  })
  included.forEach(({ columnId }, at) => {
    const subid = key.length + at + 1
    rows.add('sysiscols', {
      ...position,
      subid,
      status: INDEX_COLUMN_STATUS.included,
      intprop: columnId,
    })
  })
}
