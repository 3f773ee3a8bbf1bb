import type { PagePointer } from '../../page/page.ts'
import { MAX_LENGTH, type SqlType } from '../../sql-type.ts'
import { longestSparseVector } from '../record/sparse-vector.ts'
import type {
  RowsetDefinition,
  StoredColumn,
  WrittenRowset,
  WrittenUnit,
} from '../rowset-definition.ts'
import { type ColumnPlace, layOut, type RowsetLayout } from '../storage/index.ts'
import { type DeclaredType, parseType, typeInformation } from './parse-type.ts'
import type { SystemRows } from './system-rows.ts'

/** A column of a rowset, with what only the catalog knows of it. */
export interface RowsetColumn {
  readonly stored: StoredColumn
  readonly declared: DeclaredType
  /** sysrscols.rscolid: the table's column, or its number in a nonclustered index. */
  readonly rowsetColumnId: number
  readonly isDropped?: boolean
  /** The rows do not have it: it was added after they were written. */
  readonly isAddedLater?: boolean
}

/** A rowset to write and to describe. */
export interface RowsetPlan {
  readonly definition: RowsetDefinition
  readonly columns: readonly RowsetColumn[]
  readonly layout: RowsetLayout
  readonly units: readonly UnitPlan[]
  readonly isSystem: boolean
}

export interface UnitPlan {
  readonly allocationUnitId: bigint
  readonly type: WrittenUnit['type']
}

export interface RowsetToPlan extends Omit<RowsetDefinition, 'columns' | 'allocationUnitIds'> {
  readonly columns: readonly RowsetColumn[]
  readonly isSystem: boolean
}

/** Bits of sysrowsets.status, by how files of 2019 differ. */
const ROWSET_STATUS = {
  always: 0x2,
  unique: 0x4,
  indexNullBitmap: 0x40,
  holdsRows: 0x200,
  user: 0x40000,
} as const
const COLUMN_STATUS = {
  dropped: 0x2,
  descending: 0x8,
  uniquifier: 0x10,
  notNull: 0x80,
  sparse: 0x100,
} as const
const COMPRESSION_LEVELS = { none: 0, row: 1, page: 2 } as const
const INDEX_OR_HEAP = 1
const FIRST_DROPPED_COLUMN = 0x0400_0001
/** Rows that can be longer may have columns outside of the row. */
const LONGEST_ROW = 8060

const LARGE_TYPES: readonly string[] = ['text', 'ntext', 'image', 'xml', 'geometry', 'geography']

/** Whether values of the type can lie in pages of their own. */
export function isLargeType({ name, maxLength }: SqlType): boolean {
  return LARGE_TYPES.includes(name) || maxLength === MAX_LENGTH
}

/** Lays out a rowset and gives it its allocation units; `nextUnitId` is asked for each. */
export function planRowset(
  { columns, isSystem, ...rest }: RowsetToPlan,
  nextUnitId: (type: WrittenUnit['type']) => bigint,
): RowsetPlan {
  const stored = columns.map((column, index) => storedColumn(column, index))
  const shape = { ...rest, columns: stored }
  const layout = layOut(shape)
  const units: UnitPlan[] = [{ type: 1, allocationUnitId: nextUnitId(1) }]
  if (stored.some(({ type }) => isLargeType(type))) {
    units.push({ type: 2, allocationUnitId: nextUnitId(2) })
  }
  if (!isSystem && longestRow(layout, stored) > LONGEST_ROW) {
    units.push({ type: 3, allocationUnitId: nextUnitId(3) })
  }
  const idOf = (type: number) => units.find((unit) => unit.type === type)?.allocationUnitId ?? 0n
  const definition = {
    ...shape,
    columns: stored.filter((_, index) => columns[index]?.isAddedLater !== true),
    allocationUnitIds: { inRow: idOf(1), lob: idOf(2), rowOverflow: idOf(3) },
  }
  return { definition, columns, layout, units, isSystem }
}

/** Sparse columns come on top of what a layout counts. */
function longestRow({ maxLeafLength }: RowsetLayout, columns: readonly StoredColumn[]): number {
  const sparse = columns.flatMap(({ isSparse, type }) => (isSparse === true ? type.maxLength : []))
  return maxLeafLength + longestSparseVector(sparse)
}

/** Records name sparse columns by their ids in the storage engine. */
function storedColumn({ stored }: RowsetColumn, index: number): StoredColumn {
  return stored.isSparse === true ? { ...stored, columnId: index + 1 } : stored
}

/** The row of sysrowsets and those of sysrscols; `rowCount` is exact. */
export function describeRowset(rows: SystemRows, plan: RowsetPlan, rowCount: number): void {
  const { definition, layout } = plan
  rows.add('sysrowsets', {
    rowsetid: definition.rowsetId,
    ownertype: INDEX_OR_HEAP,
    idmajor: definition.objectId,
    idminor: definition.indexId,
    numpart: 1,
    status: statusOf(plan),
    rcrows: BigInt(rowCount),
    cmprlevel: COMPRESSION_LEVELS[definition.compression ?? 'none'],
    fillfact: definition.fillFactor,
    maxnullbit: layout.maxNullBit,
    maxleaf: layout.maxLeafLength,
    maxint: layout.maxInteriorLength,
    minleaf: layout.minLeafLength,
    minint: layout.minInteriorLength,
  })
  let dropped = FIRST_DROPPED_COLUMN
  plan.columns.forEach((column, index) => {
    const place = layout.columns[index]
    if (place === undefined) return
    const { leaf, interior, keyOrdinal, isDescending, maxInRowLength } = place
    rows.add('sysrscols', {
      rsid: definition.rowsetId,
      rscolid: column.isDropped === true ? dropped++ : column.rowsetColumnId,
      hbcolid: index + 1,
      rcmodified: BigInt(plan.isSystem ? 0 : rowCount),
      ti: typeInformation(column.declared),
      cid: column.declared.type.collationId,
      ordkey: keyOrdinal,
      maxinrowlen: maxInRowLength,
      status: columnStatus(column, isDescending),
      offset: halves(leaf.offset, interior.offset),
      nullbit: halves(leaf.nullBit, interior.nullBit),
      bitpos: bitPositions(leaf, interior),
    })
  })
}

/** Rows of sysallocunits; a unit that was not written yet has no pages. */
export function describeUnits(
  rows: SystemRows,
  plan: RowsetPlan,
  written: WrittenRowset | undefined,
): void {
  for (const { allocationUnitId, type } of plan.units) {
    const unit = written?.units.find((candidate) => candidate.type === type)
    rows.add('sysallocunits', {
      auid: allocationUnitId,
      type,
      ownerid: plan.definition.rowsetId,
      fgid: plan.definition.filegroupId,
      pgfirst: pointerBytes(unit?.firstPage),
      pgroot: pointerBytes(unit?.root),
      pgfirstiam: pointerBytes(unit?.firstIam),
      pcused: BigInt(unit?.usedPages ?? 0),
      pcdata: BigInt(unit?.dataPages ?? 0),
      pcreserved: BigInt(unit?.reservedPages ?? 0),
    })
  }
}

function statusOf({ definition, layout, isSystem }: RowsetPlan): number {
  const { indexId, isUnique } = definition
  const hasBitmap = layout.interiorHasNullBitmap || (indexId > 1 && layout.leafHasNullBitmap)
  return (
    ROWSET_STATUS.always |
    (isUnique && indexId > 0 ? ROWSET_STATUS.unique : 0) |
    (hasBitmap ? ROWSET_STATUS.indexNullBitmap : 0) |
    (indexId <= 1 ? ROWSET_STATUS.holdsRows : 0) |
    (isSystem ? 0 : ROWSET_STATUS.user)
  )
}

function columnStatus({ stored, isDropped }: RowsetColumn, isDescending: boolean): number {
  return (
    (stored.isNullable ? 0 : COLUMN_STATUS.notNull) |
    (isDropped === true ? COLUMN_STATUS.dropped : 0) |
    (isDescending ? COLUMN_STATUS.descending : 0) |
    (stored.isUniquifier === true ? COLUMN_STATUS.uniquifier : 0) |
    (stored.isSparse === true ? COLUMN_STATUS.sparse : 0)
  )
}

/** The leaf's number in the low half, that of upper pages in the high one. */
function halves(leaf: number, interior: number): number {
  return (leaf & 0xffff) | (interior << 16)
}

function bitPositions(leaf: ColumnPlace, interior: ColumnPlace): number {
  return leaf.bitPosition | (interior.bitPosition << 8)
}

function pointerBytes(pointer: PagePointer | undefined): Uint8Array {
  const bytes = Buffer.alloc(6)
  bytes.writeUInt32LE(pointer?.pageNumber ?? 0)
  bytes.writeUInt16LE(pointer?.fileId ?? 0, 4)
  return bytes
}

/** The address of a heap's row, as nonclustered indexes keep it. */
export const ROW_ADDRESS_TYPE = parseType('binary(8)', 0)
export const UNIQUIFIER_TYPE = parseType('int', 0)
