import { MAX_LENGTH, type SqlType } from '../../sql-type.ts'
import { fixedEncoder, type StoredValue, type ValueEncoder } from './encoder.ts'
import { invalidValue, shown } from './invalid-value.ts'
import { limitOf, tooLong } from './text-encoders.ts'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const ROWVERSION_SIZE = 8
/** hierarchyid has at most 892 bytes, whatever its column says. */
const LARGEST_HIERARCHYID = 892

/** varbinary, image and the CLR types: their bytes as they are. */
export function bytesEncoder(type: SqlType): ValueEncoder {
  const limit =
    type.name === 'hierarchyid'
      ? LARGEST_HIERARCHYID
      : limitOf(type.name === 'varbinary' ? type : { ...type, maxLength: MAX_LENGTH })
  return {
    bound: (value) => bytesOf(value).length,
    write(value, target, start) {
      const bytes = bytesOf(value)
      if (bytes.length > limit) throw tooLong(value, type, bytes.length)
      target.set(bytes, start)
      return start + bytes.length
    },
  }
}

/** binary, filled up with zeros. */
export function binaryEncoder(type: SqlType): ValueEncoder {
  const size = type.maxLength
  return fixedEncoder(size, (value, target, start) => {
    const bytes = bytesOf(value)
    if (bytes.length > size) throw tooLong(value, type, bytes.length)
    target.set(bytes, start)
    target.fill(0, start + bytes.length, start + size)
  })
}

export function rowversionEncoder(): ValueEncoder {
  return fixedEncoder(ROWVERSION_SIZE, (value, target, start) => {
    const bytes = bytesOf(value)
    if (bytes.length !== ROWVERSION_SIZE) {
      throw invalidValue(`${shown(value)} are no rowversion, which has ${ROWVERSION_SIZE}`)
    }
    target.set(bytes, start)
  })
}

/** The first three groups are stored little-endian. */
export function uniqueidentifierEncoder(): ValueEncoder {
  return fixedEncoder(16, (value, target, start) => {
    if (typeof value !== 'string' || !GUID.test(value)) {
      throw invalidValue(`${shown(value)} is no uniqueidentifier`)
    }
    target.writeUInt32LE(Number.parseInt(value.slice(0, 8), 16), start)
    target.writeUInt16LE(Number.parseInt(value.slice(9, 13), 16), start + 4)
    target.writeUInt16LE(Number.parseInt(value.slice(14, 18), 16), start + 6)
    target.write(value.slice(19, 23) + value.slice(24), start + 8, 'hex')
  })
}

function bytesOf(value: StoredValue): Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidValue(`${shown(value)} is no binary value`)
  return value
}
