import type { SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ObjectName, TableFunction } from '../../syntax/index.ts'
import type { Plan } from '../plan/plan.ts'
import { bindUserTable } from '../user-function/bind-user-table.ts'
import { bindExpression } from './bind-expression.ts'
import { aliasedSource, type BoundFrom } from './bind-from.ts'
import { invalidObject } from './bind-table.ts'
import type { Environment } from './environment.ts'
import { nameColumns } from './name-columns.ts'
import type { StatementContext } from './statement-context.ts'
import type { TableFunctionDefinition } from './table-function-definition.ts'
import { findTableFunction } from './table-functions.ts'

/** Those of T-SQL itself have no schema; those of the catalog are in sys. */
function findBuiltIn(
  name: ObjectName,
  { host, database }: StatementContext,
): TableFunctionDefinition | undefined {
  const own = name.schema === '' ? findTableFunction(name.name) : undefined
  if (own !== undefined) return own
  const found = host.findSystemTableFunction(name, database)
  if (found === undefined) return undefined
  const { minArguments, maxArguments, columns } = found
  const rows = (values: readonly SqlValue[]) =>
    Iterator.from(found.rows(values)).map((row) => [...row])
  return { minArguments, maxArguments, bind: (operands) => ({ columns, operands, rows }) }
}

/** A table-valued function in FROM: a built-in one, or one that is kept in a database. */
export function bindTableFunction(node: TableFunction, environment: Environment): BoundFrom {
  const { statement } = environment
  const { name, line } = node
  const found = findBuiltIn(name, statement)
  if (found === undefined) {
    const ofDatabase = bindUserTable(node, environment)
    if (ofDatabase !== undefined) return ofDatabase
    throw invalidObject(name)
  }
  const count = node.arguments.length
  if (count < found.minArguments || count > found.maxArguments) {
    throw new SqlError(
      313,
      `An insufficient number of arguments were supplied for the procedure or function ${name.name}.`,
      { state: 3, line },
    )
  }
  const bound = node.arguments.map((argument) => bindExpression(argument, environment))
  const { columns: shape, operands, rows } = found.bind(bound, statement, node.with)
  const columns = shape.map((column) => statement.columns.create(column))
  const exposed = node.alias ?? name.name
  nameColumns(columns, { name: exposed, columns: node.columns, line }, statement)
  const plan: Plan = { kind: 'table-function', columns, operands, rows }
  return { plan, sources: [aliasedSource(exposed, columns)] }
}
