import { collationIdByName, type SqlType, type UserType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { resolveTypeName, type TypeName, type UserTypeInfo } from '../../tsql/index.ts'
import { nameKey } from '../catalog/name-key.ts'
import type { DatabaseContent } from '../databases/database-content.ts'

/** The database whose own types a name may mean. */
export type TypeSource = Pick<DatabaseContent, 'catalog' | 'settings' | 'tableTypes'>

/** System type of CREATE TYPE … AS TABLE. */
export const TABLE_TYPE_ID = 243

/** What a column is declared as. */
export interface ResolvedType {
  readonly type: SqlType
  /** The alias type it was declared with. */
  readonly alias?: UserType
}

/**
 * The type a name stands for in a database: a system type or an alias of the database's own.
 * @param position of the column, from 1, for messages
 * @throws SqlError 2715 and the errors of lengths and precisions
 */
export function resolveType(name: TypeName, database: TypeSource, position = 1): ResolvedType {
  const alias = findUserType(name, database)
  if (alias !== undefined && alias.systemTypeId !== TABLE_TYPE_ID)
    return { type: alias.type, alias }
  try {
    return { type: resolveTypeName(name, database.settings.collationId) }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    const { number, message, severity, state } = error
    throw new SqlError(number, message.replace('#1', `#${position}`), { severity, state })
  }
}

/** A type of the database's own, by its schema (dbo when left out) and name. */
export function findUserType(
  { schema, name }: Pick<TypeName, 'schema' | 'name'>,
  { catalog, settings }: TypeSource,
): UserType | undefined {
  const same = (a: string, b: string) =>
    nameKey(a, settings.collationId) === nameKey(b, settings.collationId)
  const schemaId = catalog.schemas.find((one) => same(one.name, schema || 'dbo'))?.schemaId
  return catalog.userTypes.find(
    (type) => type.userTypeId > SYSNAME_ID && type.schemaId === schemaId && same(type.name, name),
  )
}

/** What T-SQL needs to know of a type of the database's own. */
export function userTypeInfo(name: TypeName, database: TypeSource): UserTypeInfo | undefined {
  const type = findUserType(name, database)
  if (type === undefined) return undefined
  if (type.systemTypeId === TABLE_TYPE_ID) return { kind: 'table' }
  return { kind: 'alias', type: type.type, nullable: type.isNullable }
}

/** Ids of the database's own types are above. */
const SYSNAME_ID = 256

/** The id a column's COLLATE asks for. @throws SqlError 448 */
export function collationOf(name: string, { settings }: TypeSource): number {
  if (name.toLowerCase() === 'database_default') return settings.collationId
  const collationId = collationIdByName(name)
  if (collationId !== undefined) return collationId
  throw new SqlError(448, `Invalid collation '${name}'.`)
}
