import type { CatalogColumn, SqlType } from '../../../../mdf/index.ts'
import type { ViewContext, ViewRow } from '../catalog-view.ts'
import { collationNameOrNull, systemTypeName } from '../system-types.ts'
import { schemaNameOf } from './objects.ts'

/** The columns that describe a type in INFORMATION_SCHEMA; `typeColumns` fills them and DATA_TYPE. */
export const TYPE_COLUMNS = `
  CHARACTER_MAXIMUM_LENGTH int ?
  CHARACTER_OCTET_LENGTH int ?
  NUMERIC_PRECISION tinyint ?
  NUMERIC_PRECISION_RADIX smallint ?
  NUMERIC_SCALE int ?
  DATETIME_PRECISION smallint ?
  CHARACTER_SET_CATALOG sysname ?
  CHARACTER_SET_SCHEMA sysname ?
  CHARACTER_SET_NAME sysname ?
  COLLATION_CATALOG sysname ?
  COLLATION_SCHEMA sysname ?
  COLLATION_NAME sysname ?
  DOMAIN_CATALOG sysname ?
  DOMAIN_SCHEMA sysname ?
  DOMAIN_NAME sysname ?`

/** A type by the columns of `TYPE_COLUMNS`, and DATA_TYPE. */
export function typeColumns(column: CatalogColumn, context: ViewContext): ViewRow {
  const { type, systemTypeId, userTypeId } = column
  const { catalog } = context.database.content
  const alias =
    userTypeId > 256 ? catalog.userTypes.find((item) => item.userTypeId === userTypeId) : undefined
  const isCharacter = type.collationId !== 0 && type.name !== 'xml'
  const isUnicode = /^n/.test(type.name) && isCharacter
  return {
    DATA_TYPE: systemTypeId === 240 ? type.name : systemTypeName(systemTypeId),
    ...lengths(type),
    ...numericFacets(type),
    DATETIME_PRECISION: dateTimePrecision(type),
    CHARACTER_SET_NAME: isCharacter ? (isUnicode ? 'UNICODE' : 'iso_1') : null,
    COLLATION_NAME: isCharacter ? collationNameOrNull(type.collationId) : null,
    DOMAIN_CATALOG: alias === undefined ? null : context.database.name,
    DOMAIN_SCHEMA: alias === undefined ? null : schemaNameOf(alias, context),
    DOMAIN_NAME: alias?.name ?? null,
  }
}

const LARGE_OBJECT_BYTES = 0x7fff_ffff
const LARGE_UNICODE_CHARACTERS = 0x3fff_ffff

/** Length in characters, and in bytes; -1 for (max) types. */
function lengths({ name, maxLength }: SqlType): ViewRow {
  switch (name) {
    case 'text':
    case 'image':
      return {
        CHARACTER_MAXIMUM_LENGTH: LARGE_OBJECT_BYTES,
        CHARACTER_OCTET_LENGTH: LARGE_OBJECT_BYTES,
      }
    case 'ntext':
      return {
        CHARACTER_MAXIMUM_LENGTH: LARGE_UNICODE_CHARACTERS,
        CHARACTER_OCTET_LENGTH: LARGE_OBJECT_BYTES - 1,
      }
    case 'nchar':
    case 'nvarchar':
      return {
        CHARACTER_MAXIMUM_LENGTH: maxLength < 0 ? -1 : maxLength / 2,
        CHARACTER_OCTET_LENGTH: maxLength,
      }
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
    case 'xml':
      return { CHARACTER_MAXIMUM_LENGTH: maxLength, CHARACTER_OCTET_LENGTH: maxLength }
    default:
      return {}
  }
}

function numericFacets({ name, precision, scale }: SqlType): ViewRow {
  switch (name) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'decimal':
    case 'numeric':
    case 'money':
    case 'smallmoney':
      return { NUMERIC_PRECISION: precision, NUMERIC_PRECISION_RADIX: 10, NUMERIC_SCALE: scale }
    case 'float':
    case 'real':
      return { NUMERIC_PRECISION: precision, NUMERIC_PRECISION_RADIX: 2 }
    default:
      return {}
  }
}

function dateTimePrecision({ name, scale }: SqlType): number | null {
  switch (name) {
    case 'date':
    case 'smalldatetime':
      return 0
    case 'datetime':
      return 3
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return scale
    default:
      return null
  }
}
