import { createHash, randomUUID } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { collationName, type SqlType, type SqlValue, SqlVariant } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import {
  commonType,
  compareValues,
  convert,
  encodeText,
  INT,
  isCharacterType,
  isNumericType,
  isUnicodeType,
  SQL_VARIANT,
  UNIQUEIDENTIFIER,
  VARBINARY_MAX,
  varbinaryType,
} from '../values/index.ts'
import { binaryChecksum, checksum } from './checksum.ts'
import type { ArgumentInfo, ScalarFunction } from './contract.ts'
import { type CallSite, defineFunction } from './define-function.ts'
import { invalidArgument, textOf } from './text-argument.ts'
import { dataLength } from './text-length.ts'
import { asVariant } from './variant-result.ts'

const MOST_ARGUMENTS = 254

/** A sign, a currency sign, digits with commas and a point; even `-`, `.` and `$` alone count. */
const MONEY_LIKE = /^[+-]?\s*[$£¤¥€]?\s*[+-]?[\d,]*\.?\d*$/u
const FLOAT_LIKE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[ed][+-]?\d*)?$/i

const isnumeric = defineFunction({
  arguments: 1,
  acceptsNull: true,
  result: INT,
  evaluate([value = null], _context, site) {
    const type = site.args[0]?.type ?? INT
    if (value === null || value instanceof Uint8Array) return 0
    if (isNumericType(type)) return 1
    if (typeof value !== 'string' || !isCharacterType(type)) return 0
    const text = value.trim()
    return text !== '' && (MONEY_LIKE.test(text) || FLOAT_LIKE.test(text)) ? 1 : 0
  },
})

const newid = defineFunction({
  arguments: 0,
  deterministic: false,
  result: UNIQUEIDENTIFIER,
  evaluate: () => randomUUID().toUpperCase(),
})

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA: 'sha1',
  SHA1: 'sha1',
  SHA2_256: 'sha256',
  SHA2_512: 'sha512',
}

/** The bytes that HASHBYTES and COMPRESS see. */
function bytesOf(value: SqlValue, position: number, site: CallSite, name: string): Uint8Array {
  if (value instanceof Uint8Array) return value
  const type = site.args[position - 1]?.type ?? INT
  if (typeof value !== 'string' || !isCharacterType(type)) {
    throw invalidArgument(type, position, name)
  }
  return isUnicodeType(type) ? Buffer.from(value, 'utf16le') : encodeText(value, type.collationId)
}

const hashbytes = defineFunction({
  arguments: 2,
  result: varbinaryType(8000),
  evaluate([algorithm = null, value = null], _context, site) {
    const hash = HASHES[textOf(algorithm, 1, site).toUpperCase()]
    if (hash === undefined) return null
    return createHash(hash)
      .update(bytesOf(value, 2, site, 'hashbytes'))
      .digest()
  },
})

const compress = defineFunction({
  arguments: 1,
  result: VARBINARY_MAX,
  evaluate: ([value = null], _context, site) => gzipSync(bytesOf(value, 1, site, 'Compress')),
})

/** Largest value that DECOMPRESS gives: (max) types end at 2 GB, this process sooner. */
const MAX_DECOMPRESSED_BYTES = 512 * 1024 * 1024

const decompress = defineFunction({
  arguments: 1,
  result: VARBINARY_MAX,
  evaluate([value = null], _context, site) {
    const bytes = bytesOf(value, 1, site, 'Decompress')
    try {
      return gunzipSync(bytes, { maxOutputLength: MAX_DECOMPRESSED_BYTES })
    } catch (cause) {
      throw new SqlError(9826, 'Archive is corrupted.', { cause })
    }
  },
})

const typesOf = (args: readonly ArgumentInfo[]): SqlType =>
  commonType(args.filter(({ isNullLiteral }) => !isNullLiteral).map(({ type }) => type))

function converted(value: SqlValue, position: number, { args, resultType }: CallSite): SqlValue {
  return convert(value, args[position - 1]?.type ?? resultType, resultType)
}

/** CHOOSE(index, first, second, …): NULL outside the list. */
const choose = defineFunction({
  arguments: [2, MOST_ARGUMENTS],
  parameters: [INT, undefined],
  acceptsNull: true,
  result: (args) => typesOf(args.slice(1)),
  evaluate(values, _context, site) {
    const index = Number(values[0] ?? 0)
    return index < 1 ? null : converted(values[index] ?? null, index + 1, site)
  },
})

/** GREATEST and LEAST leave NULLs out. */
function extreme(wins: (order: number) => boolean): ScalarFunction {
  return defineFunction({
    arguments: [1, MOST_ARGUMENTS],
    acceptsNull: true,
    result: typesOf,
    evaluate(values, _context, site) {
      const candidates = values.map((value, i) => converted(value, i + 1, site))
      return candidates.reduce((best, value) => {
        if (value === null) return best
        if (best === null) return value
        return wins(compareValues(value, best, site.resultType)) ? value : best
      }, null)
    },
  })
}

const sqlVariantProperty = defineFunction({
  arguments: 2,
  result: SQL_VARIANT,
  evaluate([value = null, property = null], context, site) {
    const declared = site.args[0]?.type ?? SQL_VARIANT
    const variant =
      value instanceof SqlVariant || value === null ? value : new SqlVariant(declared, value)
    if (variant === null) return null
    const answer = variantProperty(variant, textOf(property, 2, site).trim().toLowerCase())
    return asVariant(answer, context.host.session.collationId)
  },
})

/** Bytes that a sql_variant keeps beside the value: its type, version and facets. */
const VARIANT_OVERHEAD_BYTES = 2

function variantProperty({ type, value }: SqlVariant, property: string): SqlValue {
  switch (property) {
    case 'basetype':
      return type.name
    case 'precision':
      return type.precision
    case 'scale':
      return type.scale
    case 'maxlength':
      return type.maxLength
    case 'totalbytes':
      return dataLength(value, type) + VARIANT_OVERHEAD_BYTES + facetBytes(type)
    case 'collation':
      return type.collationId === 0 ? null : (collationName(type.collationId) ?? null)
    default:
      return null
  }
}

/** Text keeps its length and collation, binary its length, decimal precision and scale. */
function facetBytes(type: SqlType): number {
  if (isCharacterType(type)) return 6
  if (type.name === 'binary' || type.name === 'varbinary') return 2
  if (type.name === 'decimal' || type.name === 'numeric') return 2
  return type.name === 'time' || type.name.startsWith('datetime2') ? 1 : 0
}

function checksumFunction(compute: typeof checksum): ScalarFunction {
  return defineFunction({
    arguments: [1, MOST_ARGUMENTS],
    acceptsNull: true,
    result: INT,
    evaluate: (values, _context, { args }) =>
      compute(values.map((value, i) => ({ value, type: args[i]?.type ?? INT }))),
  })
}

export const OTHER_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  ISNUMERIC: isnumeric,
  NEWID: newid,
  NEWSEQUENTIALID: newid,
  HASHBYTES: hashbytes,
  COMPRESS: compress,
  DECOMPRESS: decompress,
  CHOOSE: choose,
  GREATEST: extreme((order) => order > 0),
  LEAST: extreme((order) => order < 0),
  SQL_VARIANT_PROPERTY: sqlVariantProperty,
  CHECKSUM: checksumFunction(checksum),
  BINARY_CHECKSUM: checksumFunction(binaryChecksum),
}
