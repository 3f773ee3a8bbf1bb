/**
 * Where bases and clones live on disk: one small driver contract, and the choice of the driver.
 *
 * @module
 */
export {
  type OpenedStore,
  type OpenStoreOptions,
  openStore,
  STORE_DRIVER_CHOICES,
  type StoreDriverChoice,
} from './select-driver.ts'
export type {
  StoreCapabilities,
  StoreDriver,
  StoreEntry,
  StoreFile,
  StoreUsage,
  TransferOptions,
} from './store-driver.ts'
