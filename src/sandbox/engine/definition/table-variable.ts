import type { TableElement, TableSource } from '../../tsql/index.ts'
import { NOT_UNDONE } from '../tempdb/memory-catalog.ts'
import { MemoryDatabase } from '../tempdb/memory-database.ts'
import { memoryTableSource } from '../tempdb/table-source.ts'
import { buildRows } from './build-rows.ts'
import { addTableObject, defineElements } from './create-table.ts'
import type { DefinitionContext } from './definition-context.ts'
import type { TypeSource } from './resolve-type.ts'

const DBO = { schemaId: 1, name: 'dbo', principalId: 1 } as const

/**
 * A table that only its variable names. No ROLLBACK reaches it; its columns have the types and the
 * collation of the current database.
 */
export function tableVariable(
  name: string,
  elements: readonly TableElement[],
  { types, context }: { readonly types: TypeSource; readonly context: DefinitionContext },
): TableSource {
  const { settings } = types
  const database = new MemoryDatabase({ name: 'tempdb', settings, schemas: [DBO], principals: [] })
  const own: DefinitionContext = { ...context, log: NOT_UNDONE }
  const table = { ...addTableObject({ database, schema: DBO, name }, 'U', own), types }
  defineElements(table, elements, own)
  buildRows(table, own)
  const object = database.catalog.objectById(table.objectId)
  if (object === undefined) throw new TypeError(`${name} was not made`)
  return memoryTableSource(database, object, NOT_UNDONE)
}
