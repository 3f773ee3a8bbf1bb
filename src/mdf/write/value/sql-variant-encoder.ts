import { type SqlType, type SqlTypeName, SqlVariant } from '../../sql-type.ts'
import { SYSTEM_TYPE_NAMES } from '../../value/system-type.ts'
import type { StoredValue, ValueEncoder } from './encoder.ts'
import { invalidValue, shown } from './invalid-value.ts'

const VERSION = 1
const MOST_FACET_BYTES = 8
const LARGEST_VALUE = 8000
const SHORTEST_DECIMAL = 5
/** Types that no sql_variant can hold. */
const NO_BASE_TYPES: ReadonlySet<SqlTypeName> = new Set<SqlTypeName>([
  'text',
  'ntext',
  'image',
  'timestamp',
  'sql_variant',
  'xml',
  'hierarchyid',
  'geometry',
  'geography',
])

const SYSTEM_TYPE_IDS: ReadonlyMap<SqlTypeName, number> = new Map(
  Object.entries(SYSTEM_TYPE_NAMES).map(([id, name]) => [name, Number(id)]),
)

/** sql_variant (format reference 6.2): base type u8, version u8, the base type's facets, the value. */
export function sqlVariantEncoder(encoderOf: (type: SqlType) => ValueEncoder): ValueEncoder {
  return {
    bound(value) {
      const variant = variantOf(value)
      return MOST_FACET_BYTES + encoderOf(variant.type).bound(variant.value)
    },
    write(value, target, start) {
      const { type, value: inner } = variantOf(value)
      target[start] = SYSTEM_TYPE_IDS.get(type.name) ?? 0
      target[start + 1] = VERSION
      const dataStart = writeFacets(type, target, start + 2)
      const encodedEnd = encoderOf(type).write(inner, target, dataStart)
      const end = isDecimal(type) ? shortened(target, dataStart, encodedEnd) : encodedEnd
      if (end - dataStart > LARGEST_VALUE) throw invalidValue('a sql_variant is over 8,000 bytes')
      return end
    },
  }
}

function isDecimal({ name }: SqlType): boolean {
  return name === 'decimal' || name === 'numeric'
}

/** A decimal in a sql_variant has as many dwords as its value needs, whatever its precision. */
function shortened(target: Buffer, start: number, end: number): number {
  let last = end
  while (last - start > SHORTEST_DECIMAL && target.readUInt32LE(last - 4) === 0) last -= 4
  return last
}

function variantOf(value: StoredValue): SqlVariant {
  if (!(value instanceof SqlVariant)) throw invalidValue(`${shown(value)} is no sql_variant`)
  const { name, maxLength } = value.type
  if (NO_BASE_TYPES.has(name) || maxLength < 0) {
    throw invalidValue(`a sql_variant cannot hold ${name}${maxLength < 0 ? '(max)' : ''}`)
  }
  return value
}

function writeFacets(type: SqlType, target: Buffer, start: number): number {
  switch (type.name) {
    case 'decimal':
    case 'numeric':
      target[start] = type.precision
      target[start + 1] = type.scale
      return start + 2
    case 'binary':
    case 'varbinary':
      return target.writeUInt16LE(type.maxLength, start)
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return target.writeUInt32LE(type.collationId, target.writeUInt16LE(type.maxLength, start))
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      target[start] = type.scale
      return start + 1
    default:
      return start
  }
}
