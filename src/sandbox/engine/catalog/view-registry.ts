import type { CatalogView } from './catalog-view.ts'
import { COLUMN_VIEWS } from './views/columns.ts'
import { COMPATIBILITY_VIEWS } from './views/compatibility.ts'
import { CONSTRAINT_VIEWS } from './views/constraints.ts'
import { DATABASE_VIEWS } from './views/databases.ts'
import { INDEX_VIEWS } from './views/indexes.ts'
import { INFORMATION_SCHEMA_VIEWS } from './views/information-schema.ts'
import { INFORMATION_SCHEMA_KEY_VIEWS } from './views/information-schema-keys.ts'
import { MODULE_VIEWS } from './views/modules.ts'
import { OBJECT_VIEWS } from './views/objects.ts'
import { PRINCIPAL_VIEWS } from './views/principals.ts'
import { SERVER_VIEWS } from './views/server.ts'
import { SESSION_VIEWS } from './views/sessions.ts'
import { STORAGE_VIEWS } from './views/storage.ts'

let byName: ReadonlyMap<string, CatalogView> | undefined

/** Every catalog view there is. */
export function systemViews(): readonly CatalogView[] {
  return [...registry().values()]
}

/** A catalog view by its schema and name, in any case: no database tells their case apart. */
export function findSystemView(schema: string, name: string): CatalogView | undefined {
  return registry().get(keyOf(schema, name))
}

function registry(): ReadonlyMap<string, CatalogView> {
  byName ??= new Map(
    [
      OBJECT_VIEWS,
      COLUMN_VIEWS,
      INDEX_VIEWS,
      STORAGE_VIEWS,
      CONSTRAINT_VIEWS,
      MODULE_VIEWS,
      DATABASE_VIEWS,
      PRINCIPAL_VIEWS,
      SERVER_VIEWS,
      SESSION_VIEWS,
      COMPATIBILITY_VIEWS,
      INFORMATION_SCHEMA_VIEWS,
      INFORMATION_SCHEMA_KEY_VIEWS,
    ]
      .flat()
      .map((view) => [keyOf(view.schema, view.name), view]),
  )
  return byName
}

function keyOf(schema: string, name: string): string {
  return `${schema}.${name}`.toUpperCase()
}
