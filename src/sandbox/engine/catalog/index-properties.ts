import type { CatalogIndex, SqlValue } from '../../../mdf/index.ts'

type Answer = (index: CatalogIndex) => SqlValue | boolean

/** INDEXPROPERTY's properties by lower-case name. */
const PROPERTIES: Readonly<Record<string, Answer>> = {
  // The B-tree of a table of any size one comes across here.
  indexdepth: () => 1,
  indexfillfactor: ({ fillFactor }) => fillFactor,
  indexid: ({ indexId }) => indexId,
  isautostatistics: () => false,
  isclustered: ({ indexId }) => indexId === 1,
  iscolumnstore: ({ type }) => type.endsWith('COLUMNSTORE'),
  isdisabled: ({ isDisabled }) => isDisabled,
  isfulltextkey: () => false,
  ishypothetical: ({ isHypothetical }) => isHypothetical,
  isoptimizedforsequentialkey: () => false,
  ispadindex: ({ isPadded }) => isPadded,
  ispagelockdisallowed: ({ allowsPageLocks }) => !allowsPageLocks,
  isrowlockdisallowed: ({ allowsRowLocks }) => !allowsRowLocks,
  isstatistics: () => false,
  isunique: ({ isUnique }) => isUnique,
}

/** A property of an index; undefined when its name says nothing here. */
export function indexProperty(index: CatalogIndex, property: string): SqlValue | undefined {
  const name = property.trim().toLowerCase()
  if (!Object.hasOwn(PROPERTIES, name)) return undefined
  const value = PROPERTIES[name]?.(index)
  return typeof value === 'boolean' ? Number(value) : value
}
