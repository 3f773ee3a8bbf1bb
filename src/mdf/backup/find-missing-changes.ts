import { PlatformError } from '../../base/index.ts'
import { PAGES_PER_INTERVAL, PAGES_PER_PFS } from '../page/allocation.ts'
import { formatLsn, type Lsn, readLsn } from '../page/lsn.ts'
import type { PagePointer } from '../page/page.ts'
import type { PageSource } from '../page-file.ts'
import type { BackupSet } from './backup-set.ts'
import { readLogPart } from './log-part.ts'
import { type LogRecord, OPERATIONS } from './log-record.ts'
import { damagedBackup } from './mtf-block.ts'
import { nextTurn } from './next-turn.ts'
import { type SavedLogBlock, savedLogBlocks } from './saved-log.ts'

const PAGE_LSN_OFFSET = 40
const SECTOR_SIZE = 512
/** Where the first block of a virtual log file is: behind its header page. */
const FIRST_BLOCK = 16
const BOOT_PAGE = { fileId: 1, pageNumber: 9 } as const
/** File header, PFS, GAM, SGAM, DCM and BCM page of a file's first interval. */
const FIRST_MAP_PAGES: readonly number[] = [0, 1, 2, 3, 6, 7]
const LATER_MAP_PAGES: readonly number[] = [0, 1, 6, 7]
const NO_TRANSACTION = '0:0'

/** What has to be done to the saved pages before they are the database at one moment. */
export interface MissingChanges {
  /** Changes that are in the log and not yet in the pages they name. */
  readonly redo: number
  /** Transactions that changed pages and did not end: their changes have to be taken back. */
  readonly undo: number
}

/** Records between two moments at which others may work. */
const BLOCKS_PER_TURN = 64

/**
 * Compares the log that a backup holds with its pages. Pages are saved while the database is in use, so
 * changes of that time are only in the log, and changes of transactions that were open are in the pages.
 * Counts what concerns rows; allocation maps, file headers, the boot page and row counts are as they
 * were saved.
 * @throws PlatformError BACKUP_DAMAGED when the log does not reach from the first to the last LSN
 */
export async function findMissingChanges(
  set: BackupSet,
  sources: ReadonlyMap<number, PageSource>,
  signal?: AbortSignal,
): Promise<MissingChanges> {
  const first = numberOf(set.header.firstLsn)
  const last = numberOf(set.header.lastLsn)
  const tally = new ChangeTally(sources)
  let reached: SavedLogBlock | undefined
  let blocks = 0
  for (const block of blocksOf(set)) {
    for (const record of block.records) {
      const lsn = BigInt(formatLsn(record.lsn))
      if (lsn >= first && lsn < last) tally.add(record)
    }
    reached = block
    if (++blocks % BLOCKS_PER_TURN === 0) await nextTurn(signal)
  }
  if (!reaches(reached, last)) {
    throw damagedBackup(set.path, `the log of backup set ${set.position} ends before ${last}`)
  }
  return tally.result()
}

function* blocksOf(set: BackupSet): Generator<SavedLogBlock> {
  for (const block of set.scanned.log) {
    yield* savedLogBlocks(set.file, readLogPart(block))
  }
}

/** Whether the block is the last one before the LSN. */
function reaches(reached: SavedLogBlock | undefined, last: bigint): boolean {
  if (reached === undefined) return false
  const { virtualLogFile, block, sizeBytes } = reached
  const next = { virtualLogFile, block: block + sizeBytes / SECTOR_SIZE, slot: 0 }
  const nextFile = { virtualLogFile: virtualLogFile + 1, block: FIRST_BLOCK, slot: 1 }
  const isNext = last / 100_000n <= BigInt(formatLsn(next)) / 100_000n
  return isNext || last === BigInt(formatLsn(nextFile))
}

function numberOf(lsn: string | undefined): bigint {
  if (lsn === undefined) throw new PlatformError('INTERNAL', 'the set has no description')
  return BigInt(lsn)
}

class ChangeTally {
  readonly #sources: ReadonlyMap<number, PageSource>
  /** Open transactions, and whether they changed rows. */
  readonly #open = new Set<string>()
  #redo = 0

  constructor(sources: ReadonlyMap<number, PageSource>) {
    this.#sources = sources
  }

  add({ operation, transactionId, page, lsn }: LogRecord): void {
    const { commitTransaction, abortTransaction, countDelta } = OPERATIONS
    if (operation === commitTransaction || operation === abortTransaction) {
      this.#open.delete(transactionId)
    }
    if (page === undefined || operation === countDelta || isMapPage(page)) return
    if (transactionId !== NO_TRANSACTION) this.#open.add(transactionId)
    if (this.#isOlder(page, lsn)) this.#redo++
  }

  result(): MissingChanges {
    return { redo: this.#redo, undo: this.#open.size }
  }

  #isOlder({ fileId, pageNumber }: PagePointer, lsn: Lsn): boolean {
    const source = this.#sources.get(fileId)
    if (source === undefined || pageNumber >= source.pageCount) return true
    const page = source.readPage(pageNumber)
    const saved = readLsn(Buffer.from(page.buffer, page.byteOffset, page.length), PAGE_LSN_OFFSET)
    return BigInt(formatLsn(saved)) < BigInt(formatLsn(lsn))
  }
}

function isMapPage(page: PagePointer): boolean {
  const { fileId, pageNumber } = page
  if (fileId === BOOT_PAGE.fileId && pageNumber === BOOT_PAGE.pageNumber) return true
  if (pageNumber % PAGES_PER_PFS === 0) return true
  const inInterval = pageNumber % PAGES_PER_INTERVAL
  const maps = pageNumber < PAGES_PER_INTERVAL ? FIRST_MAP_PAGES : LATER_MAP_PAGES
  return maps.includes(inInterval)
}
