import { HAS_NULL_BITMAP, HAS_VARIABLE_SECTION, RECORD_TYPES } from '../../page/record-format.ts'
import { encodeValue } from '../value/value-encoder.ts'

// File header record (format reference 3.1), in the shape of SQL Server 2019: 56 columns.
const COLUMNS = 56
const FIXED_LENGTH = 8
const BITMAP_START = FIXED_LENGTH + 2
const VARIABLE_START = BITMAP_START + COLUMNS / 8
const VARIABLE_COUNT = COLUMNS - 1
const ENDS_START = VARIABLE_START + 2
const VARIABLES = {
  bindingId: 0,
  fileId: 2,
  filegroupId: 3,
  sizePages: 4,
  maxSizePages: 5,
  growth: 6,
  minSizePages: 12,
  status: 13,
  userShrinkSize: 14,
  sectorSize: 15,
  fileGuid: 23,
  logicalName: 27,
  format: 48,
} as const
const GROWTH_IS_PERCENT = 0x100000
const SECTOR_SIZE = 4096
/** Lengths of the variable columns that a new file has empty or zero, by index. */
const ZERO_LENGTHS: Readonly<Record<number, number>> = {
  7: 4,
  8: 10,
  9: 10,
  10: 10,
  16: 10,
  17: 28,
  18: 10,
  19: 10,
  20: 10,
  21: 16,
  22: 10,
  24: 4,
  25: 10,
  28: 16,
  35: 16,
  38: 10,
  39: 10,
  40: 28,
  41: 10,
  42: 16,
  43: 28,
  44: 8,
  45: 600,
  49: 10,
  50: 4,
  51: 4,
  52: 4,
  53: 8,
  54: 10,
}
const GUID = {
  name: 'uniqueidentifier',
  maxLength: 16,
  precision: 0,
  scale: 0,
  collationId: 0,
} as const

export interface FileHeaderContent {
  readonly isPrimary: boolean
  readonly bindingId: string
  readonly fileGuid: string
  readonly fileId: number
  readonly filegroupId: number
  readonly logicalName: string
  readonly sizePages: number
  readonly minSizePages: number
  readonly maxSizePages: number
  readonly growth: number
  readonly growthIsPercent: boolean
}

/** The record of a data file's page 0. */
export function fileHeaderRecord(content: FileHeaderContent): Buffer {
  const known: Readonly<Record<number, Buffer>> = {
    [VARIABLES.bindingId]: encodeValue(GUID, content.bindingId),
    [VARIABLES.fileId]: u16(content.fileId),
    [VARIABLES.filegroupId]: u16(content.filegroupId),
    [VARIABLES.sizePages]: u32(content.sizePages),
    [VARIABLES.maxSizePages]: u32(content.maxSizePages),
    [VARIABLES.growth]: u32(content.growth),
    [VARIABLES.minSizePages]: u32(content.minSizePages),
    [VARIABLES.status]: u32(content.growthIsPercent ? GROWTH_IS_PERCENT : 0),
    [VARIABLES.userShrinkSize]: u32(-1),
    [VARIABLES.sectorSize]: u32(SECTOR_SIZE),
    [VARIABLES.fileGuid]: encodeValue(GUID, content.fileGuid),
    [VARIABLES.logicalName]: Buffer.from(content.logicalName, 'utf16le'),
    [VARIABLES.format]: u16(1),
  }
  const head = Buffer.alloc(ENDS_START + 2 * VARIABLE_COUNT)
  head[0] = (RECORD_TYPES.primary << 1) | HAS_NULL_BITMAP | HAS_VARIABLE_SECTION
  head.writeUInt16LE(FIXED_LENGTH, 2)
  head.writeUInt32LE(content.isPrimary ? 0 : 1, 4)
  head.writeUInt16LE(COLUMNS, FIXED_LENGTH)
  head.writeUInt16LE(VARIABLE_COUNT, VARIABLE_START)
  const parts: Buffer[] = [head]
  let end = head.length
  for (let index = 0; index < VARIABLE_COUNT; index++) {
    const part = known[index] ?? Buffer.alloc(ZERO_LENGTHS[index] ?? 0)
    parts.push(part)
    end += part.length
    head.writeUInt16LE(end, ENDS_START + 2 * index)
  }
  return Buffer.concat(parts)
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value | 0)
  return bytes
}
