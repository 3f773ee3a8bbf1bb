import { existsSync, readFileSync } from 'node:fs'
import { StorageCatalog } from '../../../../../src/mdf/catalog/storage-catalog.ts'
import { DatabaseReader, PAGE_SIZE, PageFile, pageChecksum } from '../../../../../src/mdf/index.ts'
import { Page } from '../../../../../src/mdf/page/page.ts'
import { checkAllocation } from '../../../../../src/mdf/verify/check-allocation.ts'
import { openDataFile } from '../../../../../src/mdf/verify/data-file.ts'
import { PageOwners } from '../../../../../src/mdf/verify/page-owners.ts'
import type { Problem } from '../../../../../src/mdf/verify/problem.ts'
import { readStorageList } from '../../../../../src/mdf/verify/storage-list.ts'
import { verifyStructures } from '../../../../../src/mdf/verify/structure/index.ts'
import type {
  StructureSummary,
  VerifyContext,
} from '../../../../../src/mdf/verify/verify-context.ts'
import { VerifyReport } from '../../../../../src/mdf/verify/verify-report.ts'

const CORPUS = new URL('../../../../../../shared/corpus/', import.meta.url)
const CHECKSUM_OFFSET = 60
const FLAGS_OFFSET = 4
const HAS_CHECKSUM = 0x200

/** Why a test over a corpus file is skipped; false when the file is there. */
export function missing(name: string): string | false {
  return existsSync(new URL(name, CORPUS)) ? false : `${name} is not in the corpus`
}

/** A copy of a corpus file in memory. */
export function corpusFile(name: string): Buffer {
  return readFileSync(new URL(name, CORPUS))
}

export interface Verified extends StructureSummary {
  readonly problems: readonly Problem[]
  readonly errors: readonly Problem[]
}

/** Verifies the structures of a database of one file, with owners from its IAM chains. */
export function verifyBytes(bytes: Buffer): Verified {
  return withContext(bytes, verifyContext)
}

export function verifyContext(context: VerifyContext): Verified {
  const problems: Problem[] = []
  const summary = verifyStructures(context, (problem) => problems.push(problem))
  return { ...summary, problems, errors: problems.filter(({ severity }) => severity === 'error') }
}

export function withContext<Result>(
  bytes: Buffer,
  use: (context: VerifyContext) => Result,
): Result {
  const file = openDataFile(PageFile.overBytes(bytes, 'copy.mdf'), 1)
  const files = new Map([[1, file]])
  const sources = new Map([[1, file.tolerant]])
  const reader = DatabaseReader.over(sources)
  const report = new VerifyReport(() => {})
  const place = { path: 'copy.mdf' }
  const owners = new PageOwners()
  const list = readStorageList({ reader, files, report, place })
  const headersNameUnits = reader.bootPage.createVersion >= 611
  checkAllocation({ files, owners, report, place, headersNameUnits }, list, () => {})
  const storage = new StorageCatalog(reader, reader.bootPage)
  return use({
    reader,
    storage,
    sources,
    ownerOf: (fileId, pageNumber) => owners.ownerOf(fileId, pageNumber),
    isAllocated: () => undefined,
  })
}

/** Changes a page in place and makes its checksum right again. */
export function editPage(bytes: Buffer, pageNumber: number, edit: (page: Buffer) => void): void {
  const page = bytes.subarray(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE)
  edit(page)
  if ((page.readUInt16LE(FLAGS_OFFSET) & HAS_CHECKSUM) === 0) return
  page.writeUInt32LE(pageChecksum(page), CHECKSUM_OFFSET)
}

export function pageAt(bytes: Buffer, pageNumber: number): Page {
  const page = bytes.subarray(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE)
  return new Page(page, { path: 'copy.mdf', fileId: 1, pageNumber })
}

/** Position in the page of a slot's entry. */
export function slotEntry(slot: number): number {
  return PAGE_SIZE - 2 - 2 * slot
}

export function swapSlots(page: Buffer, first: number, second: number): void {
  const offset = page.readUInt16LE(slotEntry(first))
  page.writeUInt16LE(page.readUInt16LE(slotEntry(second)), slotEntry(first))
  page.writeUInt16LE(offset, slotEntry(second))
}

/** A pseudo-random generator with a seed: a failing mutation can be repeated. */
export function seededRandom(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}
