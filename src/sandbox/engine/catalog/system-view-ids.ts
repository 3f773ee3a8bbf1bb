import type { CatalogView } from './catalog-view.ts'

export const SYSTEM_VIEW_TYPE = 'V'
/** SQL Server gives its own objects negative ids; these stay clear of the ones tools know by heart. */
const FIRST_ID = -100_000

/** The object id of a catalog view: negative, and the same in every database and at every start. */
export function systemViewId({ schema, name }: Pick<CatalogView, 'schema' | 'name'>): number {
  let hash = 0
  for (const character of `${schema}.${name}`) {
    hash = (hash * 31 + character.charCodeAt(0)) % 1_000_000_007
  }
  return FIRST_ID - hash
}
