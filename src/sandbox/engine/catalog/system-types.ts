import { collationName } from '../../../mdf/index.ts'
import type { DatabaseCatalog } from '../databases/database-content.ts'

/** A type as sys.types lists it. */
export interface ListedType {
  readonly name: string
  readonly systemTypeId: number
  readonly userTypeId: number
  readonly schemaId: number
  readonly maxLength: number
  readonly precision: number
  readonly scale: number
  readonly isNullable: boolean
  readonly hasCollation: boolean
}

const SYS_SCHEMA = 4
/** Types of which sys.types knows a collation: text, ntext, varchar, char, nvarchar, nchar. */
const CHARACTER_TYPE_IDS = new Set([35, 99, 167, 175, 231, 239])
/** The ids of CLR types above 240 share one system type. */
const CLR_SYSTEM_TYPE = 240

/** name, user_type_id, max_length, precision, scale; [MS-TDS] and sys.types use the same ids. */
const SYSTEM_TYPES: readonly (readonly [string, number, number, number, number])[] = [
  ['image', 34, 16, 0, 0],
  ['text', 35, 16, 0, 0],
  ['uniqueidentifier', 36, 16, 0, 0],
  ['date', 40, 3, 10, 0],
  ['time', 41, 5, 16, 7],
  ['datetime2', 42, 8, 27, 7],
  ['datetimeoffset', 43, 10, 34, 7],
  ['tinyint', 48, 1, 3, 0],
  ['smallint', 52, 2, 5, 0],
  ['int', 56, 4, 10, 0],
  ['smalldatetime', 58, 4, 16, 0],
  ['real', 59, 4, 24, 0],
  ['money', 60, 8, 19, 4],
  ['datetime', 61, 8, 23, 3],
  ['float', 62, 8, 53, 0],
  ['sql_variant', 98, 8016, 0, 0],
  ['ntext', 99, 16, 0, 0],
  ['bit', 104, 1, 1, 0],
  ['decimal', 106, 17, 38, 38],
  ['numeric', 108, 17, 38, 38],
  ['smallmoney', 122, 4, 10, 4],
  ['bigint', 127, 8, 19, 0],
  ['hierarchyid', 128, 892, 0, 0],
  ['geometry', 129, -1, 0, 0],
  ['geography', 130, -1, 0, 0],
  ['varbinary', 165, 8000, 0, 0],
  ['varchar', 167, 8000, 0, 0],
  ['binary', 173, 8000, 0, 0],
  ['char', 175, 8000, 0, 0],
  ['timestamp', 189, 8, 0, 0],
  ['nvarchar', 231, 8000, 0, 0],
  ['nchar', 239, 8000, 0, 0],
  ['xml', 241, -1, 0, 0],
  ['sysname', 256, 256, 0, 0],
]
const SYSNAME_ID = 256
const NVARCHAR_ID = 231
const TIMESTAMP_ID = 189

const BUILT_IN: readonly ListedType[] = SYSTEM_TYPES.map(
  ([name, userTypeId, maxLength, precision, scale]) => ({
    name,
    systemTypeId: systemTypeIdOf(userTypeId),
    userTypeId,
    schemaId: SYS_SCHEMA,
    maxLength,
    precision,
    scale,
    isNullable: userTypeId !== SYSNAME_ID && userTypeId !== TIMESTAMP_ID,
    hasCollation: userTypeId === SYSNAME_ID || CHARACTER_TYPE_IDS.has(userTypeId),
  }),
)

function systemTypeIdOf(userTypeId: number): number {
  if (userTypeId === SYSNAME_ID) return NVARCHAR_ID
  return [128, 129, 130].includes(userTypeId) ? CLR_SYSTEM_TYPE : userTypeId
}

/** The built-in types, then the database's own. */
export function typesOf(catalog: DatabaseCatalog): readonly ListedType[] {
  const own = catalog.userTypes
    .filter(({ userTypeId }) => userTypeId > SYSNAME_ID)
    .map(({ name, systemTypeId, userTypeId, schemaId, type, isNullable }) => ({
      name,
      systemTypeId,
      userTypeId,
      schemaId,
      maxLength: type.maxLength,
      precision: type.precision,
      scale: type.scale,
      isNullable,
      hasCollation: CHARACTER_TYPE_IDS.has(systemTypeId),
    }))
  return [...BUILT_IN, ...own]
}

/** A built-in type's name by its system type id. */
export function systemTypeName(systemTypeId: number): string {
  return BUILT_IN.find(({ userTypeId }) => userTypeId === systemTypeId)?.name ?? 'varbinary'
}

/** The system type id of a built-in type's name. */
export function systemTypeId(name: string): number {
  return BUILT_IN.find((type) => type.name === name)?.systemTypeId ?? 0
}

/** The name a column's collation is shown by; NULL for types without one. */
export function collationNameOrNull(collationId: number): string | null {
  return collationId === 0 ? null : (collationName(collationId) ?? null)
}
