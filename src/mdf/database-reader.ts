import { PlatformError } from '../base/index.ts'
import { Catalog } from './catalog/catalog.ts'
import { CatalogDetails } from './catalog/catalog-details.ts'
import { StorageCatalog } from './catalog/storage-catalog.ts'
import type { FileExtents } from './page/allocation.ts'
import { type BootPage, readBootPage, readInternalVersion } from './page/boot-page.ts'
import { isEncryptedPage } from './page/encrypted-page.ts'
import { type FileHeader, readFileHeader } from './page/file-header.ts'
import { type Page, readVerifiedPage } from './page/page.ts'
import {
  NEWEST_SUPPORTED_VERSION,
  OLDEST_SUPPORTED_VERSION,
  sqlServerVersionName,
} from './page/sql-server-version.ts'
import type { PageSource } from './page-file.ts'
import type { SqlValue } from './sql-type.ts'
import { type ScanRequest, scanTable } from './table/scan-table.ts'
import { type SeekRequest, seekTable } from './table/seek-table.ts'
import { openIndexes, type SearchableIndex, type TableIndex } from './table/table-index.ts'

const PRIMARY_FILE_ID = 1
const BOOT_PAGE_NUMBER = 9
/** Verified pages kept beside the files' own caches: upper index pages, PFS pages, large values. */
const VERIFIED_PAGES_KEPT = 256

/** Which rows to find, by which index. */
export type TableSeek = Pick<SeekRequest, 'range' | 'isBackward' | 'mostLookups'> & {
  readonly indexId: number
}

/**
 * Reads a database's catalog and rows from its data files. Nothing but the boot page is read before
 * it is asked for. The files stay the caller's until `close` closes them.
 */
export class DatabaseReader implements FileExtents {
  readonly bootPage: BootPage
  /** Schemas, objects, columns, indexes, …, each system table read when it is first needed. */
  readonly catalog: Catalog
  /** What only a script of the schema asks for: permissions, partitions, synonyms and so on. */
  readonly details: CatalogDetails
  readonly #files: ReadonlyMap<number, PageSource>
  readonly #storage: StorageCatalog
  readonly #verified = new Map<number, Page>()
  readonly #indexes = new Map<number, readonly TableIndex[]>()

  private constructor(files: ReadonlyMap<number, PageSource>) {
    this.#files = files
    const bootPage = this.readPage(PRIMARY_FILE_ID, BOOT_PAGE_NUMBER)
    assertSupportedVersion(readInternalVersion(bootPage), bootPage.path)
    this.bootPage = readBootPage(bootPage)
    this.#refuseEncrypted()
    this.#storage = new StorageCatalog(this, this.bootPage)
    this.catalog = new Catalog(this.#storage, this.bootPage)
    this.details = new CatalogDetails(this.#storage, this.catalog)
  }

  /**
   * Opens a database. `files` are its primary file and its secondary ones in any order; log files
   * among them are ignored.
   * @throws PlatformError NOT_A_PRIMARY_FILE, FILE_DAMAGED, UNSUPPORTED_VERSION, UNSUPPORTED_STORAGE
   *   for an encrypted database
   */
  static open(files: readonly PageSource[]): DatabaseReader {
    const dataFiles = new Map<number, PageSource>()
    let hasPrimary = false
    for (const source of files) {
      const { fileId, kind } = readHeaderOf(source)
      if (kind !== 'log') dataFiles.set(fileId, source)
      if (fileId === PRIMARY_FILE_ID) hasPrimary = kind === 'primary'
    }
    if (!hasPrimary) {
      const paths = files.map(({ path }) => path).join(', ')
      throw new PlatformError('NOT_A_PRIMARY_FILE', `none of ${paths} is a primary data file`)
    }
    return new DatabaseReader(dataFiles)
  }

  /**
   * Opens a database whose data files are known by their ids, whatever their headers say: those of a
   * damaged database.
   * @throws PlatformError FILE_DAMAGED, UNSUPPORTED_VERSION, UNSUPPORTED_STORAGE
   */
  static over(dataFiles: ReadonlyMap<number, PageSource>): DatabaseReader {
    return new DatabaseReader(dataFiles)
  }

  /** Headers of the data files, by file id. */
  get fileHeaders(): readonly FileHeader[] {
    return [...this.#files.values()].map(readHeaderOf)
  }

  /**
   * The rows of a table or indexed view, with the values of the given columns in the given order; all
   * stored columns in the order of their ids when none are given. Rows come in storage order: by the
   * clustered index's key, partition by partition. Large values are read only when asked for.
   * @throws PlatformError FILE_DAMAGED (`details`: path, fileId, pageNumber, reason, expected, actual),
   *   UNSUPPORTED_STORAGE, INVALID_ARGUMENT for a column that is not stored
   */
  scanTable(objectId: number, columnIds?: readonly number[]): Generator<SqlValue[]> {
    return scanTable(this, this.#scanRequest(objectId, columnIds ?? this.storedColumnIds(objectId)))
  }

  /** The indexes of a table that `seekTable` can search, the clustered one first. */
  searchableIndexes(objectId: number): readonly SearchableIndex[] {
    const known = this.#indexes.get(objectId)
    if (known !== undefined) return known
    const opened = openIndexes(this, this.#storage, this.catalog.indexes(objectId))
    this.#indexes.set(objectId, opened)
    return opened
  }

  /**
   * Rows of a table by key: all of the range, and where the order of two texts is not certain some
   * beyond it. They come in the order of the index, unless they are too many to look up one by one.
   * @throws PlatformError FILE_DAMAGED, INVALID_ARGUMENT for an index that can't be searched
   */
  seekTable(
    objectId: number,
    columnIds: readonly number[],
    seek: TableSeek,
  ): Generator<SqlValue[]> {
    this.searchableIndexes(objectId)
    const index = this.#indexes.get(objectId)?.find(({ indexId }) => indexId === seek.indexId)
    if (index === undefined) {
      const message = `index ${seek.indexId} of object ${objectId} cannot be searched`
      throw new PlatformError('INVALID_ARGUMENT', message)
    }
    return seekTable(this, { ...this.#scanRequest(objectId, columnIds), ...seek, index })
  }

  #scanRequest(objectId: number, columnIds: readonly number[]): ScanRequest {
    return {
      storage: this.#storage,
      columns: this.catalog.columns(objectId),
      object: this.catalog.objectById(objectId),
      objectId,
      columnIds,
    }
  }

  /**
   * Ids of a table's columns that have stored values: all but computed ones that are not persisted, and
   * column sets, which repeat the sparse columns.
   */
  storedColumnIds(objectId: number): readonly number[] {
    const columnSet = this.catalog.columns(objectId).find(({ isColumnSet }) => isColumnSet)
    return this.#storage.storedColumnIds(objectId).filter((id) => id !== columnSet?.columnId)
  }

  /**
   * A page with its checksum or torn bits and its page id verified.
   * @throws PlatformError FILE_DAMAGED
   */
  readPage(fileId: number, pageNumber: number): Page {
    const key = fileId * 2 ** 32 + pageNumber
    const known = this.#verified.get(key)
    if (known !== undefined) return known
    const page = readVerifiedPage(this.#file(fileId), fileId, pageNumber)
    this.#verified.set(key, page)
    const oldest = this.#verified.keys().next()
    if (this.#verified.size > VERIFIED_PAGES_KEPT && !oldest.done) {
      this.#verified.delete(oldest.value)
    }
    return page
  }

  pageCountOf(fileId: number): number {
    return this.#file(fileId).pageCount
  }

  /** Closes the files. */
  close(): void {
    for (const source of this.#files.values()) source.close()
    this.#verified.clear()
  }

  /** Its pages would pass for damaged ones; the boot page alone is never encrypted. */
  #refuseEncrypted(): void {
    const first = this.bootPage.firstSysIndexes
    const source = first === undefined ? undefined : this.#files.get(first.fileId)
    if (first === undefined || source === undefined || first.pageNumber >= source.pageCount) return
    const bytes = source.readPage(first.pageNumber)
    if (!isEncryptedPage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) return
    throw new PlatformError(
      'UNSUPPORTED_STORAGE',
      `${source.path} is encrypted (TDE); only a server that has its certificate can read it`,
      { details: { path: source.path, reason: 'encrypted' } },
    )
  }

  #file(fileId: number): PageSource {
    const file = this.#files.get(fileId)
    if (file !== undefined) return file
    const path = this.#pathOf(PRIMARY_FILE_ID)
    throw new PlatformError(
      'FILE_DAMAGED',
      `${path}: it refers to file ${fileId}, which is none of its data files`,
      {
        details: { path, fileId, reason: 'page-id' },
      },
    )
  }

  #pathOf(fileId: number): string {
    return this.#files.get(fileId)?.path ?? ''
  }
}

/** @throws PlatformError UNSUPPORTED_VERSION for files older than SQL Server 2005 or newer than 2025 */
function assertSupportedVersion(internalVersion: number, path: string): void {
  if (internalVersion >= OLDEST_SUPPORTED_VERSION && internalVersion <= NEWEST_SUPPORTED_VERSION) {
    return
  }
  const name = sqlServerVersionName(internalVersion)
  throw new PlatformError(
    'UNSUPPORTED_VERSION',
    `${path} is of ${name} (internal version ${internalVersion}); versions ${OLDEST_SUPPORTED_VERSION} (SQL Server 2005) to ${NEWEST_SUPPORTED_VERSION} (SQL Server 2025) can be read`,
    { details: { path, internalVersion } },
  )
}

/** Page 0 names its own file: it is read before its file id is known. */
export function readHeaderOf(source: PageSource): FileHeader {
  const FILE_ID_OFFSET = 36
  const stored = source.readPage(0)
  const fileId = new DataView(stored.buffer, stored.byteOffset).getUint16(FILE_ID_OFFSET, true)
  return readFileHeader(readVerifiedPage(source, fileId, 0))
}
