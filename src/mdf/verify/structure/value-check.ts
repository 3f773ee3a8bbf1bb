import { PlatformError } from '../../../base/index.ts'
import type { CellColumn } from '../../key/row-layout.ts'
import type { SqlType } from '../../sql-type.ts'
import { decodeSqlVariant } from '../../value/sql-variant-value.ts'
import { timeSize } from '../../value/system-type.ts'

// Ranges of the types (format reference 6.1).
const LAST_DAY = 3_652_058 // 9999-12-31, from 0001-01-01
const FIRST_DATETIME_DAY = -53_690 // 1753-01-01, from 1900-01-01
const LAST_DATETIME_DAY = 2_958_463
const DATETIME_TICKS_PER_DAY = 300 * 86_400
const MINUTES_PER_DAY = 1440
const SECONDS_PER_DAY = 86_400
const MOST_OFFSET_MINUTES = 14 * 60
const DATE_SIZE = 3

/** Says what is wrong with a value in `bytes[start, end)`; undefined when nothing is. */
export type ValueCheck = (bytes: Buffer, start: number, end: number) => string | undefined

/** The check of a column's values; undefined when its type has no value that is wrong. */
export function valueCheck({ type, physical }: CellColumn): ValueCheck | undefined {
  if (type === undefined || physical.isDropped) return undefined
  switch (type.name) {
    case 'date':
      return checkDate
    case 'time':
      return timeCheck(type.scale)
    case 'datetime2':
      return datetime2Check(type.scale)
    case 'datetimeoffset':
      return datetimeoffsetCheck(type.scale)
    case 'datetime':
      return checkDatetime
    case 'smalldatetime':
      return checkSmalldatetime
    case 'decimal':
    case 'numeric':
      return decimalCheck(type)
    case 'real':
      return (bytes, start) => checkFinite(bytes.readFloatLE(start))
    case 'float':
      return (bytes, start) => checkFinite(bytes.readDoubleLE(start))
    case 'nvarchar':
      return lengthCheck(type.maxLength, 2)
    case 'varchar':
    case 'varbinary':
      return physical.systemTypeId === CLR_TYPE ? undefined : lengthCheck(type.maxLength, 1)
    case 'sql_variant':
      return checkVariant
    default:
      return undefined
  }
}

const CLR_TYPE = 240

function checkDate(bytes: Buffer, start: number): string | undefined {
  const days = bytes.readUIntLE(start, DATE_SIZE)
  return days > LAST_DAY ? `day ${days} is after the year 9999` : undefined
}

function timeCheck(scale: number): ValueCheck {
  const size = timeSize(scale)
  const limit = SECONDS_PER_DAY * 10 ** scale
  return (bytes, start) => {
    const time = bytes.readUIntLE(start, size)
    return time >= limit ? `the time ${time} is after the end of a day` : undefined
  }
}

function datetime2Check(scale: number): ValueCheck {
  const checkTime = timeCheck(scale)
  const size = timeSize(scale)
  return (bytes, start, end) => checkTime(bytes, start, end) ?? checkDate(bytes, start + size)
}

function datetimeoffsetCheck(scale: number): ValueCheck {
  const check = datetime2Check(scale)
  const offsetAt = timeSize(scale) + DATE_SIZE
  return (bytes, start, end) => {
    const minutes = bytes.readInt16LE(start + offsetAt)
    if (Math.abs(minutes) > MOST_OFFSET_MINUTES) return `${minutes} minutes are no time zone`
    return check(bytes, start, end)
  }
}

function checkDatetime(bytes: Buffer, start: number): string | undefined {
  const ticks = bytes.readUInt32LE(start)
  const days = bytes.readInt32LE(start + 4)
  if (ticks >= DATETIME_TICKS_PER_DAY) return `the time ${ticks} is after the end of a day`
  return days < FIRST_DATETIME_DAY || days > LAST_DATETIME_DAY
    ? `day ${days} is outside the years 1753 to 9999`
    : undefined
}

function checkSmalldatetime(bytes: Buffer, start: number): string | undefined {
  const minutes = bytes.readUInt16LE(start)
  return minutes >= MINUTES_PER_DAY ? `minute ${minutes} is after the end of a day` : undefined
}

/** Sign byte (0 or 1), then the magnitude, compared word by word from the highest. */
function decimalCheck({ precision, maxLength }: SqlType): ValueCheck {
  const words = (maxLength - 1) / 4
  const limit = 10n ** BigInt(precision)
  const limits = Array.from({ length: words }, (_, word) =>
    Number((limit >> BigInt(32 * word)) & 0xffff_ffffn),
  )
  const isBeyondWords = limit >> BigInt(32 * words) !== 0n
  return (bytes, start) => {
    const sign = bytes.readUInt8(start)
    if (sign > 1) return `${sign} is no sign of a decimal`
    if (isBeyondWords) return undefined
    for (let word = words - 1; word >= 0; word--) {
      const value = bytes.readUInt32LE(start + 1 + 4 * word)
      const most = limits[word] ?? 0
      if (value < most) return undefined
      if (value > most) break
    }
    return `it has more than ${precision} digits`
  }
}

function checkFinite(value: number): string | undefined {
  return Number.isFinite(value) ? undefined : 'it is no number'
}

function lengthCheck(maxLength: number, unit: number): ValueCheck {
  return (_bytes, start, end) => {
    const length = end - start
    if (unit === 2 && length % 2 !== 0) return `${length} bytes are no UTF-16 text`
    return maxLength > 0 && length > maxLength
      ? `it has ${length} bytes, and its type allows ${maxLength}`
      : undefined
  }
}

function checkVariant(bytes: Buffer, start: number, end: number): string | undefined {
  if (start === end) return undefined
  try {
    decodeSqlVariant(bytes, start, end)
    return undefined
  } catch (error) {
    if (error instanceof PlatformError) return error.message
    throw error
  }
}
