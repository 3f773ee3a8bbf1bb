import { PlatformError } from '../../base/index.ts'
import {
  type CatalogColumn,
  type CatalogObject,
  collationTraits,
  type DatabaseReader,
} from '../../mdf/index.ts'
import { isTable } from './table-summary.ts'

const DEFAULT_SCHEMA = 'dbo'
const NEAR_DISTANCE = 3
const NEAR_NAMES = 3
/** A part of a name: `[in ]] brackets]`, `"in quotes"` or plain up to the next separator. */
const NAME_PART = /\s*(?:\[((?:[^\]]|\]\])+)\]|"((?:[^"]|"")+)"|([^.,[\]"]+?))\s*(?:([.,])|$)/y

type SameName = (left: string, right: string) => boolean

/**
 * The table or indexed view of a name such as `Customers`, `sales.orders` or `[dbo].[Order Details]`,
 * found as SQL Server would: by the database's collation, without a schema in dbo first.
 * @throws PlatformError TABLE_NOT_FOUND with names like it, INVALID_ARGUMENT for a view without rows or
 *   a name that two schemas have
 */
export function findTable(reader: DatabaseReader, name: string): CatalogObject {
  const { catalog } = reader
  const same = nameComparer(reader)
  const schemas = new Map(catalog.schemas.map((schema) => [schema.schemaId, schema.name]))
  const schemaOf = ({ schemaId }: CatalogObject) => schemas.get(schemaId) ?? ''
  const tables = catalog.objects.filter((object) => ['U', 'V', 'S', 'IT'].includes(object.type))
  for (const { schema, table } of readings(name)) {
    const found = tables.filter(
      (object) =>
        same(object.name, table) && (schema === undefined || same(schemaOf(object), schema)),
    )
    const [only] = found
    const chosen =
      found.length > 1
        ? found.find((object) => same(schemaOf(object), schema ?? DEFAULT_SCHEMA))
        : only
    if (chosen !== undefined) return refuseViewWithoutRows(reader, chosen)
    if (found.length > 1) {
      const list = found.map((object) => `${schemaOf(object)}.${object.name}`).join(', ')
      throw new PlatformError('INVALID_ARGUMENT', `${name} is the name of several tables: ${list}`)
    }
  }
  const users = tables.filter((object) => isTable(reader, object))
  throw unknownName({
    code: 'TABLE_NOT_FOUND',
    what: 'the database has no table',
    name,
    among: users.map((object) => `${schemaOf(object)}.${object.name}`),
  })
}

/**
 * The columns of a list such as `CustomerID,[Company Name]`, in its order; all stored ones without a list.
 * @throws PlatformError INVALID_ARGUMENT for a column that the table has not, or does not store
 */
export function findColumns(
  reader: DatabaseReader,
  table: CatalogObject,
  list: string | undefined,
): CatalogColumn[] {
  const columns = reader.catalog.columns(table.objectId)
  const stored = new Set(reader.storedColumnIds(table.objectId))
  if (list === undefined) return columns.filter(({ columnId }) => stored.has(columnId))
  const same = nameComparer(reader)
  return nameParts(list, ',').map((name) => {
    const column = columns.find((candidate) => same(candidate.name, name))
    if (column === undefined) {
      const what = `${table.name} has no column`
      const among = columns.map((candidate) => candidate.name)
      throw unknownName({ code: 'INVALID_ARGUMENT', what, name, among })
    }
    if (stored.has(column.columnId)) return column
    throw new PlatformError(
      'INVALID_ARGUMENT',
      `column ${column.name} of ${table.name} is computed when it is read and not stored`,
    )
  })
}

function refuseViewWithoutRows(reader: DatabaseReader, object: CatalogObject): CatalogObject {
  if (object.type !== 'V' || isTable(reader, object)) return object
  throw new PlatformError(
    'INVALID_ARGUMENT',
    `${object.name} is a view that keeps no rows of its own; only SQL Server can run it`,
  )
}

/** A dot in a name may also be part of it: `a.b` is first table b of schema a, then table `a.b`. */
function readings(name: string): { schema: string | undefined; table: string }[] {
  const parts = nameParts(name, '.')
  const whole = { schema: undefined, table: name }
  const [first = '', second] = parts
  if (parts.length === 1) return [{ schema: undefined, table: first }, whole]
  return parts.length === 2 && second !== undefined
    ? [{ schema: first, table: second }, whole]
    : [whole]
}

/** Parts between separators, without brackets and quotes; the text itself when it can't be split. */
function nameParts(text: string, separator: '.' | ','): string[] {
  const parts: string[] = []
  const pattern = new RegExp(
    separator === '.' ? NAME_PART.source : NAME_PART.source.replaceAll('[^.,[', '[^,['),
    'y',
  )
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text)
    if (match === null) return [text]
    const [, bracketed, quoted, plain, ending] = match
    parts.push(bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (ending !== undefined && ending !== separator) return [text]
  }
  return parts
}

function nameComparer(reader: DatabaseReader): SameName {
  const { binary, caseSensitive, accentSensitive, locale } = collationTraits(
    reader.bootPage.collationId,
  )
  if (binary) return (left, right) => left === right
  const withAccents = caseSensitive ? 'variant' : 'accent'
  const withoutAccents = caseSensitive ? 'case' : 'base'
  const sensitivity = accentSensitive ? withAccents : withoutAccents
  const collator = new Intl.Collator(locale, { sensitivity, usage: 'search' })
  return (left, right) => left === right || collator.compare(left, right) === 0
}

function unknownName(unknown: {
  readonly code: 'TABLE_NOT_FOUND' | 'INVALID_ARGUMENT'
  readonly what: string
  readonly name: string
  readonly among: readonly string[]
}): PlatformError {
  const near = nearNames(unknown.name, unknown.among)
  const hint = near.length === 0 ? '' : `; there is ${near.join(', ')}`
  return new PlatformError(unknown.code, `${unknown.what} ${unknown.name}${hint}`, {
    details: { name: unknown.name, near },
  })
}

/** Names that hold the wanted one, and names a few letters away from it. */
function nearNames(wanted: string, names: readonly string[]): string[] {
  const search = (nameParts(wanted, '.').at(-1) ?? wanted).toLowerCase()
  return names
    .map((name) => {
      const short = name.slice(name.indexOf('.') + 1).toLowerCase()
      const holds = search.length > 2 && (short.includes(search) || search.includes(short))
      return { name, distance: holds ? 1 : editDistance(short, search) }
    })
    .filter(({ distance }) => distance <= Math.min(NEAR_DISTANCE, search.length / 2))
    .sort((left, right) => left.distance - right.distance)
    .slice(0, NEAR_NAMES)
    .map(({ name }) => name)
}

/** Letters to insert, remove or replace to make one word of the other (Levenshtein). */
function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[right.length] ?? 0
}
