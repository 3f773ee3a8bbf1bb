import { COLUMN_STATUS } from '../../catalog/columns.ts'
import { TEXT_CLASSES } from '../../catalog/module-texts.ts'
import { OBJECT_STATUS } from '../../catalog/objects.ts'
import { MAX_LENGTH, type SqlValue, SqlVariant } from '../../sql-type.ts'
import { isLargeType } from '../catalog/stored-rowset.ts'
import { encodeValue } from '../value/value-encoder.ts'
import {
  addModuleText,
  addObject,
  addText,
  type DescribeContext,
  KIND_STATUS,
} from './describe-context.ts'
import type { PlannedColumn } from './plan-columns.ts'
import type { PlannedTable } from './plan-table.ts'

const PADDED_TYPES: readonly string[] = [
  'char',
  'varchar',
  'nchar',
  'nvarchar',
  'binary',
  'varbinary',
]
const LARGEST_IN_ROW = 8000

/** The columns that are still there, with their defaults. */
export function describeColumns(
  context: DescribeContext,
  table: PlannedTable,
  lastIdentities: ReadonlyMap<number, bigint | null>,
): void {
  for (const column of table.columns) {
    if (column.definition.isDropped === true) continue
    addColumn(context, table, column, lastIdentities)
    addDefault(context, table, column)
    addAddedDefault(context, table, column)
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
    const key = { valclass: TEXT_CLASSES.computedColumn, objid: table.objectId, subobjid: columnId }
    addText(context, key, definition.computed.text)
  }
  if (definition.default === undefined) return
  const systemNamed = definition.default.name === undefined ? OBJECT_STATUS.systemNamed : 0
  addObject(context, {
    id: defaultObjectId,
    name: defaultName,
    nsid: table.schemaId,
    type: 'D',
    status: KIND_STATUS.default | systemNamed,
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
