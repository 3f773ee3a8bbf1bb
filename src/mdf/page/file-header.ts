import { readUniqueIdentifier } from '../value/value-decoder.ts'
import { FixedVarRecord } from './fixed-var-record.ts'
import { PAGE_TYPES, type Page } from './page.ts'

// File header record (format reference 3.1): slot 0 of page 0, fixed dword = kind, the rest variable.
const KIND_OFFSET = 4
const VARIABLES = {
  bindingId: 0,
  fileId: 2,
  filegroupId: 3,
  sizePages: 4,
  maxSizePages: 5,
  growth: 6,
  status: 13,
  fileGuid: 23,
  logicalName: 27,
} as const
const GROWTH_IS_PERCENT = 0x100000
const GUID_SIZE = 16

export const FILE_KINDS = ['primary', 'secondary', 'log'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** What page 0 of a database file says of the file. */
export interface FileHeader {
  readonly kind: FileKind
  readonly fileId: number
  /** 0 for a log file. */
  readonly filegroupId: number
  readonly logicalName: string
  /** The same in every file of a database, its log included. */
  readonly bindingId: string
  readonly fileGuid: string
  readonly sizePages: number
  /** -1 when unlimited. */
  readonly maxSizePages: number
  /** Pages, or percent when `growthIsPercent`. */
  readonly growth: number
  readonly growthIsPercent: boolean
}

/**
 * Reads the file header, page 0 of a data or log file.
 * @throws PlatformError FILE_DAMAGED when the page holds none
 */
export function readFileHeader(page: Page): FileHeader {
  if (page.type !== PAGE_TYPES.fileHeader) {
    throw page.damaged('page-type', `it should be a file header, and its type is ${page.type}`)
  }
  const start = page.slotOffset(0)
  if (start === 0) throw page.damaged('slot', 'it holds no file header')
  const record = new FixedVarRecord(page, start)
  const kindStart = record.fixedStart(KIND_OFFSET, 4)
  const kind = kindStart === undefined ? undefined : FILE_KINDS[page.bytes.readUInt32LE(kindStart)]
  if (kind === undefined) throw page.damaged('record', 'its file is of no known kind')
  const variable = (index: number, size: number) => {
    const bytes = record.variableBytes(index)
    if (bytes.length < size) throw page.damaged('record', 'its file header is too short')
    return bytes
  }
  return {
    kind,
    fileId: variable(VARIABLES.fileId, 2).readUInt16LE(),
    filegroupId: variable(VARIABLES.filegroupId, 2).readUInt16LE(),
    logicalName: variable(VARIABLES.logicalName, 0).toString('utf16le'),
    bindingId: readUniqueIdentifier(variable(VARIABLES.bindingId, GUID_SIZE), 0),
    fileGuid: optionalGuid(record.variableBytes(VARIABLES.fileGuid)),
    sizePages: variable(VARIABLES.sizePages, 4).readUInt32LE(),
    maxSizePages: variable(VARIABLES.maxSizePages, 4).readInt32LE(),
    growth: variable(VARIABLES.growth, 4).readUInt32LE(),
    growthIsPercent: (variable(VARIABLES.status, 4).readUInt32LE() & GROWTH_IS_PERCENT) !== 0,
  }
}

/** Files of databases that SQL Server 2000 created have none. */
function optionalGuid(bytes: Buffer): string {
  return bytes.length < GUID_SIZE
    ? '00000000-0000-0000-0000-000000000000'
    : readUniqueIdentifier(bytes, 0)
}
