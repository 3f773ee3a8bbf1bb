import type { SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ModuleSource } from '../../host.ts'
import type { FunctionCall } from '../../syntax/index.ts'
import { declaredType } from '../bind/declared-type.ts'
import type { Environment } from '../bind/environment.ts'
import { parsedModule } from '../bind/parsed-module.ts'
import type { Bound } from '../plan/bound.ts'
import type { Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { bindArguments } from './function-arguments.ts'
import { FunctionBody } from './function-body.ts'

const MAX_DEPTH = 32

/**
 * A call of a scalar function that is kept in a database; undefined when there is none.
 * @throws SqlError 313, 8144, 217
 */
export function bindUserFunction(node: FunctionCall, environment: Environment): Bound | undefined {
  const { statement } = environment
  const { schema, name, line } = node
  const found = statement.host.findModule(
    { server: '', database: '', schema, name, line },
    statement.database,
  )
  if (found?.type !== 'FN') return undefined
  if (statement.viewDepth >= MAX_DEPTH) throw nestedTooDeep(found)
  const { body, parameters, options } = parsedModule(found)
  if (body.kind !== 'scalar-function') return undefined
  const call = { arguments: node.arguments, environment }
  const operands = bindArguments(`${schema}.${name}`, parameters, call)
  const type = declaredType(body.returns, statement.host)
  const parts = {
    source: found,
    statements: body.statements,
    returns: type,
    parameters: parameters.map((parameter, position) => ({
      name: parameter.name,
      type: operands[position]?.type ?? type,
    })),
  }
  const idle: FunctionBody[] = []
  const isNullOnNull = options.includes('RETURNS NULL ON NULL INPUT')
  function* work(values: readonly SqlValue[], run: Run): Generator<Tick, SqlValue> {
    if (isNullOnNull && values.includes(null)) return null
    const function_ = idle.pop() ?? new FunctionBody(parts, statement)
    const value = yield* function_.call(values, run)
    idle.push(function_) // one that failed or was left in the middle is not used again
    return value
  }
  return {
    kind: 'call',
    label: `${found.database}.${found.schema}.${found.name}`,
    operands,
    deterministic: false,
    evaluate: () => null,
    work,
    type,
    nullable: true,
  }
}

function nestedTooDeep({ name }: ModuleSource): SqlError {
  return new SqlError(
    217,
    'Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).',
    { procedure: name },
  )
}
