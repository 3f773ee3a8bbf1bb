import { PlatformError } from '../../../base/index.ts'
import { MAX_LENGTH, type SqlValue } from '../../sql-type.ts'
import type { StoredColumn } from '../rowset-definition.ts'
import type { StoredValue, ValueEncoder } from '../value/encoder.ts'
import { valueEncoder } from '../value/value-encoder.ts'

/** A column of the records that an encoder makes; the values it is given are in this order. */
export interface RecordColumn {
  readonly column: StoredColumn
  /** See `ColumnPlace`; a column without a place is left out. */
  readonly offset: number
  readonly nullBit: number
  readonly bitPosition: number
  /** Key columns never leave the row. */
  readonly isKey: boolean
}

/** What an encoder does with a column. */
export interface RecordStep {
  readonly index: number
  readonly offset: number
  readonly nullByte: number
  readonly nullMask: number
  readonly bitMask: number
  readonly encoder: ValueEncoder
  readonly column: StoredColumn
  readonly isKey: boolean
  readonly storage: 'row' | 'max' | 'text'
}

/** `bitmapStart` is where the records' null bitmap begins. */
export function stepOf(column: RecordColumn, index: number, bitmapStart: number): RecordStep {
  const { nullBit, offset, isKey } = column
  const { type } = column.column
  const isBit = type.name === 'bit' && offset > 0
  return {
    index,
    offset,
    nullByte: bitmapStart + ((nullBit - 1) >> 3),
    nullMask: nullBit === 0 ? 0 : 1 << ((nullBit - 1) & 7),
    bitMask: isBit ? 1 << column.bitPosition : 0,
    encoder: valueEncoder(type),
    column: column.column,
    isKey,
    storage: storageOf(column.column),
  }
}

function storageOf({ type }: StoredColumn): RecordStep['storage'] {
  switch (type.name) {
    case 'text':
    case 'ntext':
    case 'image':
      return 'text'
    case 'xml':
    case 'geometry':
    case 'geography':
      return 'max'
    case 'sql_variant':
      return 'row'
    default:
      return type.maxLength === MAX_LENGTH ? 'max' : 'row'
  }
}

/** Whether nothing is stored for the value of a variable column. */
export function isEmpty(value: SqlValue | undefined): boolean {
  if (value === null || value === undefined || value === '') return true
  return value instanceof Uint8Array && value.length === 0
}

/** The value's bytes, in a buffer of their own. */
export function encoded(step: RecordStep, value: StoredValue): Buffer {
  const bytes = Buffer.allocUnsafe(step.encoder.bound(value))
  return bytes.subarray(0, step.encoder.write(value, bytes, 0))
}

/** A value knows what is wrong with it; the message says in which column. */
export function locate(error: unknown, step: RecordStep | undefined): unknown {
  if (!(error instanceof PlatformError) || error.details['reason'] !== 'value') return error
  if (step === undefined) return error
  const { name, columnId } = step.column
  return new PlatformError('INVALID_ARGUMENT', `column ${name ?? columnId}: ${error.message}`, {
    cause: error,
    details: { ...error.details, columnId },
  })
}
