import type { AllocationUnit, Rowset } from '../../../../mdf/index.ts'
import { type CatalogView, catalogView, type ViewContext } from '../catalog-view.ts'
import { objectsOf } from './objects.ts'

const COMPRESSION_NAMES = ['NONE', 'ROW', 'PAGE', 'COLUMNSTORE', 'COLUMNSTORE_ARCHIVE'] as const
const UNIT_TYPES = ['DROPPED', 'IN_ROW_DATA', 'LOB_DATA', 'ROW_OVERFLOW_DATA'] as const
const IN_ROW = 1
const LOB = 2
const ROW_OVERFLOW = 3

export const STORAGE_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.partitions',
    `partition_id bigint
    object_id int
    index_id int
    partition_number int
    hobt_id bigint
    rows bigint ?
    filestream_filegroup_id smallint
    data_compression tinyint
    data_compression_desc nvarchar(60) ?
    xml_compression bit ?
    xml_compression_desc varchar(3) ?`,
    function* (context) {
      for (const rowset of userRowsets(context)) {
        yield {
          partition_id: rowset.rowsetId,
          object_id: rowset.objectId,
          index_id: rowset.indexId,
          partition_number: rowset.partitionNumber,
          hobt_id: rowset.rowsetId,
          rows: BigInt(Math.max(0, rowset.rowCount)),
          data_compression: rowset.compression,
          data_compression_desc: COMPRESSION_NAMES[rowset.compression] ?? null,
          xml_compression: false,
          xml_compression_desc: 'OFF',
        }
      }
    },
  ),
  catalogView(
    'sys.allocation_units',
    `allocation_unit_id bigint
    type tinyint
    type_desc nvarchar(60) ?
    container_id bigint
    data_space_id int ?
    total_pages bigint
    used_pages bigint
    data_pages bigint`,
    function* (context) {
      for (const rowset of userRowsets(context)) {
        for (const unit of unitsOf(rowset, context)) {
          yield {
            allocation_unit_id: unit.allocationUnitId,
            type: unit.type,
            type_desc: UNIT_TYPES[unit.type] ?? null,
            container_id: unit.rowsetId,
            data_space_id: unit.filegroupId,
            total_pages: BigInt(unit.reservedPages),
            used_pages: BigInt(unit.usedPages),
            data_pages: BigInt(unit.dataPages),
          }
        }
      }
    },
  ),
  catalogView(
    'sys.dm_db_partition_stats',
    `partition_id bigint ?
    object_id int
    index_id int
    partition_number int
    in_row_data_page_count bigint ?
    in_row_used_page_count bigint ?
    in_row_reserved_page_count bigint ?
    lob_used_page_count bigint ?
    lob_reserved_page_count bigint ?
    row_overflow_used_page_count bigint ?
    row_overflow_reserved_page_count bigint ?
    used_page_count bigint ?
    reserved_page_count bigint ?
    row_count bigint ?`,
    function* (context) {
      for (const rowset of userRowsets(context)) {
        const units = unitsOf(rowset, context)
        const sum = (pages: (unit: AllocationUnit) => number, type?: number): bigint =>
          BigInt(
            units
              .filter((unit) => type === undefined || unit.type === type)
              .reduce((total, unit) => total + pages(unit), 0),
          )
        yield {
          partition_id: rowset.rowsetId,
          object_id: rowset.objectId,
          index_id: rowset.indexId,
          partition_number: rowset.partitionNumber,
          in_row_data_page_count: sum((unit) => unit.dataPages, IN_ROW),
          in_row_used_page_count: sum((unit) => unit.usedPages, IN_ROW),
          in_row_reserved_page_count: sum((unit) => unit.reservedPages, IN_ROW),
          lob_used_page_count: sum((unit) => unit.usedPages, LOB),
          lob_reserved_page_count: sum((unit) => unit.reservedPages, LOB),
          row_overflow_used_page_count: sum((unit) => unit.usedPages, ROW_OVERFLOW),
          row_overflow_reserved_page_count: sum((unit) => unit.reservedPages, ROW_OVERFLOW),
          used_page_count: sum((unit) => unit.usedPages),
          reserved_page_count: sum((unit) => unit.reservedPages),
          row_count: BigInt(Math.max(0, rowset.rowCount)),
        }
      }
    },
  ),
]

function* userRowsets(context: ViewContext): Generator<Rowset> {
  const { catalog } = context.database.content
  for (const { objectId } of objectsOf(context)) yield* catalog.partitions(objectId)
}

function unitsOf({ rowsetId }: Rowset, { database }: ViewContext): readonly AllocationUnit[] {
  return database.content.catalog.allocationUnits(rowsetId)
}
