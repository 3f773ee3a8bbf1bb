/**
 * Writes rowsets into the pages of new data files.
 * @module
 */
export {
  type ColumnLayout,
  type ColumnPlace,
  layOut,
  type RowsetLayout,
  type RowsetShape,
} from './layout.ts'
export {
  type DataFileToWrite,
  rowAddressBytes,
  type StorageEnd,
  type StorageOptions,
  StorageWriter,
} from './storage-writer.ts'
