import type { StorageCatalog } from '../catalog/storage-catalog.ts'
import type { DatabaseReader } from '../database-reader.ts'
import type { PageSource } from '../page-file.ts'
import type { PageOwner } from './page-owners.ts'

/** What the checks of tables and indexes need of the checks of files and pages that went before. */
export interface VerifyContext {
  /** Reads over `sources`. */
  readonly reader: DatabaseReader
  readonly storage: StorageCatalog
  /** The data files by file id, with damaged pages made readable. */
  readonly sources: ReadonlyMap<number, PageSource>
  /** Who claims a page in an IAM chain; undefined when nobody does. */
  ownerOf(fileId: number, pageNumber: number): PageOwner | undefined
  /** Whether a page's PFS byte calls it allocated; undefined when that can't be trusted. */
  isAllocated(fileId: number, pageNumber: number): boolean | undefined
  /** Called now and then; `total` and `done` count pages. */
  onProgress?(progress: { readonly done: number; readonly total: number }): void
}

/** What the checks of tables and indexes have looked at. */
export interface StructureSummary {
  /** Tables, indexed views and system tables. */
  readonly tablesChecked: number
  /** Rows of heaps and clustered indexes. */
  readonly rowsChecked: number
}
