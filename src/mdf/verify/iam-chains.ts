import {
  BITMAP_BYTES,
  IAM_INTERVAL_START,
  IAM_SINGLE_PAGE_COUNT,
  IAM_SINGLE_PAGES,
  PAGES_PER_EXTENT,
  PAGES_PER_INTERVAL,
  PFS_ALLOCATED,
} from '../page/allocation.ts'
import { PAGE_TYPES, type PagePointer, readPagePointer } from '../page/page.ts'
import { PAGE_SIZE } from '../page-file.ts'
import { ClaimTally } from './claim-tally.ts'
import type { DataFile, DataFiles } from './data-file.ts'
import { describeOwner, type PageOwner, type PageOwners } from './page-owners.ts'
import { checkProtection, originalBytes } from './protection.ts'
import { systemPageAt } from './system-pages.ts'
import type { FindingPlace, VerifyReport } from './verify-report.ts'

// IAM page (format reference 3.4).
const TYPE_OFFSET = 1
const INDEX_ID_OFFSET = 6
const NEXT_PAGE_OFFSET = 16
const OBJECT_ID_OFFSET = 24
const SEQUENCE_OFFSET = 100
const POINTER_SIZE = 6
/** Where the slot array says the bitmap's record begins: slot 1. */
const BITMAP_SLOT_OFFSET = PAGE_SIZE - 4
const RECORD_HEADER = 4
const PFS_IAM = 0x10

const LOST_CHAIN =
  'pages behind it can be found by their headers only, and SQL Server refuses to read the object'
const SHARED = 'changing one object overwrites the other'

export interface IamWalk {
  readonly files: DataFiles
  readonly owners: PageOwners
  readonly report: VerifyReport
  /** Where problems of the catalog's own pointers are shown. */
  readonly place: FindingPlace
  /** Whether page headers name allocation units: not in databases that SQL Server 2000 created. */
  readonly headersNameUnits: boolean
}

interface IamPage {
  readonly bytes: Buffer
  readonly file: DataFile
  readonly pageNumber: number
  readonly place: FindingPlace
  /** Whether its checksum is right: a damaged one is reported as such, and not for what it says. */
  readonly isTrusted: boolean
}

/** Walks an allocation unit's IAM chain and claims its pages; each problem ends in a finding. */
export function claimPages(walk: IamWalk, owner: PageOwner): void {
  const { owners } = walk
  const index = owners.add(owner)
  const seen = new Set<number>()
  let pointer = owner.unit.firstIam
  let from: FindingPlace = { ...walk.place, object: owner.object }
  for (let sequence = 0; pointer !== undefined; sequence++) {
    const iam = enterIamPage(walk, { owner, index, pointer, from })
    if (iam === undefined) {
      owner.isComplete = false
      return
    }
    if (!iam.isTrusted) owner.isComplete = false
    else checkIamPage(walk, iam, { owner, sequence })
    claimInterval(walk, iam, { owner, index, seen })
    from = iam.place
    pointer = readPagePointer(iam.bytes, NEXT_PAGE_OFFSET)
  }
}

interface ChainStep {
  readonly owner: PageOwner
  readonly index: number
  readonly pointer: PagePointer
  readonly from: FindingPlace
}

/** The IAM page a chain leads to; undefined, and reported, when it ends the chain. */
function enterIamPage(walk: IamWalk, { owner, index, pointer, from }: ChainStep) {
  const { fileId, pageNumber } = pointer
  const fail = (place: FindingPlace, message: string): undefined => {
    walk.report.add(place, { kind: 'allocation', message, consequence: LOST_CHAIN })
  }
  const name = `(${fileId}:${pageNumber})`
  const file = walk.files.get(fileId)
  if (file === undefined || pageNumber >= file.pageCount) {
    return fail(from, `its IAM chain leads to page ${name}, which is outside the database's files`)
  }
  const place = { path: file.path, fileId, pageNumber, object: owner.object }
  const bytes = readTolerant(file, pageNumber)
  if (bytes === undefined) return fail(place, 'an IAM page that cannot be read')
  if (bytes[TYPE_OFFSET] !== PAGE_TYPES.iam) {
    return fail(place, `an IAM chain leads to it, and its type is ${bytes[TYPE_OFFSET]}`)
  }
  const other = walk.owners.claimPage(fileId, pageNumber, index)
  if (other !== undefined) {
    const whose = other === owner ? 'runs in a circle' : `joins that of ${describeOwner(other)}`
    return fail(place, `the IAM chain of ${describeOwner(owner)} ${whose}`)
  }
  return { bytes, file, pageNumber, place, isTrusted: isIntact(file, pageNumber) }
}

function readTolerant({ tolerant }: DataFile, pageNumber: number): Buffer | undefined {
  try {
    const stored = tolerant.readPage(pageNumber)
    return Buffer.from(originalBytes(Buffer.from(stored.buffer, stored.byteOffset, PAGE_SIZE)))
  } catch {
    return undefined // reported by the page pass as unreadable
  }
}

function isIntact({ source }: DataFile, pageNumber: number): boolean {
  const stored = source.readPage(pageNumber)
  return (
    checkProtection(Buffer.from(stored.buffer, stored.byteOffset, PAGE_SIZE)).damage === undefined
  )
}

function checkIamPage(
  walk: IamWalk,
  { bytes, file, pageNumber, place }: IamPage,
  { owner, sequence }: { owner: PageOwner; sequence: number },
): void {
  const find = (message: string, consequence: string, severity: 'error' | 'warning' = 'error') =>
    walk.report.add(place, { kind: 'allocation', severity, message, consequence })
  const actualSequence = bytes.readUInt32LE(SEQUENCE_OFFSET)
  if (actualSequence !== sequence) {
    find(
      `IAM page number ${actualSequence} of its chain, where ${sequence} is expected`,
      'IAM pages may be missing from the chain, and rows with them',
    )
  }
  const unitId = allocationUnitIdOf(bytes)
  if (walk.headersNameUnits && unitId !== owner.unit.allocationUnitId) {
    find(
      `an IAM page of allocation unit ${unitId} in the chain of ${owner.unit.allocationUnitId}`,
      'the object may lay claim to pages of another one',
    )
  }
  const status = file.maps.pfsByte(pageNumber)
  if (status === undefined || !file.maps.isPfsTrusted(pageNumber)) return
  if ((status & PFS_ALLOCATED) === 0) {
    find('an IAM page in use that its PFS page calls free', 'SQL Server may overwrite it')
  } else if ((status & PFS_IAM) === 0) {
    find('its PFS page does not know it as an IAM page', 'none for reading', 'warning')
  }
}

/** The allocation unit that a page's header names (format reference 1.1). */
export function allocationUnitIdOf(page: Buffer): bigint {
  const indexId = BigInt(page.readUInt16LE(INDEX_ID_OFFSET))
  return (indexId << 48n) | (BigInt(page.readUInt32LE(OBJECT_ID_OFFSET)) << 16n)
}

interface Claim {
  readonly owner: PageOwner
  readonly index: number
  /** Intervals that the chain has covered. */
  readonly seen: Set<number>
}

/** Claims what an IAM page marks in its interval. */
function claimInterval(walk: IamWalk, iam: IamPage, { owner, index, seen }: Claim): void {
  const { report, files } = walk
  const interval = readPagePointer(iam.bytes, IAM_INTERVAL_START)
  const file = interval && files.get(interval.fileId)
  const bitmap = iam.bytes.readUInt16LE(BITMAP_SLOT_OFFSET) + RECORD_HEADER
  const isMisplaced =
    interval === undefined ||
    file === undefined ||
    interval.pageNumber % PAGES_PER_INTERVAL !== 0 ||
    interval.pageNumber >= file.source.pageCount ||
    bitmap + BITMAP_BYTES > PAGE_SIZE
  if (isMisplaced) {
    owner.isComplete = false
    if (!iam.isTrusted) return
    const where = interval === undefined ? 'none' : `(${interval.fileId}:${interval.pageNumber})`
    report.add(iam.place, {
      kind: 'allocation',
      message: `the interval of pages it describes, ${where}, is not in the database's files`,
      consequence: LOST_CHAIN,
    })
    return
  }
  const key = interval.fileId * 2 ** 32 + interval.pageNumber
  if (seen.has(key) && iam.isTrusted) {
    report.add(iam.place, {
      kind: 'allocation',
      message: `a second IAM page of its chain for the interval (${interval.fileId}:${interval.pageNumber})`,
      consequence: SHARED,
    })
  }
  seen.add(key)
  const tally = new ClaimTally(owner)
  claimSinglePages(walk, iam, index, tally)
  claimExtents(walk, { iam, file, interval, bitmap }, index, tally)
  if (iam.isTrusted) tally.report(report, iam.place)
}

function claimSinglePages(walk: IamWalk, iam: IamPage, index: number, tally: ClaimTally): void {
  for (let slot = 0; slot < IAM_SINGLE_PAGE_COUNT; slot++) {
    const pointer = readPagePointer(iam.bytes, IAM_SINGLE_PAGES + slot * POINTER_SIZE)
    if (pointer === undefined) continue
    const { fileId, pageNumber } = pointer
    const file = walk.files.get(fileId)
    if (
      file === undefined ||
      pageNumber >= file.source.pageCount ||
      systemPageAt(fileId, pageNumber) !== undefined
    ) {
      tally.impossible(fileId, pageNumber)
      continue
    }
    if (file.maps.isFreeExtent(Math.floor(pageNumber / PAGES_PER_EXTENT)) === true) {
      tally.free(fileId, pageNumber)
    }
    const other = walk.owners.claimPage(fileId, pageNumber, index)
    if (other !== undefined) tally.shared(fileId, pageNumber, other)
  }
}

interface Interval {
  readonly iam: IamPage
  readonly file: DataFile
  readonly interval: PagePointer
  readonly bitmap: number
}

function claimExtents(
  walk: IamWalk,
  { iam, file, interval, bitmap }: Interval,
  index: number,
  tally: ClaimTally,
): void {
  const { fileId } = interval
  const firstExtent = interval.pageNumber / PAGES_PER_EXTENT
  for (let byte = 0; byte < BITMAP_BYTES; byte++) {
    const bits = iam.bytes.readUInt8(bitmap + byte)
    for (let bit = 0; bits >> bit !== 0; bit++) {
      if (((bits >> bit) & 1) === 0) continue
      const extent = firstExtent + byte * 8 + bit
      const pageNumber = extent * PAGES_PER_EXTENT
      if (extent === 0 || pageNumber >= file.source.pageCount) {
        tally.impossible(fileId, pageNumber)
        continue
      }
      if (file.maps.isFreeExtent(extent) === true) tally.free(fileId, pageNumber)
      const other = walk.owners.claimExtent(fileId, extent, index)
      if (other !== undefined) tally.shared(fileId, pageNumber, other)
    }
  }
}
