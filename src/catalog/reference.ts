import { PlatformError } from '../base/index.ts'
import type { CatalogDatabase } from './database.ts'
import type { Row } from './row.ts'

/** Digits of an id that may stand for it, at least. */
const SHORTEST_PREFIX = 4
const ID_PREFIX = new RegExp(`^[0-9a-f]{${SHORTEST_PREFIX},64}$`)

/**
 * The row people mean by `reference`: an exact name first, then an id or a unique prefix of one.
 *
 * @throws PlatformError INVALID_ARGUMENT when the prefix is of several ids
 */
export function findByReference(
  database: CatalogDatabase,
  options: { readonly table: 'images' | 'clones'; readonly reference: string },
): Row | undefined {
  const { table, reference } = options
  const named = database.prepare(`SELECT * FROM ${table} WHERE name = ?`).get(reference)
  if (named !== undefined || !ID_PREFIX.test(reference)) return named
  const [row, another] = database
    .prepare(`SELECT * FROM ${table} WHERE id GLOB ? LIMIT 2`)
    .all(`${reference}*`)
  if (another !== undefined) {
    throw new PlatformError(
      'INVALID_ARGUMENT',
      `${reference} is the start of several ids in ${table}; give more digits or the name`,
    )
  }
  return row
}
