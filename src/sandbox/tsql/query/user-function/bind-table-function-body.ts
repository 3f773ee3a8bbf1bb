import type { SqlValue } from '../../../../mdf/index.ts'
import type { ModuleSource } from '../../host.ts'
import type { ModuleDefinition, TableFunction } from '../../syntax/index.ts'
import { INT } from '../../values/index.ts'
import { aliasedSource, type BoundFrom } from '../bind/bind-from.ts'
import type { Environment } from '../bind/environment.ts'
import { nameColumns } from '../bind/name-columns.ts'
import type { Plan } from '../plan/plan.ts'
import type { Row, Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { bindArguments } from './function-arguments.ts'
import { FunctionBody } from './function-body.ts'

type Body = Extract<ModuleDefinition['body'], { kind: 'table-function' }>

/** A table function with statements: they run when its rows are read. @throws SqlError 313, 8144 */
export function bindTableFunctionBody(
  node: TableFunction,
  module: {
    readonly source: ModuleSource
    readonly body: Body
    readonly parameters: ModuleDefinition['parameters']
  },
  environment: Environment,
): BoundFrom {
  const { statement } = environment
  const { source, body, parameters } = module
  const { name, line } = node
  const written = `${name.schema}.${name.name}`
  const operands = bindArguments(written, parameters, { arguments: node.arguments, environment })
  const { variable, elements, statements } = body
  const parts = {
    source,
    statements,
    returns: undefined,
    parameters: parameters.map((parameter, position) => ({
      name: parameter.name,
      type: operands[position]?.type ?? INT,
    })),
    result: { variable, elements },
  }
  const shape = statement.host.createTableVariable(variable, elements).columns
  const columns = shape.map(({ name, type, nullable }) =>
    statement.columns.create({ name, type, nullable }),
  )
  const exposed = node.alias ?? name.name
  nameColumns(columns, { name: exposed, columns: node.columns, line }, statement)
  for (const column of columns) column.qualifier = exposed
  const idle: FunctionBody[] = []
  function* rows(values: readonly SqlValue[], run: Run): Generator<Row | Tick> {
    const function_ = idle.pop() ?? new FunctionBody(parts, statement)
    const table = yield* function_.table(values, run)
    idle.push(function_) // one that failed or was left in the middle is not used again
    yield* table
  }
  const plan: Plan = { kind: 'table-function', columns, operands, rows }
  return { plan, sources: [aliasedSource(exposed, columns)] }
}
