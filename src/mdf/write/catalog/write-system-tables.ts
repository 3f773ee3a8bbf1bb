import type { PagePointer } from '../../page/page.ts'
import { MAX_LENGTH, type SqlDateTime } from '../../sql-type.ts'
import type { WrittenRowset } from '../rowset-definition.ts'
import type { StorageWriter } from '../storage/index.ts'
import { type BaseRowset, planBaseTable, writeBaseTable } from './base-rowsets.ts'
import type { BaseColumn, BaseTable } from './base-tables.ts'
import { SYS_SCHEMA } from './initial-rows.ts'
import { describeRowset, describeUnits, type RowsetPlan } from './stored-rowset.ts'
import type { SystemRows } from './system-rows.ts'

/** A rowset that is written already, to be described. */
export interface UserRowset {
  readonly plan: RowsetPlan
  readonly written: WrittenRowset
}

const SYSALLOCUNITS = 7
const SYSTEM_TABLE_STATUS = 0xe0001
const CLUSTERED_STATUS = 0x8000b
const REPEATING_STATUS = 0x80003
const HEAP_STATUS = 0x80001
const KEY_COLUMN = 0x3
const INCLUDED_COLUMN = 0x12
const NOT_NULL = 0x1
const ANSI_PADDED = 0x2
const LARGEST_IN_ROW = 8000
const PADDED_TYPES: readonly string[] = [
  'char',
  'varchar',
  'nchar',
  'nvarchar',
  'binary',
  'varbinary',
]

/** The rows that describe the base tables themselves, but for their storage. */
export function addBaseTables(rows: SystemRows, created: SqlDateTime): void {
  for (const table of rows.tables) {
    const { objectId: id, name, columns } = table
    rows.add('sysschobjs', {
      id,
      name,
      nsid: SYS_SCHEMA,
      status: SYSTEM_TABLE_STATUS,
      type: 'S ',
      pclass: 1,
      intprop: columns.length,
      created,
      modified: created,
    })
    for (const column of columns) addBaseColumn(rows, id, column)
    addBaseIndexes(rows, table)
  }
}

function addBaseColumn(rows: SystemRows, id: number, column: BaseColumn): void {
  const { columnId, name, declared, isNullable } = column
  const { type, systemTypeId, userTypeId, length } = declared
  rows.add('syscolpars', {
    id,
    colid: columnId,
    name,
    xtype: systemTypeId,
    utype: userTypeId,
    length,
    prec: type.precision,
    scale: type.scale,
    collationid: type.collationId,
    status: (isNullable ? 0 : NOT_NULL) | (PADDED_TYPES.includes(type.name) ? ANSI_PADDED : 0),
    maxinrow: type.maxLength === MAX_LENGTH ? LARGEST_IN_ROW : type.maxLength,
  })
}

function addBaseIndexes(rows: SystemRows, table: BaseTable): void {
  const { objectId: id, indexes, columns } = table
  const [data, ...others] = planBaseTable(table)
  const rowsetOf = (at: number) =>
    (at === 0 ? data : others[at - 1])?.plan.definition.rowsetId ?? 0n
  if (indexes.length === 0) {
    rows.add('sysidxstats', { id, status: HEAP_STATUS, rowset: rowsetOf(0) })
  }
  indexes.forEach(({ indexId, name, isUnique, key, included }, at) => {
    rows.add('sysidxstats', {
      id,
      indid: indexId,
      name,
      status: isUnique ? CLUSTERED_STATUS : REPEATING_STATUS,
      type: Math.min(indexId, 2),
      rowset: rowsetOf(at),
    })
    ;[...key, ...included].forEach((column, position) => {
      rows.add('sysiscols', {
        idmajor: id,
        idminor: indexId,
        subid: position + 1,
        status: position < key.length ? KEY_COLUMN : INCLUDED_COLUMN,
        intprop: columns[column]?.columnId ?? 0,
        tinyprop1: position < key.length ? position + 1 : 0,
      })
    })
  })
}

/**
 * Writes all base tables; `rows` has everything but the storage. They describe their own storage and
 * the files they are in, so they are written twice: the first time to learn where everything goes.
 * `describeFiles` puts the rows of the files in their place; their sizes are known at its second call.
 * @returns the first page of sysallocunits, which the boot page names
 */
export function writeSystemTables(
  writer: StorageWriter,
  rows: SystemRows,
  userRowsets: readonly UserRowset[],
  describeFiles: () => void,
): PagePointer | undefined {
  const tables = rows.tables.map(planBaseTable)
  describeFiles()
  describeAllRowsets(rows, tables.flat(), userRowsets)
  describeAllUnits(rows, tables.flat(), userRowsets, [])
  const writeAll = () => tables.flatMap((rowsets) => writeBaseTable(writer, rowsets, rows))
  const rehearsed = writer.rehearse(() => {
    const written = writeAll()
    describeFiles()
    return written
  })
  describeAllUnits(rows, tables.flat(), userRowsets, rehearsed)
  const written = writeAll()
  const place = tables.flat().findIndex(({ table }) => table.objectId === SYSALLOCUNITS)
  return written[place]?.units[0]?.firstPage
}

/** The tables that are described hold their own descriptions: the first round is to count them. */
function describeAllRowsets(
  rows: SystemRows,
  baseRowsets: readonly BaseRowset[],
  userRowsets: readonly UserRowset[],
): void {
  const units =
    baseRowsets.reduce((sum, { plan }) => sum + plan.units.length, 0) +
    userRowsets.reduce((sum, { plan }) => sum + plan.units.length, 0)
  for (let round = 0; round < 2; round++) {
    const selfDescribing = ['sysrowsets', 'sysrscols']
    const countOf = (name: string) => (name === 'sysallocunits' ? units : rows.rowsOf(name).length)
    const exact = new Map(rows.tables.map(({ name }) => [name, countOf(name)]))
    for (const name of selfDescribing) rows.clear(name)
    for (const { plan, table } of baseRowsets)
      describeRowset(rows, plan, exact.get(table.name) ?? 0)
    for (const { plan, written } of userRowsets) describeRowset(rows, plan, written.rowCount)
  }
}

function describeAllUnits(
  rows: SystemRows,
  baseRowsets: readonly BaseRowset[],
  userRowsets: readonly UserRowset[],
  written: readonly WrittenRowset[],
): void {
  rows.clear('sysallocunits')
  baseRowsets.forEach(({ plan }, index) => {
    describeUnits(rows, plan, written[index])
  })
  for (const user of userRowsets) describeUnits(rows, user.plan, user.written)
}
