import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { ModuleSource } from '../host.ts'
import { parsedModule } from '../query/index.ts'
import type { ExecuteStatement, Expression, ObjectName } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import { evaluate } from './evaluate.ts'
import { matchArguments, notSupplied } from './module-arguments.ts'

/** The scalar function that EXEC names; undefined when it names none. */
export function scalarFunction(name: ObjectName, { host }: BatchState): ModuleSource | undefined {
  if (host.findProcedure(name) !== undefined) return undefined
  const source = host.findModule(name, host.session.database)
  return source?.type === 'FN' ? source : undefined
}

/**
 * `EXEC @result = function arguments`: the function's value.
 * @throws SqlError 201, 8143 to 8145, and those of the function
 */
export async function functionValue(
  source: ModuleSource,
  node: ExecuteStatement,
  state: BatchState,
): Promise<{ readonly type: SqlType; readonly value: SqlValue }> {
  const { parameters } = parsedModule(source)
  const matched = matchArguments(source.name, parameters, node.arguments)
  const { line } = node
  const values = parameters.map((parameter): Expression => {
    const given = matched.get(parameter)?.value
    if (given !== undefined) return given
    if (parameter.initial === undefined) throw notSupplied(source.name, parameter.name)
    return { kind: 'literal', literalType: 'default', text: 'DEFAULT', line }
  })
  const { schema, name } = source
  const rest = { star: false, distinct: false, line }
  return evaluate({ kind: 'function', schema, name, arguments: values, ...rest }, state)
}
