/**
 * Writes rowsets into the pages of new data files. Records are made in `record` and `compression`,
 * values in `value`: pure functions over bytes that know nothing of pages and files.
 *
 * Decision: units have extents of their own from their first page on, as SQL Server 2016 and later give
 * them out by default; IAM pages, the boot page and what shares an extent with a PFS page are in mixed
 * extents. Files of a filegroup take turns with every extent. Pages of large values are of the type
 * "text mix", as all of the files at hand have them.
 *
 * Decision: all pages that one rowset takes carry the same LSN, the next rowset's a higher one.
 *
 * @module
 */
export {
  type ColumnLayout,
  type ColumnPlace,
  layOut,
  type RowsetLayout,
  type RowsetShape,
} from './layout.ts'
export type { RowsetWriter } from './rowset-writer.ts'
export {
  type DataFileToWrite,
  rowAddressBytes,
  type StorageEnd,
  type StorageOptions,
  StorageWriter,
} from './storage-writer.ts'
