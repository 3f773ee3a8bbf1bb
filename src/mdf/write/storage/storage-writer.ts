import { PlatformError } from '../../../base/index.ts'
import type { Lsn } from '../../page/lsn.ts'
import type { SqlValue } from '../../sql-type.ts'
import type {
  RowAddress,
  RowsetDefinition,
  RowToWrite,
  WrittenRowset,
} from '../rowset-definition.ts'

/** A data file to create. */
export interface DataFileToWrite {
  readonly path: string
  /** 1 is the primary file. */
  readonly fileId: number
  readonly filegroupId: number
  readonly logicalName: string
  readonly fileGuid: string
  /** The file is made at least as large as this; otherwise as large as its content, in whole MiB. */
  readonly minimumPages?: number
  /** -1 when unlimited. */
  readonly maxSizePages: number
  /** Pages, or percent when `growthIsPercent`. */
  readonly growth: number
  readonly growthIsPercent: boolean
}

/** What all files of a database share. */
export interface StorageIdentity {
  readonly bindingId: string
  readonly recoveryForkGuid: string
  /** Pages carry LSNs from here on; `lastLsn` says how far they went. */
  readonly firstLsn: Lsn
}

/** What only the catalog's writer knows when all rows are written. */
export interface StorageEnd {
  /** The whole DBINFO record, header included: it goes to byte 96 of page (1:9). */
  readonly bootRecord: Uint8Array
}

/**
 * Writes the data files of a database, rowset by rowset. Pages go to disk as they fill up; files have
 * temporary names until `finish`.
 */
export class StorageWriter {
  /** @throws PlatformError INVALID_ARGUMENT when there is no primary file or an id is there twice */
  constructor(_files: readonly DataFileToWrite[], _identity: StorageIdentity) {}

  /** The highest LSN that any page carries. */
  get lastLsn(): Lsn {
    throw new PlatformError('NOT_IMPLEMENTED', 'lastLsn')
  }

  /** Pages a file would have if the database were finished now. */
  sizePagesOf(_fileId: number): number {
    throw new PlatformError('NOT_IMPLEMENTED', 'sizePagesOf')
  }

  /**
   * Writes the rows of a heap or index, for an index in the order of its key. `values` are in the order
   * of the definition's columns; a heap's address column (nonclustered indexes) holds the 8 bytes of
   * `rowAddressBytes`, a uniquifier's null stands for the first row of its key. `onRow` hears where each
   * row that is no ghost went.
   * @throws PlatformError INVALID_ARGUMENT for a value its column cannot hold, STORE_FULL
   */
  writeRowset(
    _definition: RowsetDefinition,
    _rows: Iterable<RowToWrite>,
    _onRow?: (values: readonly SqlValue[], address: RowAddress) => void,
  ): WrittenRowset {
    throw new PlatformError('NOT_IMPLEMENTED', 'writeRowset')
  }

  /**
   * Runs `action` and forgets everything it wrote, so that the same calls afterwards give the same
   * addresses, page counts, sizes and LSNs: for tables that describe themselves. The rows may differ
   * then in values, not in length.
   */
  rehearse<T>(_action: () => T): T {
    throw new PlatformError('NOT_IMPLEMENTED', 'rehearse')
  }

  /** Writes headers, maps and the boot page, flushes the files and gives them their names. */
  finish(_end: StorageEnd): void {}

  /** Removes what is written so far; does nothing after `finish`. */
  abandon(): void {}
}

/** A row's address as nonclustered indexes on a heap store it: page u32, file u16, slot u16. */
export function rowAddressBytes({ fileId, pageNumber, slot }: RowAddress): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(pageNumber, 0)
  bytes.writeUInt16LE(fileId, 4)
  bytes.writeUInt16LE(slot, 6)
  return bytes
}
