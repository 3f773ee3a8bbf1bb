import { SqlError } from '../../../sql-error.ts'
import type { TableSource, ViewSource } from '../../host.ts'
import {
  type NamedTable,
  type ObjectName,
  parseExpression,
  parseViewBody,
} from '../../syntax/index.ts'
import type { Bound } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import type { Output, Plan } from '../plan/plan.ts'
import { bindCteReference } from './bind-cte.ts'
import { bindExpression, columnNode } from './bind-expression.ts'
import { aliasedSource, type BoundFrom } from './bind-from.ts'
import { bindQuery } from './bind-query.ts'
import { convertTo } from './conversion.ts'
import { type Environment, findCte } from './environment.ts'
import { nameColumns } from './name-columns.ts'
import { Scope, type Source } from './scope.ts'
import type { StatementContext } from './statement-context.ts'

const MAX_VIEW_DEPTH = 32

/** A table, view or common table expression by its name. */
export function bindNamedTable(node: NamedTable, environment: Environment): BoundFrom {
  const { name, alias } = node
  if (name.schema === '' && name.database === '' && name.server === '') {
    const cte = findCte(name.name, environment)
    if (cte !== undefined) {
      const { plan, columns } = bindCteReference(cte, environment)
      const exposed = alias ?? name.name
      for (const column of columns) column.qualifier = exposed
      return { plan, sources: [aliasedSource(exposed, columns)] }
    }
  }
  const { statement } = environment
  const found = statement.host.findTable(name, statement.database)
  if (found === undefined) throw invalidObject(name)
  if (found.kind === 'table')
    statement.tables.push({ table: found, use: 'read', hints: node.hints })
  const bound =
    found.kind === 'view' ? bindView(found, node, statement) : bindTable(found, environment)
  const qualifier = alias ?? writtenName(name)
  for (const column of bound.columns) column.qualifier = qualifier
  return { plan: bound.plan, sources: [sourceOf(found, alias, bound.columns)] }
}

export function invalidObject(name: ObjectName): SqlError {
  return new SqlError(208, `Invalid object name '${writtenName(name)}'.`, { line: name.line })
}

function writtenName({ server, database, schema, name }: ObjectName): string {
  const parts = [server, database, schema, name]
  return parts.slice(parts.findIndex((part) => part !== '')).join('.')
}

function sourceOf(
  { name, schema, database }: TableSource | ViewSource,
  alias: string | undefined,
  columns: readonly Column[],
): Source {
  if (alias !== undefined) return aliasedSource(alias, columns)
  return { name, isAlias: false, schema, database, columns }
}

interface BoundTable {
  readonly plan: Plan
  readonly columns: readonly Column[]
}

function bindTable(source: TableSource, environment: Environment): BoundTable {
  const { statement } = environment
  const table = [source.database, source.schema, source.name]
  const columns = source.columns.map(({ name, type, nullable, identity, computedText }) =>
    statement.columns.create({
      name,
      type,
      nullable,
      identity,
      computed: computedText !== undefined,
      table,
    }),
  )
  const stored = [...source.columns.keys()].filter(
    (index) => source.columns[index]?.computedText === undefined,
  )
  const scan: Plan = {
    kind: 'scan',
    source,
    columns: stored.flatMap((index) => columns[index] ?? []),
    ordinals: stored,
  }
  if (stored.length === columns.length) return { plan: scan, columns }
  const scope = new Scope(
    [
      {
        name: source.name,
        isAlias: false,
        schema: source.schema,
        database: source.database,
        columns: scan.columns,
      },
    ],
    undefined,
    statement,
  )
  const inner: Environment = { statement, scope, ctes: undefined, clause: 'select' }
  const outputs = columns.map((column, index): Output => {
    const text = source.columns[index]?.computedText
    if (text === undefined) return { column, expression: columnNode(column) }
    return { column, expression: computedValue(text, column, inner) }
  })
  return { plan: { kind: 'project', input: scan, outputs }, columns }
}

/** A computed column that can't be bound is an error only where it is read. */
function computedValue(text: string, { type }: Column, environment: Environment): Bound {
  try {
    return convertTo(
      bindExpression(parseExpression(text), environment),
      type,
      environment.statement,
    )
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    return {
      kind: 'call',
      label: `computed:${text}`,
      operands: [],
      deterministic: false,
      evaluate: () => {
        throw error
      },
      type,
      nullable: true,
    }
  }
}

/** A view is the query in its text, bound in its own database. */
function bindView(view: ViewSource, { line }: NamedTable, outer: StatementContext): BoundTable {
  if (outer.viewDepth >= MAX_VIEW_DEPTH) throw nestedTooDeep(line)
  const statement: StatementContext = {
    ...outer,
    database: view.database,
    collationId: outer.host.databaseCollationId(view.database) ?? outer.collationId,
    viewDepth: outer.viewDepth + 1,
  }
  const environment: Environment = { statement, scope: undefined, ctes: undefined, clause: 'from' }
  try {
    const { columns: names, query } = parseViewBody(view.text)
    const bound = bindQuery(query, environment, { position: 'table' })
    nameColumns(bound.columns, { name: view.name, columns: names, line }, statement)
    return bound
  } catch (error) {
    if (error instanceof SqlError && error.procedure === '') error.procedure = view.name
    throw error
  }
}

function nestedTooDeep(line: number): SqlError {
  return new SqlError(
    217,
    'Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).',
    { line },
  )
}
