import type { CatalogObject } from '../../../mdf/index.ts'
import type { ModuleSource } from '../../tsql/index.ts'
import type { DatabaseContent } from '../databases/database-content.ts'

/** sys.objects.type of what has a text that runs. */
const MODULE_TYPES: ReadonlySet<string> = new Set(['P', 'FN', 'IF', 'TF', 'TR'])

/** A procedure, function or trigger of any database; undefined for what is none, or is encrypted. `name` is its name as
 * written, which tempdb pads. */
export function moduleSource(
  database: { readonly name: string } & Pick<DatabaseContent, 'catalog'>,
  object: CatalogObject,
  name = object.name,
): ModuleSource | undefined {
  const { catalog } = database
  const text = MODULE_TYPES.has(object.type) ? catalog.moduleText(object.objectId)?.text : undefined
  if (text === undefined) return undefined
  return {
    kind: 'module',
    database: database.name,
    schema: catalog.schemas.find(({ schemaId }) => schemaId === object.schemaId)?.name ?? 'dbo',
    name,
    objectId: object.objectId,
    type: object.type,
    text,
    quotedIdentifier: object.usesQuotedIdentifier,
    ansiNulls: object.usesAnsiNulls,
  }
}
