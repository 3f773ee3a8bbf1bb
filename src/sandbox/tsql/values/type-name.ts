import { MAX_LENGTH, SQL_TYPE_NAMES, type SqlType, type SqlTypeName } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { TypeName } from '../syntax/ast.ts'
import * as types from './types.ts'

const SYNONYMS: Readonly<Record<string, SqlTypeName>> = {
  integer: 'int',
  dec: 'decimal',
  'double precision': 'float',
  character: 'char',
  'char varying': 'varchar',
  'character varying': 'varchar',
  'national char': 'nchar',
  'national character': 'nchar',
  'national char varying': 'nvarchar',
  'national character varying': 'nvarchar',
  'national text': 'ntext',
  'binary varying': 'varbinary',
  rowversion: 'timestamp',
}

const FIXED: Readonly<Partial<Record<SqlTypeName, SqlType>>> = {
  bit: types.BIT,
  tinyint: types.TINYINT,
  smallint: types.SMALLINT,
  int: types.INT,
  bigint: types.BIGINT,
  money: types.MONEY,
  smallmoney: types.SMALLMONEY,
  real: types.REAL,
  date: types.DATE,
  datetime: types.DATETIME,
  smalldatetime: types.SMALLDATETIME,
  uniqueidentifier: types.UNIQUEIDENTIFIER,
  timestamp: types.TIMESTAMP,
  sql_variant: types.SQL_VARIANT,
  image: types.IMAGE,
  hierarchyid: types.HIERARCHYID,
  geometry: types.GEOMETRY,
  geography: types.GEOGRAPHY,
  xml: types.XML,
}

const CAST_DEFAULT_LENGTH = 30
const MAX_PRECISION = 38

/**
 * The type a name stands for. `forCast` gives character and binary types without a length 30, as CAST
 * does; declarations give them 1.
 * @throws SqlError 243 or 2715 (no such type), 131, 1001, 1002, 2716, 2717, 2750, 2751 (bad facets)
 */
export function resolveTypeName(
  type: TypeName,
  collationId: number,
  options: { readonly forCast?: boolean } = {},
): SqlType {
  const forCast = options.forCast === true
  const written = type.name.toLowerCase()
  const schema = type.schema.toLowerCase()
  if (schema !== '' && schema !== 'sys') throw unknownType(type, forCast)
  if (written === 'sysname') return types.sysnameType(collationId)
  const name = SYNONYMS[written] ?? SQL_TYPE_NAMES.find((known) => known === written)
  if (name === undefined) throw unknownType(type, forCast)
  const fixed = FIXED[name]
  if (fixed !== undefined) {
    // xml takes a schema collection, which does not change the values.
    if (type.arguments.length > 0 && name !== 'xml') throw widthNotAllowed(name, forCast)
    return fixed
  }
  return facetedType(name, type.arguments, { collationId, forCast })
}

interface TypeOptions {
  readonly collationId: number
  readonly forCast: boolean
}

function facetedType(
  name: SqlTypeName,
  args: TypeName['arguments'],
  { collationId, forCast }: TypeOptions,
): SqlType {
  const byteLength = () => lengthOf(args, { name, forCast, limit: 8000 })
  const charLength = () => lengthOf(args, { name, forCast, limit: 4000 })
  switch (name) {
    case 'char':
      return types.charType(byteLength(), collationId)
    case 'varchar':
      return types.varcharType(byteLength(), collationId)
    case 'nchar':
      return types.ncharType(charLength() * 2, collationId)
    case 'nvarchar': {
      const length = charLength()
      return types.nvarcharType(length === MAX_LENGTH ? length : length * 2, collationId)
    }
    case 'binary':
      return types.binaryType(byteLength())
    case 'varbinary':
      return types.varbinaryType(byteLength())
    case 'text':
      return types.textTypeOf(collationId)
    case 'ntext':
      return types.ntextTypeOf(collationId)
    case 'float':
      return floatType(args)
    case 'time':
      return types.timeType(scaleOf(args, name))
    case 'datetime2':
      return types.datetime2Type(scaleOf(args, name))
    case 'datetimeoffset':
      return types.datetimeoffsetType(scaleOf(args, name))
    default:
      return exactType(name === 'numeric' ? 'numeric' : 'decimal', args)
  }
}

function lengthOf(
  args: TypeName['arguments'],
  limits: { name: string; forCast: boolean; limit: number },
): number {
  const [length] = args
  if (length === undefined) return limits.forCast ? CAST_DEFAULT_LENGTH : 1
  if (length === 'max') {
    if (limits.name.includes('var')) return MAX_LENGTH
    throw new SqlError(102, "Incorrect syntax near 'max'.", { severity: 15 })
  }
  if (length === 0) {
    throw new SqlError(1001, `Line 1: Length or precision specification 0 is invalid.`, {
      severity: 15,
    })
  }
  if (length > limits.limit) throw tooLong(length, limits)
  return length
}

function tooLong(
  length: number,
  { name, forCast, limit }: { name: string; forCast: boolean; limit: number },
): SqlError {
  if (forCast) {
    return new SqlError(
      131,
      `The size (${length}) given to the type '${name}' exceeds the maximum allowed for any data type (8000).`,
      { severity: 15 },
    )
  }
  const text =
    limit === 4000
      ? `The size (${length}) given to the parameter '#1' exceeds the maximum allowed (4000).`
      : `The size (${length}) given to the type '${name}' exceeds the maximum allowed for any data type (8000).`
  return new SqlError(limit === 4000 ? 2717 : 131, text, { severity: limit === 4000 ? 16 : 15 })
}

function floatType(args: TypeName['arguments']): SqlType {
  const [precision = 53] = args
  if (typeof precision !== 'number' || precision > 53) {
    throw new SqlError(
      2750,
      `Column or parameter #1: Specified column precision ${precision} is greater than the maximum precision of 53.`,
    )
  }
  if (precision === 0) {
    throw new SqlError(1001, 'Line 1: Length or precision specification 0 is invalid.', {
      severity: 15,
    })
  }
  return precision <= 24 ? types.REAL : types.FLOAT
}

function scaleOf(args: TypeName['arguments'], name: string): number {
  const [scale = 7] = args
  if (typeof scale === 'number' && scale <= 7) return scale
  throw new SqlError(1002, `Line 1: Specified scale ${scale} is invalid.`, {
    severity: 15,
    ...(name === 'time' ? { state: 1 } : { state: 2 }),
  })
}

function exactType(name: 'decimal' | 'numeric', args: TypeName['arguments']): SqlType {
  const [precision = 18, scale = 0] = args
  if (typeof precision !== 'number' || typeof scale !== 'number') {
    throw new SqlError(102, "Incorrect syntax near 'max'.", { severity: 15 })
  }
  if (precision === 0) {
    throw new SqlError(1001, 'Line 1: Length or precision specification 0 is invalid.', {
      severity: 15,
    })
  }
  if (precision > MAX_PRECISION) {
    throw new SqlError(
      2750,
      `Column or parameter #1: Specified column precision ${precision} is greater than the maximum precision of 38.`,
    )
  }
  if (scale > precision) {
    throw new SqlError(192, 'The scale must be less than or equal to the precision.', {
      severity: 15,
    })
  }
  return types.decimalType(precision, scale, name)
}

function unknownType(type: TypeName, forCast: boolean): SqlError {
  const name = type.schema === '' ? type.name : `${type.schema}.${type.name}`
  if (forCast) return new SqlError(243, `Type ${name} is not a defined system type.`)
  return new SqlError(2715, `Column, parameter, or variable #1: Cannot find data type ${name}.`)
}

function widthNotAllowed(name: string, forCast: boolean): SqlError {
  if (forCast) {
    return new SqlError(291, `CAST or CONVERT: invalid attributes specified for type '${name}'`)
  }
  return new SqlError(
    2716,
    `Column, parameter, or variable #1: Cannot specify a column width on data type ${name}.`,
  )
}
