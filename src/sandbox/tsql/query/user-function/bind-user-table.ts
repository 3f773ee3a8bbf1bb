import { SqlError } from '../../../sql-error.ts'
import type { ModuleSource } from '../../host.ts'
import type { ModuleDefinition, TableFunction } from '../../syntax/index.ts'
import { aliasedSource, type BoundFrom } from '../bind/bind-from.ts'
import { bindQuery } from '../bind/bind-query.ts'
import type { Environment } from '../bind/environment.ts'
import { nameColumns } from '../bind/name-columns.ts'
import { parsedModule } from '../bind/parsed-module.ts'
import { nameKey, type StatementContext } from '../bind/statement-context.ts'
import type { Bound } from '../plan/bound.ts'
import { bindTableFunctionBody } from './bind-table-function-body.ts'
import { bindArguments } from './function-arguments.ts'

const MAX_DEPTH = 32

/**
 * A table function that is kept in a database: an inline one is its query, with the arguments in the place
 * of its parameters. Undefined when there is none.
 * @throws SqlError 313, 8144, 217, and those of its query
 */
export function bindUserTable(
  node: TableFunction,
  environment: Environment,
): BoundFrom | undefined {
  const { statement } = environment
  const { name, line } = node
  const source = statement.host.findModule(name, statement.database)
  if (source?.type !== 'IF' && source?.type !== 'TF') return undefined
  if (statement.viewDepth >= MAX_DEPTH) throw nestedTooDeep(source)
  const { body, parameters } = parsedModule(source)
  if (body.kind === 'table-function') {
    return bindTableFunctionBody(node, { source, body, parameters }, environment)
  }
  if (body.kind !== 'inline-function') return undefined
  const written = `${name.schema}.${name.name}`
  const values = bindArguments(written, parameters, { arguments: node.arguments, environment })
  const inner = insideOf(source, { parameters, values }, statement)
  try {
    const bound = bindQuery(
      body.query,
      { statement: inner, scope: undefined, ctes: undefined, clause: 'from' },
      { position: 'table' },
    )
    const exposed = node.alias ?? name.name
    nameColumns(bound.columns, { name: exposed, columns: node.columns, line }, statement)
    for (const column of bound.columns) column.qualifier = exposed
    return { plan: bound.plan, sources: [aliasedSource(exposed, bound.columns)] }
  } catch (error) {
    if (error instanceof SqlError && error.procedure === '') error.procedure = source.name
    throw error
  }
}

/** The function sees its own database and its parameters, and nothing of the batch around it. */
function insideOf(
  source: ModuleSource,
  call: { readonly parameters: ModuleDefinition['parameters']; readonly values: readonly Bound[] },
  outer: StatementContext,
): StatementContext {
  const collationId = outer.host.databaseCollationId(source.database) ?? outer.collationId
  const byName = new Map(
    call.parameters.map(({ name }, position) => [
      nameKey(name, { collationId }),
      call.values[position],
    ]),
  )
  return {
    ...outer,
    database: source.database,
    collationId,
    viewDepth: outer.viewDepth + 1,
    names: {
      ...outer.names,
      findVariable: () => undefined,
      findArgument: (name) => byName.get(nameKey(name, { collationId })),
      findTableVariable: () => undefined,
      findTransitionTable: () => undefined,
      findFunction: () => undefined,
      findGlobal: (name) => outer.names.findGlobal(name),
    },
  }
}

function nestedTooDeep({ name }: ModuleSource): SqlError {
  return new SqlError(
    217,
    'Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).',
    { procedure: name },
  )
}
