import { existsSync } from 'node:fs'
import path from 'node:path'
import { PAGE_SIZE } from '../../page-file.ts'
import { PRIMARY_FILEGROUP } from '../catalog/initial-rows.ts'
import type { DatabaseNames } from './database-names.ts'
import type {
  DatabaseDefinition,
  DataFileDefinition,
  FileGrowth,
  LogFileDefinition,
} from './definition.ts'
import { invalidDefinition } from './invalid-definition.ts'

/** A file of the database with its ids; sizes are in pages. */
export interface PlannedFile {
  readonly path: string
  readonly type: 'ROWS' | 'LOG'
  readonly fileId: number
  readonly filegroupId: number
  readonly logicalName: string
  readonly fileGuid: string
  readonly minimumPages: number
  /** -1 when unlimited. */
  readonly maxSizePages: number
  readonly growth: number
  readonly growthIsPercent: boolean
}

const DEFAULT_SIZE = 8 * 1024 * 1024
const DEFAULT_GROWTH = { bytes: 64 * 1024 * 1024 }
const LEAST_LOG_SIZE = 1024 * 1024
/** 2 TiB. */
const LARGEST_LOG_PAGES = 268_435_456
/** The log has this id, whatever files come later. */
const LOG_FILE_ID = 2

/** @throws PlatformError INVALID_ARGUMENT, also when a file is there already */
export function planFiles(names: DatabaseNames, definition: DatabaseDefinition): PlannedFile[] {
  const { files, log } = definition
  const where = `database ${definition.name}`
  if (files.length === 0) throw invalidDefinition(where, 'it has no data file')
  const planned = files.map((file, index) => planDataFile(names, file, index, where))
  if (planned[0]?.filegroupId !== PRIMARY_FILEGROUP) {
    throw invalidDefinition(where, 'its first file is not in PRIMARY')
  }
  if (log !== undefined) planned.push(planLogFile(names, log, where))
  for (const [index, file] of planned.entries()) {
    const others = planned.slice(0, index)
    if (others.some((other) => path.resolve(other.path) === path.resolve(file.path))) {
      throw invalidDefinition(where, `two files are ${file.path}`)
    }
    if (
      others.some((other) => other.logicalName.toLowerCase() === file.logicalName.toLowerCase())
    ) {
      throw invalidDefinition(where, `two files have the name ${file.logicalName}`)
    }
    if (existsSync(file.path)) throw invalidDefinition(where, `${file.path} is there already`)
  }
  return planned
}

function planDataFile(
  names: DatabaseNames,
  file: DataFileDefinition,
  index: number,
  where: string,
): PlannedFile {
  const fileId = index === 0 ? 1 : LOG_FILE_ID + index
  return {
    ...commonFacts(names, file, fileId, where),
    type: 'ROWS',
    filegroupId: names.filegroup(file.filegroup, where),
    minimumPages: pages(file.sizeBytes ?? DEFAULT_SIZE),
    maxSizePages: file.maxSizeBytes === undefined ? -1 : pages(file.maxSizeBytes),
  }
}

function planLogFile(names: DatabaseNames, log: LogFileDefinition, where: string): PlannedFile {
  const { sizeBytes = DEFAULT_SIZE, maxSizeBytes } = log
  if (sizeBytes < LEAST_LOG_SIZE) throw invalidDefinition(where, 'its log is smaller than 1 MiB')
  return {
    ...commonFacts(names, log, LOG_FILE_ID, where),
    type: 'LOG',
    filegroupId: 0,
    minimumPages: pages(sizeBytes),
    maxSizePages: maxSizeBytes === undefined ? LARGEST_LOG_PAGES : pages(maxSizeBytes),
  }
}

function commonFacts(
  names: DatabaseNames,
  file: DataFileDefinition | LogFileDefinition,
  fileId: number,
  where: string,
) {
  const logicalName = file.logicalName ?? path.parse(file.path).name
  if (logicalName.length === 0 || logicalName.length > 128) {
    throw invalidDefinition(where, `${file.path} has no logical name of 1 to 128 characters`)
  }
  const fileGuid = names.guid(`file ${fileId}`)
  return {
    path: file.path,
    fileId,
    logicalName,
    fileGuid,
    ...growthOf(file.growth ?? DEFAULT_GROWTH),
  }
}

function growthOf(growth: FileGrowth) {
  if ('percent' in growth) return { growth: growth.percent, growthIsPercent: true }
  return { growth: pages(growth.bytes), growthIsPercent: false }
}

function pages(bytes: number): number {
  return Math.ceil(bytes / PAGE_SIZE)
}
