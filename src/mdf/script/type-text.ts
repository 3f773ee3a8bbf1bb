import { MAX_LENGTH, type SqlType } from '../sql-type.ts'

const BYTES_PER_CHARACTER: Readonly<Record<string, number>> = {
  char: 1,
  varchar: 1,
  binary: 1,
  varbinary: 1,
  nchar: 2,
  nvarchar: 2,
}

/** A system type as a declaration writes it: `nvarchar(40)`, `decimal(10, 2)`, `datetime2(7)`, `int`. */
export function typeText(type: SqlType): string {
  const bytes = BYTES_PER_CHARACTER[type.name]
  if (bytes !== undefined) {
    const length = type.maxLength === MAX_LENGTH ? 'max' : type.maxLength / bytes
    return `${type.name}(${length})`
  }
  switch (type.name) {
    case 'decimal':
    case 'numeric':
      return `${type.name}(${type.precision}, ${type.scale})`
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${type.name}(${type.scale})`
    default:
      return type.name
  }
}
