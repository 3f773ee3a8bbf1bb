import type { SqlValue } from '../../../mdf/index.ts'
import type { ObjectName, SystemTableFunction } from '../../tsql/index.ts'
import type { ViewContext, ViewRow } from './catalog-view.ts'
import { listColumns } from './column-list.ts'
import { EXECUTION_FUNCTIONS } from './execution-functions.ts'
import { PROPERTY_LIST_FUNCTIONS } from './property-list-function.ts'

/** A table function of the sys schema: its columns as a compact list, and its rows. */
export interface EngineTableFunction {
  readonly arguments: readonly [min: number, max: number]
  readonly columnList: string
  rows(values: readonly SqlValue[], context: ViewContext): Iterable<ViewRow>
}

const FUNCTIONS: Readonly<Record<string, EngineTableFunction>> = {
  ...PROPERTY_LIST_FUNCTIONS,
  ...EXECUTION_FUNCTIONS,
}

/** A table function of the engine by its name in any case; fn_ ones are found without a schema too. */
export function findSystemTableFunction(
  { schema, name }: ObjectName,
  context: ViewContext,
): SystemTableFunction | undefined {
  const key = name.toLowerCase()
  const found = Object.hasOwn(FUNCTIONS, key) ? FUNCTIONS[key] : undefined
  const isQualified = schema.toLowerCase() === 'sys'
  if (found === undefined || (!isQualified && !(schema === '' && key.startsWith('fn_')))) {
    return undefined
  }
  const columns = listColumns(found.columnList, context.database.content.settings.collationId)
  return {
    minArguments: found.arguments[0],
    maxArguments: found.arguments[1],
    columns,
    *rows(values) {
      for (const row of found.rows(values, context)) {
        yield columns.map((column) => row[column.name] ?? column.absent)
      }
    },
  }
}
