import { PlatformError } from '../../../base/index.ts'
import type { SqlType } from '../../sql-type.ts'
import { SYSTEM_TYPE_NAMES, sqlTypeOf } from '../../value/system-type.ts'

/** A column's type as the catalog names it. */
export interface DeclaredType {
  readonly type: SqlType
  readonly systemTypeId: number
  /** The same for a system type; an alias type's own id. */
  readonly userTypeId: number
  /** syscolpars.length: -1 for (max). */
  readonly length: number
}

const CLR_TYPE = 240
const CLR_TYPES: Readonly<Record<string, readonly [userTypeId: number, length: number]>> = {
  hierarchyid: [128, 892],
  geometry: [129, -1],
  geography: [130, -1],
}
const SYSTEM_TYPE_IDS = new Map<string, number>(
  Object.entries(SYSTEM_TYPE_NAMES).map(([id, name]) => [name, Number(id)]),
)
const OTHER_NAMES: Readonly<Record<string, string>> = {
  integer: 'int',
  dec: 'decimal',
  rowversion: 'timestamp',
  character: 'char',
}
const SYSNAME_ID = 256
const SYSNAME_BYTES = 256
const TYPE_TEXT =
  /^(?<name>[a-z_][\w]*)\s*(?:\(\s*(?<first>\d+|max)\s*(?:,\s*(?<second>\d+)\s*)?\))?$/i
const UNICODE_TYPES: readonly string[] = ['nchar', 'nvarchar']
const SIZED_TYPES: readonly string[] = [
  'char',
  'varchar',
  'binary',
  'varbinary',
  'nchar',
  'nvarchar',
]
const MAX_TYPES: readonly string[] = ['varchar', 'nvarchar', 'varbinary']
const TIME_TYPES: readonly string[] = ['time', 'datetime2', 'datetimeoffset']
const DECIMAL_TYPES: readonly string[] = ['decimal', 'numeric']
const LARGEST_ROW_VALUE = 8000
const MAX_PRECISION = 38
const DEFAULT_PRECISION = 18
const DEFAULT_TIME_SCALE = 7
const LAST_REAL_PRECISION = 24
const FLOAT_PRECISION = 53

/**
 * Reads a type as T-SQL writes it: `nvarchar(50)`, `decimal(10, 2)`, `varbinary(max)`, `sysname`.
 * @throws PlatformError INVALID_ARGUMENT
 */
export function parseType(text: string, collationId: number): DeclaredType {
  const parts = TYPE_TEXT.exec(text.trim())?.groups
  const written = parts?.['name']?.toLowerCase() ?? ''
  const name = OTHER_NAMES[written] ?? written
  if (name === 'sysname') return sysname(collationId)
  const clr = CLR_TYPES[name]
  if (clr !== undefined) return declared(CLR_TYPE, clr[0], { length: clr[1] }, collationId)
  const systemTypeId = SYSTEM_TYPE_IDS.get(name)
  if (systemTypeId === undefined) throw invalid(text, 'is no type that can be written')
  const [first, second] = [parts?.['first']?.toLowerCase(), parts?.['second']]
  if (name === 'float') return floatType(text, first)
  const facets = facetsOf(text, name, first, second)
  return declared(systemTypeId, systemTypeId, facets, collationId)
}

interface Facets {
  readonly length?: number
  readonly precision?: number
  readonly scale?: number
}

function facetsOf(
  text: string,
  name: string,
  first: string | undefined,
  second: string | undefined,
): Facets {
  if (SIZED_TYPES.includes(name) && second === undefined)
    return { length: lengthOf(text, name, first) }
  if (DECIMAL_TYPES.includes(name)) return decimalFacets(text, first, second)
  if (TIME_TYPES.includes(name) && second === undefined) {
    const scale = first === undefined ? DEFAULT_TIME_SCALE : Number(first)
    if (!(scale <= DEFAULT_TIME_SCALE)) throw invalid(text, 'has a scale above 7')
    return { scale }
  }
  if (first !== undefined) throw invalid(text, 'takes no length')
  if (name === 'sql_variant') return { length: 8016 }
  return { length: name === 'xml' ? -1 : 0 }
}

function lengthOf(text: string, name: string, first: string | undefined): number {
  if (first === 'max') {
    if (!MAX_TYPES.includes(name)) throw invalid(text, 'cannot be (max)')
    return -1
  }
  const length = Number(first ?? 1) * (UNICODE_TYPES.includes(name) ? 2 : 1)
  if (length < 1 || length > LARGEST_ROW_VALUE)
    throw invalid(text, 'has a length outside 1 to 8000 bytes')
  return length
}

function decimalFacets(
  text: string,
  first: string | undefined,
  second: string | undefined,
): Facets {
  const precision = Number(first ?? DEFAULT_PRECISION)
  const scale = Number(second ?? 0)
  if (!(precision >= 1 && precision <= MAX_PRECISION))
    throw invalid(text, 'has a precision outside 1 to 38')
  if (scale > precision) throw invalid(text, 'has a scale above its precision')
  return { precision, scale }
}

function floatType(text: string, first: string | undefined): DeclaredType {
  const precision = Number(first ?? FLOAT_PRECISION)
  if (!(precision >= 1 && precision <= FLOAT_PRECISION))
    throw invalid(text, 'has a precision outside 1 to 53')
  const id = SYSTEM_TYPE_IDS.get(precision <= LAST_REAL_PRECISION ? 'real' : 'float') ?? 0
  return declared(id, id, {}, 0)
}

function sysname(collationId: number): DeclaredType {
  const nvarchar = SYSTEM_TYPE_IDS.get('nvarchar') ?? 0
  return declared(nvarchar, SYSNAME_ID, { length: SYSNAME_BYTES }, collationId)
}

function declared(
  systemTypeId: number,
  userTypeId: number,
  { length = 0, precision = 0, scale = 0 }: Facets,
  collationId: number,
): DeclaredType {
  const type = sqlTypeOf({ systemTypeId, userTypeId, length, precision, scale, collationId })
  if (type === undefined) throw new PlatformError('INTERNAL', `there is no type ${systemTypeId}`)
  return { type, systemTypeId, userTypeId, length: type.maxLength }
}

function invalid(text: string, what: string): PlatformError {
  return new PlatformError('INVALID_ARGUMENT', `the type '${text}' ${what}`)
}

/** sysrscols.ti: the type's id, above it precision and scale, the scale, or the length in bytes. */
export function typeInformation({ type, systemTypeId }: DeclaredType): number {
  // Values of CLR types are stored as varbinary.
  const stored = systemTypeId === CLR_TYPE ? (SYSTEM_TYPE_IDS.get('varbinary') ?? 0) : systemTypeId
  if (DECIMAL_TYPES.includes(type.name)) return stored | (type.precision << 8) | (type.scale << 16)
  if (TIME_TYPES.includes(type.name)) return stored | (type.scale << 8)
  const hasLength = SIZED_TYPES.includes(type.name) || systemTypeId === CLR_TYPE
  return stored | ((hasLength && type.maxLength > 0 ? type.maxLength : 0) << 8)
}
