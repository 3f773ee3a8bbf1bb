import { PlatformError } from '../../../base/index.ts'
import type { Lsn } from '../../page/lsn.ts'
import { PAGE_TYPES } from '../../page/page.ts'
import type { SqlValue } from '../../sql-type.ts'
import { writeRecordAddress } from '../record/record-format.ts'
import type {
  RowAddress,
  RowsetDefinition,
  RowToWrite,
  WrittenRowset,
} from '../rowset-definition.ts'
import { BOOT_PAGE_NUMBER, DataFile, PFS } from './data-file.ts'
import { fileHeaderRecord } from './file-header-record.ts'
import { writeFileMaps, writeSystemPage } from './file-maps.ts'
import { FilegroupSpace } from './filegroup-space.ts'
import { PartialFile } from './partial-file.ts'
import { RowsetWriter } from './rowset-writer.ts'

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
export interface StorageOptions {
  readonly bindingId: string
  /** Pages carry LSNs from here on; `lastLsn` says how far they went. */
  readonly firstLsn: Lsn
  /**
   * Whether the first eight pages of an allocation unit come from extents it shares, as before SQL
   * Server 2016. By default units have extents of their own, and only IAM pages share some.
   */
  readonly usesMixedExtents?: boolean
}

/** What only the catalog's writer knows when all rows are written. */
export interface StorageEnd {
  /** The whole DBINFO record, header included: it goes to byte 96 of page (1:9). */
  readonly bootRecord: Uint8Array
}

interface FileToFinish {
  readonly definition: DataFileToWrite
  readonly file: DataFile
}

const PRIMARY_FILE_ID = 1
/** SQL Server sets this flag on page 0. */
const HEADER_PAGE_FLAG = 0x8

/**
 * Writes the data files of a database, rowset by rowset. Pages go to disk as they fill up; files have
 * temporary names until `finish`.
 */
export class StorageWriter {
  readonly #files: readonly FileToFinish[]
  readonly #filegroups = new Map<number, FilegroupSpace>()
  readonly #bindingId: string
  #lsn: Lsn
  #lobNumber = 0
  #isFinished = false

  /** @throws PlatformError INVALID_ARGUMENT when there is no primary file, or an id is there twice */
  constructor(files: readonly DataFileToWrite[], options: StorageOptions) {
    assertFileIds(files)
    this.#files = openFiles(files)
    this.#bindingId = options.bindingId
    this.#lsn = options.firstLsn
    for (const filegroupId of new Set(files.map((file) => file.filegroupId))) {
      const members = this.#files.filter(({ definition }) => definition.filegroupId === filegroupId)
      const space = new FilegroupSpace(
        members.map(({ file }) => file),
        options.usesMixedExtents ?? false,
      )
      this.#filegroups.set(filegroupId, space)
    }
  }

  /** The highest LSN that any page carries. */
  get lastLsn(): Lsn {
    return this.#lsn
  }

  /** Pages a file would have if the database were finished now. */
  sizePagesOf(fileId: number): number {
    const entry = this.#files.find(({ definition }) => definition.fileId === fileId)
    if (entry === undefined)
      throw new PlatformError('INVALID_ARGUMENT', `there is no file ${fileId}`)
    return entry.file.sizePages
  }

  /**
   * Begins to write the rows of a heap or index, for an index in the order of its key. `values` are in
   * the order of the definition's columns; a heap's address column (in its nonclustered indexes) holds
   * the 8 bytes of `rowAddressBytes`, a uniquifier is null for the first row of its key. One rowset is
   * finished before the next one is opened.
   * @throws PlatformError INVALID_ARGUMENT when its filegroup has no file
   */
  openRowset(definition: RowsetDefinition): RowsetWriter {
    const space = this.#filegroups.get(definition.filegroupId)
    if (space === undefined) {
      throw new PlatformError(
        'INVALID_ARGUMENT',
        `filegroup ${definition.filegroupId} has no file to write to`,
      )
    }
    this.#lsn = { virtualLogFile: this.#lsn.virtualLogFile, block: this.#lsn.block + 1, slot: 1 }
    const nextLobNumber = () => {
      this.#lobNumber += 1
      return this.#lobNumber
    }
    return new RowsetWriter({ space, definition, lsn: this.#lsn, nextLobNumber })
  }

  /**
   * Writes a rowset at once; see `openRowset`. `onRow` hears where each row went that is no ghost.
   * @throws PlatformError INVALID_ARGUMENT for a value its column cannot hold (`details`: columnId) or a
   *   row that is too long, DISK_FULL
   */
  writeRowset(
    definition: RowsetDefinition,
    rows: Iterable<RowToWrite>,
    onRow?: (values: readonly SqlValue[], address: RowAddress) => void,
  ): WrittenRowset {
    const rowset = this.openRowset(definition)
    for (const row of rows) {
      const address = rowset.add(row)
      if (row.isGhost !== true) onRow?.(row.values, address)
    }
    return rowset.finish()
  }

  /**
   * Runs `action` and forgets everything it wrote, so that the same calls afterwards give the same
   * addresses, page counts, sizes and LSNs: for tables that describe themselves. The rows may differ
   * then in values, not in length.
   */
  rehearse<T>(action: () => T): T {
    const spaces = [...this.#filegroups.values()].map((space) => ({ space, turn: space.turn }))
    const files = this.#files.map(({ file }) => ({ file, state: file.save() }))
    const [lsn, lobNumber] = [this.#lsn, this.#lobNumber]
    for (const { file } of files) file.isRehearsing = true
    try {
      return action()
    } finally {
      for (const { space, turn } of spaces) space.turn = turn
      for (const { file, state } of files) file.restore(state)
      for (const { file } of files) file.isRehearsing = false
      this.#lsn = lsn
      this.#lobNumber = lobNumber
    }
  }

  /**
   * Writes headers, maps and the boot page, flushes the files and gives them their names, the primary
   * file last.
   * @throws PlatformError DISK_FULL
   */
  async finish({ bootRecord }: StorageEnd): Promise<void> {
    for (const entry of this.#files) this.#finishFile(entry, bootRecord)
    const primaryLast = this.#files.toSorted(
      (left, right) => right.definition.fileId - left.definition.fileId,
    )
    for (const { file } of primaryLast) await file.file.publish()
    this.#isFinished = true
  }

  /** Removes what is written so far; does nothing after `finish`. */
  abandon(): void {
    if (this.#isFinished) return
    for (const { file } of this.#files) file.file.abandon()
  }

  #finishFile({ definition, file }: FileToFinish, bootRecord: Uint8Array): void {
    const lsn = this.#lsn
    file.reserveToEnd()
    if (file.isPrimary) {
      file.setPageStatus(BOOT_PAGE_NUMBER, PFS.isAllocated | PFS.isMixed | PFS.full)
      const kind = { type: PAGE_TYPES.boot, level: 0, fixedLength: 0 }
      const record = Buffer.from(bootRecord)
      writeSystemPage(file, { pageNumber: BOOT_PAGE_NUMBER, record, kind, lsn })
    }
    writeFileMaps(file, lsn)
    const { sizePages, isPrimary } = file
    const { minimumPages = sizePages } = definition
    const facts = { isPrimary, bindingId: this.#bindingId, sizePages, minSizePages: minimumPages }
    const record = fileHeaderRecord({ ...definition, ...facts })
    const kind = { type: PAGE_TYPES.fileHeader, level: 0, fixedLength: 0, flags: HEADER_PAGE_FLAG }
    writeSystemPage(file, { pageNumber: 0, record, kind, lsn })
    file.flush()
  }
}

function assertFileIds(files: readonly DataFileToWrite[]): void {
  const ids = files.map(({ fileId }) => fileId)
  if (!ids.includes(PRIMARY_FILE_ID)) {
    throw new PlatformError('INVALID_ARGUMENT', 'a database needs a primary file, with the id 1')
  }
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) {
    throw new PlatformError('INVALID_ARGUMENT', `two files have the id ${twice}`)
  }
}

/** Creates the files, or none of them. */
function openFiles(definitions: readonly DataFileToWrite[]): FileToFinish[] {
  const opened: FileToFinish[] = []
  try {
    for (const definition of definitions) {
      const { fileId, path, minimumPages = 0 } = definition
      const isPrimary = fileId === PRIMARY_FILE_ID
      const file = new PartialFile(path)
      opened.push({ definition, file: new DataFile({ fileId, isPrimary, minimumPages, file }) })
    }
    return opened
  } catch (error) {
    for (const { file } of opened) file.file.abandon()
    throw error
  }
}

/** A row's address as nonclustered indexes on a heap store it: page u32, file u16, slot u16. */
export function rowAddressBytes(address: RowAddress): Uint8Array {
  const bytes = Buffer.alloc(8)
  writeRecordAddress(bytes, 0, address)
  return bytes
}
