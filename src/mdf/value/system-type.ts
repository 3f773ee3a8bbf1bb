import { MAX_LENGTH, type SqlType, type SqlTypeName } from '../sql-type.ts'

/** System type ids as columns carry them on disk (format reference 6.1). */
export const SYSTEM_TYPE_NAMES: Readonly<Record<number, SqlTypeName>> = {
  34: 'image',
  35: 'text',
  36: 'uniqueidentifier',
  40: 'date',
  41: 'time',
  42: 'datetime2',
  43: 'datetimeoffset',
  48: 'tinyint',
  52: 'smallint',
  56: 'int',
  58: 'smalldatetime',
  59: 'real',
  60: 'money',
  61: 'datetime',
  62: 'float',
  98: 'sql_variant',
  99: 'ntext',
  104: 'bit',
  106: 'decimal',
  108: 'numeric',
  122: 'smallmoney',
  127: 'bigint',
  165: 'varbinary',
  167: 'varchar',
  173: 'binary',
  175: 'char',
  189: 'timestamp',
  231: 'nvarchar',
  239: 'nchar',
  241: 'xml',
}

const CLR_TYPE = 240
/** User type ids of the CLR types that SQL Server brings itself. */
const CLR_TYPE_NAMES: Readonly<Record<number, SqlTypeName>> = {
  128: 'hierarchyid',
  129: 'geometry',
  130: 'geography',
}

/** Precision, scale and bytes that a type has whatever the column says, as sys.columns shows them. */
const FIXED_FACETS: Partial<Record<SqlTypeName, readonly [bytes: number, precision: number]>> = {
  bit: [1, 1],
  tinyint: [1, 3],
  smallint: [2, 5],
  int: [4, 10],
  bigint: [8, 19],
  money: [8, 19],
  smallmoney: [4, 10],
  real: [4, 24],
  float: [8, 53],
  date: [3, 10],
  datetime: [8, 23],
  smalldatetime: [4, 16],
  uniqueidentifier: [16, 0],
  timestamp: [8, 0],
  text: [16, 0],
  ntext: [16, 0],
  image: [16, 0],
}

const FIXED_SCALE: Partial<Record<SqlTypeName, number>> = { money: 4, smallmoney: 4, datetime: 3 }

const CHARACTER_TYPES: ReadonlySet<SqlTypeName> = new Set<SqlTypeName>([
  'char',
  'varchar',
  'text',
  'nchar',
  'nvarchar',
  'ntext',
])

/** A column's declaration as the catalog keeps it. */
export interface StoredFacets {
  readonly systemTypeId: number
  readonly userTypeId: number
  readonly length: number
  readonly precision: number
  readonly scale: number
  readonly collationId: number
}

/** The type of a stored declaration; undefined for a type this reader does not know. */
export function sqlTypeOf(facets: StoredFacets): SqlType | undefined {
  const name =
    facets.systemTypeId === CLR_TYPE
      ? (CLR_TYPE_NAMES[facets.userTypeId] ?? 'varbinary')
      : SYSTEM_TYPE_NAMES[facets.systemTypeId]
  if (name === undefined) return undefined
  const collationId = CHARACTER_TYPES.has(name) ? facets.collationId : 0
  const fixed = FIXED_FACETS[name]
  if (fixed !== undefined) {
    const [maxLength, precision] = fixed
    return { name, maxLength, precision, scale: FIXED_SCALE[name] ?? 0, collationId }
  }
  if (name === 'decimal' || name === 'numeric') return decimalType(name, facets)
  if (name === 'time' || name === 'datetime2' || name === 'datetimeoffset') {
    return timeType(name, facets.scale)
  }
  const maxLength = facets.length === 0 && name !== 'char' ? MAX_LENGTH : facets.length
  return { name, maxLength, precision: 0, scale: 0, collationId }
}

/** Bytes a value of a fixed-length type takes in a record; undefined for a variable-length type. */
export function fixedSizeOf(type: SqlType): number | undefined {
  switch (type.name) {
    case 'varchar':
    case 'nvarchar':
    case 'varbinary':
    case 'text':
    case 'ntext':
    case 'image':
    case 'sql_variant':
    case 'xml':
    case 'hierarchyid':
    case 'geometry':
    case 'geography':
      return undefined
    default:
      return type.maxLength
  }
}

/** Bytes of a time of day with `scale` digits behind the second. */
export function timeSize(scale: number): number {
  if (scale <= 2) return 3
  return scale <= 4 ? 4 : 5
}

function decimalType(name: 'decimal' | 'numeric', { precision, scale }: StoredFacets): SqlType {
  return { name, maxLength: decimalSize(precision), precision, scale, collationId: 0 }
}

function decimalSize(precision: number): number {
  if (precision <= 9) return 5
  if (precision <= 19) return 9
  return precision <= 28 ? 13 : 17
}

function timeType(name: 'time' | 'datetime2' | 'datetimeoffset', scale: number): SqlType {
  const fraction = scale === 0 ? 0 : scale + 1
  const shapes = {
    time: [0, 8],
    datetime2: [3, 19],
    datetimeoffset: [5, 26],
  } as const
  const [moreBytes, digits] = shapes[name]
  return {
    name,
    maxLength: timeSize(scale) + moreBytes,
    precision: digits + fraction,
    scale,
    collationId: 0,
  }
}

/** Whether values of a system type can be decoded. */
export function isKnownSystemType(systemTypeId: number): boolean {
  return systemTypeId === CLR_TYPE || SYSTEM_TYPE_NAMES[systemTypeId] !== undefined
}
