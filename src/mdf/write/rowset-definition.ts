import type { PagePointer } from '../page/page.ts'
import type { SqlType, SqlValue } from '../sql-type.ts'

/** A column as a rowset stores it, in physical order; see `layOut` for where it goes. */
export interface StoredColumn {
  /**
   * column_id of the table's column, its id in the storage engine (sysrscols.hbcolid) for a sparse one;
   * 0 for a uniquifier or a heap's row address.
   */
  readonly columnId: number
  /** For messages. */
  readonly name?: string
  readonly type: SqlType
  readonly isNullable: boolean
  readonly isSparse?: boolean
  readonly isUniquifier?: boolean
}

export interface StoredKeyColumn {
  /** Index in `RowsetDefinition.columns`. */
  readonly column: number
  readonly isDescending: boolean
}

/** One partition of a heap or index that is to be written. */
export interface RowsetDefinition {
  readonly rowsetId: bigint
  readonly objectId: number
  /** 0 heap, 1 clustered index, above 1 nonclustered. */
  readonly indexId: number
  readonly filegroupId: number
  readonly allocationUnitIds: {
    readonly inRow: bigint
    readonly lob: bigint
    readonly rowOverflow: bigint
  }
  readonly columns: readonly StoredColumn[]
  /**
   * Empty for a heap. Rows come in its order. It holds all that tells rows apart: the uniquifier of a
   * clustered index, the row's address or clustering key of a nonclustered one, if they are not unique.
   */
  readonly key: readonly StoredKeyColumn[]
  readonly isUnique: boolean
  /**
   * Whether index records carry a null bitmap: SQL Server 2016 and later give one to all indexes of
   * user tables. By default those that have a column with NULLs do, as in older versions.
   */
  readonly indexRecordsHaveNullBitmap?: boolean
  /** By default none. Rows of compressed heaps cannot be forwarded. */
  readonly compression?: 'none' | 'row' | 'page'
  /** Whether leaf records end with a version tag; not those of compressed rowsets. */
  readonly hasVersionTags?: boolean
  /** 0 to 100: how full leaf pages are made; 0 means full. */
  readonly fillFactor: number
}

/** Where a row went: what nonclustered indexes on a heap keep. */
export interface RowAddress extends PagePointer {
  readonly slot: number
}

/** A row to write; a heap's row can be forwarded: its stub stays, the row goes elsewhere. */
export interface RowToWrite {
  readonly values: readonly SqlValue[]
  readonly isForwarded?: boolean
  /** Deleted, and not cleaned up yet. */
  readonly isGhost?: boolean
}

/** An allocation unit as written; page pointers are undefined when it has no pages. */
export interface WrittenUnit {
  readonly allocationUnitId: bigint
  /** 1 in-row data, 2 large values, 3 row overflow. */
  readonly type: 1 | 2 | 3
  readonly firstPage: PagePointer | undefined
  readonly root: PagePointer | undefined
  readonly firstIam: PagePointer | undefined
  readonly usedPages: number
  readonly dataPages: number
  readonly reservedPages: number
}

export interface WrittenRowset {
  readonly rowCount: number
  readonly units: readonly WrittenUnit[]
}
