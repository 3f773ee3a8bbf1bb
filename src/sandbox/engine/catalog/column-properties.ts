import type { CatalogColumn, SqlType, SqlValue } from '../../../mdf/index.ts'

const CHARACTER_TYPES = new Set(['char', 'varchar', 'nchar', 'nvarchar', 'text', 'ntext'])
const BINARY_TYPES = new Set(['binary', 'varbinary', 'image'])
/** What no index key can be. */
const UNINDEXABLE = new Set(['text', 'ntext', 'image', 'xml', 'geometry', 'geography'])
const IMPRECISE = new Set(['real', 'float'])
const TEXT_PRECISION = 2_147_483_647
const GENERATED_ALWAYS = { 'ROW START': 1, 'ROW END': 2 } as const

type Answer = (column: CatalogColumn, place: number) => SqlValue | boolean

/** COLUMNPROPERTY's properties by lower-case name; `place` is the column's position from 1. */
const PROPERTIES: Readonly<Record<string, Answer>> = {
  allowsnull: ({ isNullable }) => isNullable,
  columnid: ({ columnId }) => columnId,
  ordinal: (_column, place) => place,
  fulltexttypecolumn: () => 0,
  generatedalwaystype: ({ generatedAlways }) =>
    generatedAlways === undefined ? 0 : GENERATED_ALWAYS[generatedAlways],
  iscolumnset: ({ isColumnSet }) => isColumnSet,
  iscomputed: ({ isComputed }) => isComputed,
  iscursortype: () => 0,
  isdeterministic: ({ isComputed, isPersisted }) => (isComputed ? isPersisted : null),
  isfulltextindexed: () => 0,
  ishidden: ({ isHidden }) => isHidden,
  isidentity: ({ identity }) => identity !== undefined,
  isidnotforrepl: ({ isIdentityNotForReplication }) => isIdentityNotForReplication,
  isindexable: ({ type }) => !UNINDEXABLE.has(type.name) && type.maxLength !== -1,
  isoutparam: ({ isOutput }) => isOutput,
  isprecise: ({ isComputed, type }) => (isComputed ? !IMPRECISE.has(type.name) : null),
  isrowguidcol: ({ isRowGuid }) => isRowGuid,
  issparse: ({ isSparse }) => isSparse,
  issystemverified: ({ isComputed }) => (isComputed ? true : null),
  isxmlindexable: ({ type }) => type.name === 'xml',
  precision: ({ type }) => precisionOf(type),
  scale: ({ type }) => (type.precision === 0 ? null : type.scale),
  statisticalsemantics: () => 0,
  systemdataaccess: ({ isComputed }) => (isComputed ? 0 : null),
  userdataaccess: ({ isComputed }) => (isComputed ? 0 : null),
  usesansitrim: ({ type, isAnsiPadded }) =>
    CHARACTER_TYPES.has(type.name) || BINARY_TYPES.has(type.name) ? isAnsiPadded : null,
  charmaxlen: ({ type }) => charactersOf(type),
}

/** A property of a column; undefined when its name says nothing here. */
export function columnProperty(
  column: CatalogColumn,
  place: number,
  property: string,
): SqlValue | undefined {
  const name = property.trim().toLowerCase()
  if (!Object.hasOwn(PROPERTIES, name)) return undefined
  const value = PROPERTIES[name]?.(column, place)
  return typeof value === 'boolean' ? Number(value) : value
}

/** Digits of a number; characters or bytes of what has a length, -1 for max and xml. */
export function precisionOf(type: SqlType): number | null {
  if (type.precision !== 0) return type.precision
  return charactersOf(type) ?? type.maxLength
}

function charactersOf({ name, maxLength }: SqlType): number | null {
  if (name === 'text' || name === 'image') return TEXT_PRECISION
  if (name === 'ntext') return (TEXT_PRECISION - 1) / 2
  if (!CHARACTER_TYPES.has(name) && !BINARY_TYPES.has(name)) return null
  const isWide = name === 'nchar' || name === 'nvarchar'
  return isWide && maxLength > 0 ? maxLength / 2 : maxLength
}
