import type { CatalogColumn, SqlTypeName } from '../../../mdf/index.ts'
import type { ViewRow } from '../catalog/catalog-view.ts'
import { systemTypeName } from '../catalog/system-types.ts'
import { type ProcedureContext, sendRows } from './engine-procedure.ts'

/** How ODBC describes a type: SQL type code, display precision, radix, literal's prefix and suffix. */
interface OdbcType {
  readonly code: number
  readonly precision?: number
  readonly radix?: number
  readonly quotes?: readonly [string, string]
  readonly parameters?: string
}

const TEXT = ["'", "'"] as const
const UNICODE = ["N'", "'"] as const
const BINARY = ['0x', ''] as const
const SS_VARIANT = -150
const SS_XML = -152
const SS_UDT = -151
const SS_TIME = -154
const SS_DATETIMEOFFSET = -155
const LARGE_BYTES = 2_147_483_647

const ODBC_TYPES: Readonly<Record<SqlTypeName, OdbcType>> = {
  bit: { code: -7, precision: 1 },
  tinyint: { code: -6, precision: 3, radix: 10 },
  smallint: { code: 5, precision: 5, radix: 10 },
  int: { code: 4, precision: 10, radix: 10 },
  bigint: { code: -5, precision: 19, radix: 10 },
  decimal: { code: 3, precision: 38, radix: 10, parameters: 'precision,scale' },
  numeric: { code: 2, precision: 38, radix: 10, parameters: 'precision,scale' },
  money: { code: 3, precision: 19, radix: 10, quotes: ['$', ''] },
  smallmoney: { code: 3, precision: 10, radix: 10, quotes: ['$', ''] },
  real: { code: 7, precision: 24, radix: 2 },
  float: { code: 6, precision: 53, radix: 2 },
  date: { code: 91, precision: 10, quotes: TEXT },
  time: { code: SS_TIME, precision: 16, quotes: TEXT, parameters: 'scale' },
  datetime2: { code: 93, precision: 27, quotes: TEXT, parameters: 'scale' },
  datetimeoffset: { code: SS_DATETIMEOFFSET, precision: 34, quotes: TEXT, parameters: 'scale' },
  datetime: { code: 93, precision: 23, quotes: TEXT },
  smalldatetime: { code: 93, precision: 16, quotes: TEXT },
  char: { code: 1, precision: 8000, quotes: TEXT, parameters: 'length' },
  varchar: { code: 12, precision: 8000, quotes: TEXT, parameters: 'max length' },
  text: { code: -1, precision: LARGE_BYTES, quotes: TEXT },
  nchar: { code: -8, precision: 4000, quotes: UNICODE, parameters: 'length' },
  nvarchar: { code: -9, precision: 4000, quotes: UNICODE, parameters: 'max length' },
  ntext: { code: -10, precision: LARGE_BYTES / 2, quotes: UNICODE },
  binary: { code: -2, precision: 8000, quotes: BINARY, parameters: 'length' },
  varbinary: { code: -3, precision: 8000, quotes: BINARY, parameters: 'max length' },
  image: { code: -4, precision: LARGE_BYTES, quotes: BINARY },
  uniqueidentifier: { code: -11, precision: 36, quotes: TEXT },
  timestamp: { code: -2, precision: 8, quotes: BINARY },
  sql_variant: { code: SS_VARIANT, precision: 8000 },
  xml: { code: SS_XML, precision: 0, quotes: UNICODE },
  hierarchyid: { code: SS_UDT, precision: 892 },
  geometry: { code: SS_UDT, precision: 0 },
  geography: { code: SS_UDT, precision: 0 },
}

/** sp_columns' description of a column, by its column names. */
export function odbcColumn(column: CatalogColumn): ViewRow {
  const { type } = column
  const { code, radix } = ODBC_TYPES[type.name]
  const isDateTime = code === 93 || code === 91
  const characters = /^n(?:char|varchar)$/.test(type.name) ? type.maxLength / 2 : type.maxLength
  const suffix = column.identity === undefined ? '' : ' identity'
  return {
    COLUMN_NAME: column.name,
    DATA_TYPE: code,
    TYPE_NAME: `${systemTypeName(column.systemTypeId)}${suffix}`,
    PRECISION: type.precision === 0 ? characters : type.precision,
    LENGTH: type.maxLength,
    SCALE: type.precision === 0 || radix === 2 ? null : type.scale,
    RADIX: radix ?? null,
    NULLABLE: column.isNullable ? 1 : 0,
    SQL_DATA_TYPE: isDateTime ? 9 : code,
    SQL_DATETIME_SUB: code === 93 ? 3 : code === 91 ? 1 : null,
    CHAR_OCTET_LENGTH: type.precision === 0 ? type.maxLength : null,
    IS_NULLABLE: column.isNullable ? 'YES' : 'NO',
    SS_DATA_TYPE: column.systemTypeId & 0xff,
  }
}

/** sp_datatype_info: every type, or those of one ODBC code when `code` is not 0. */
export async function sendTypeInfo(code: number, context: ProcedureContext): Promise<void> {
  const rows = Object.entries(ODBC_TYPES)
    .filter(([, type]) => code === 0 || type.code === code)
    .map(([name, type]) => ({
      TYPE_NAME: name,
      DATA_TYPE: type.code,
      PRECISION: type.precision ?? null,
      LITERAL_PREFIX: type.quotes?.[0] ?? null,
      LITERAL_SUFFIX: type.quotes?.[1] || null,
      CREATE_PARAMS: type.parameters ?? null,
      NULLABLE: name === 'timestamp' ? 0 : 1,
      CASE_SENSITIVE: 0,
      SEARCHABLE: /^(?:text|ntext|image|xml)$/.test(name) ? 1 : 3,
      UNSIGNED_ATTRIBUTE: type.radix === undefined ? null : Number(name === 'tinyint'),
      MONEY: Number(/money$/.test(name)),
      AUTO_INCREMENT: type.radix === 10 ? 0 : null,
      LOCAL_TYPE_NAME: name,
      MINIMUM_SCALE: type.radix === 10 ? 0 : null,
      MAXIMUM_SCALE: name === 'decimal' || name === 'numeric' ? 38 : type.radix === 10 ? 0 : null,
      SQL_DATA_TYPE: type.code,
      NUM_PREC_RADIX: type.radix ?? null,
      USERTYPE: 0,
    }))
    .sort((a, b) => a.DATA_TYPE - b.DATA_TYPE)
  await sendRows(
    context,
    `TYPE_NAME sysname
    DATA_TYPE smallint
    PRECISION int ?
    LITERAL_PREFIX varchar(32) ?
    LITERAL_SUFFIX varchar(32) ?
    CREATE_PARAMS varchar(32) ?
    NULLABLE smallint
    CASE_SENSITIVE smallint
    SEARCHABLE smallint
    UNSIGNED_ATTRIBUTE smallint ?
    MONEY smallint
    AUTO_INCREMENT smallint ?
    LOCAL_TYPE_NAME sysname ?
    MINIMUM_SCALE smallint ?
    MAXIMUM_SCALE smallint ?
    SQL_DATA_TYPE smallint
    SQL_DATETIME_SUB smallint ?
    NUM_PREC_RADIX int ?
    INTERVAL_PRECISION smallint ?
    USERTYPE smallint`,
    rows,
  )
}
