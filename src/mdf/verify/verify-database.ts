import { StorageCatalog } from '../catalog/storage-catalog.ts'
import { databaseNameOf } from '../database-name.ts'
import type { DatabaseReader } from '../database-reader.ts'
import { PFS_ALLOCATED } from '../page/allocation.ts'
import { OLDEST_SUPPORTED_VERSION } from '../page/sql-server-version.ts'
import { checkAllocation } from './check-allocation.ts'
import type { FileSetToVerify } from './check-file-set.ts'
import type { DataFile } from './data-file.ts'
import { PageOwners } from './page-owners.ts'
import { PagePass } from './page-pass.ts'
import { readStorageList } from './storage-list.ts'
import { verifyStructures } from './structure/index.ts'
import type { StructureSummary } from './verify-context.ts'
import type { VerifyReport } from './verify-report.ts'

export const VERIFY_PHASES = ['backup', 'allocation', 'pages', 'tables'] as const

/** How far a phase has come: bytes of a backup, allocation units, pages of files, pages of tables. */
export interface VerifyProgress {
  readonly phase: (typeof VERIFY_PHASES)[number]
  readonly done: number
  readonly total: number
}

type OnProgress = ((progress: VerifyProgress) => void) | undefined

/** Verifies the data files of a set: who owns which page, each allocated page, each table. */
export function verifyDatabase(set: FileSetToVerify, report: VerifyReport, onProgress: OnProgress) {
  const { files, primary, reader } = set
  const headersNameUnits = (reader?.bootPage.createVersion ?? 0) >= OLDEST_SUPPORTED_VERSION
  const owners = new PageOwners()
  const place = { path: primary.path }
  const list = readStorageList({ reader, files, report, place })
  checkAllocation({ files, owners, report, place, headersNameUnits }, list, (done, total) =>
    onProgress?.({ phase: 'allocation', done, total }),
  )
  const pass = new PagePass({
    owners,
    report,
    headersNameUnits,
    isListComplete: list.isComplete,
  })
  passAll(pass, [...files.values()], onProgress)
  const structure: StructureSummary =
    reader === undefined
      ? { tablesChecked: 0, rowsChecked: 0 }
      : verifyTables(set, { reader, owners, report, onProgress })
  const { checksum, tornBits, unguarded } = pass.counts
  return {
    databaseName: reader && databaseNameOf(reader.bootPage.databaseName, set.logicalName),
    internalVersion: reader?.bootPage.internalVersion,
    files: [...files.values()].map(({ path }) => path),
    pagesChecked: checksum + tornBits + unguarded,
    pagesWithTornBits: tornBits,
    pagesUnguarded: unguarded,
    ...structure,
  }
}

function passAll(pass: PagePass, files: readonly DataFile[], onProgress: OnProgress): void {
  const total = files.reduce((sum, { pageCount }) => sum + pageCount, 0)
  let before = 0
  for (const file of files) {
    pass.check(file, (done) => onProgress?.({ phase: 'pages', done: before + done, total }))
    before += file.pageCount
  }
}

function verifyTables(
  { files }: FileSetToVerify,
  parts: {
    readonly reader: DatabaseReader
    readonly owners: PageOwners
    readonly report: VerifyReport
    readonly onProgress: OnProgress
  },
): StructureSummary {
  const { reader, owners, report, onProgress } = parts
  return verifyStructures(
    {
      reader,
      storage: new StorageCatalog(reader, reader.bootPage),
      sources: new Map([...files].map(([fileId, { tolerant }]) => [fileId, tolerant])),
      ownerOf: (fileId, pageNumber) => owners.ownerOf(fileId, pageNumber),
      isAllocated: (fileId, pageNumber) => isAllocated(files.get(fileId), pageNumber),
      onProgress: ({ done, total }) => onProgress?.({ phase: 'tables', done, total }),
    },
    (problem) => report.pass(problem),
  )
}

function isAllocated(file: DataFile | undefined, pageNumber: number): boolean | undefined {
  if (file === undefined || !file.maps.isPfsTrusted(pageNumber)) return undefined
  const status = file.maps.pfsByte(pageNumber)
  return status === undefined ? undefined : (status & PFS_ALLOCATED) !== 0
}
