import { SqlError } from '../../../sql-error.ts'
import type { TableSource, ViewSource } from '../../host.ts'
import {
  type NamedTable,
  type ObjectName,
  parseExpression,
  parseViewBody,
  type TableVariable,
} from '../../syntax/index.ts'
import { targetView } from '../change/view-target.ts'
import type { Bound } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { LOCATOR, type Output, type Plan, type ScanPlan } from '../plan/plan.ts'
import { bindCteReference } from './bind-cte.ts'
import { bindExpression, columnNode } from './bind-expression.ts'
import { aliasedSource, type BoundFrom } from './bind-from.ts'
import { bindQuery } from './bind-query.ts'
import { type ChangeTarget, locate, passTarget, targetWithin } from './change-target.ts'
import { convertTo } from './conversion.ts'
import { type Environment, findCte } from './environment.ts'
import { nameColumns } from './name-columns.ts'
import { Scope, type Source } from './scope.ts'
import type { StatementContext } from './statement-context.ts'

const MAX_VIEW_DEPTH = 32

/** A table, view or common table expression by its name. */
export function bindNamedTable(node: NamedTable, environment: Environment): BoundFrom {
  const { name, alias } = node
  const { statement } = environment
  const target = environment.changing?.reference === node ? environment.changing : undefined
  const cte = isBare(name) ? findCte(name.name, environment) : undefined
  if (cte !== undefined) {
    const inner = target && targetWithin(cte.definition.query, name.name)
    const bound = passTarget(bindCteReference(cte, environment, inner), target, inner)
    const exposed = alias ?? name.name
    for (const column of bound.columns) column.qualifier = exposed
    return { plan: bound.plan, sources: [aliasedSource(exposed, bound.columns)] }
  }
  const transition = isBare(name) ? statement.names.findTransitionTable?.(name.name) : undefined
  if (transition !== undefined && target !== undefined) throw logicalTable()
  const found = transition ?? statement.host.findTable(name, statement.database)
  if (found === undefined) throw invalidObject(name)
  if (found.kind === 'table') {
    statement.tables.push({ table: found, use: target ? 'change' : 'read', hints: node.hints })
  }
  const bound = bindFound(found, node, environment, target)
  const qualifier = alias ?? writtenName(name)
  for (const column of bound.columns) column.qualifier = qualifier
  return { plan: bound.plan, sources: [sourceOf(found, alias, bound.columns)] }
}

function bindFound(
  found: TableSource | ViewSource,
  node: NamedTable,
  environment: Environment,
  target: ChangeTarget | undefined,
): BoundTable {
  if (found.kind === 'table') return bindTable(found, environment, target)
  const { statement } = environment
  const isInsteadOf =
    target?.actions !== undefined && statement.names.isInsteadOf?.(found, target.actions) === true
  if (target === undefined || !isInsteadOf) return bindView(found, node, statement, target)
  return targetView(found, bindView(found, node, statement), target, statement)
}

function logicalTable(): SqlError {
  return new SqlError(286, 'The logical tables INSERTED and DELETED cannot be updated.')
}

function isBare({ server, database, schema }: ObjectName): boolean {
  return server === '' && database === '' && schema === ''
}

/** A variable of DECLARE @name TABLE. @throws SqlError 1087, 10700 */
export function bindTableVariable(node: TableVariable, environment: Environment): BoundFrom {
  const { name, alias, line } = node
  const source = environment.statement.names.findTableVariable(name)
  if (source === undefined) throw undeclaredTable(name, line)
  const target = environment.changing?.reference === node ? environment.changing : undefined
  if (target !== undefined && source.isReadOnly === true) throw readOnlyParameter(name, line)
  const { plan, columns } = bindTable(source, environment, target)
  const exposed = alias ?? name
  for (const column of columns) column.qualifier = exposed
  return { plan, sources: [aliasedSource(exposed, columns)] }
}

function readOnlyParameter(name: string, line: number): SqlError {
  return new SqlError(
    10700,
    `The table-valued parameter "${name}" is READONLY and cannot be modified.`,
    { line },
  )
}

/** 1087. */
export function undeclaredTable(name: string, line: number): SqlError {
  return new SqlError(1087, `Must declare the table variable "${name}".`, {
    severity: 15,
    state: 2,
    line,
  })
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

function bindTable(
  found: TableSource,
  environment: Environment,
  target?: ChangeTarget,
): BoundTable {
  const { statement } = environment
  const source = target?.pin?.wrap(found) ?? found
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
  const located = target && locate(target, source, { columns, stored, statement })
  const scan: ScanPlan = {
    kind: 'scan',
    source,
    columns: [...stored.flatMap((index) => columns[index] ?? []), ...(located ? [located] : [])],
    ordinals: located ? [...stored, LOCATOR] : stored,
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
  if (located !== undefined) outputs.push({ column: located, expression: columnNode(located) })
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
function bindView(
  view: ViewSource,
  { line }: NamedTable,
  outer: StatementContext,
  target?: ChangeTarget,
): BoundTable {
  if (outer.viewDepth >= MAX_VIEW_DEPTH) throw nestedTooDeep(line)
  const statement: StatementContext = {
    ...outer,
    database: view.database,
    collationId: outer.host.databaseCollationId(view.database) ?? outer.collationId,
    viewDepth: outer.viewDepth + 1,
    names: { ...outer.names, findTransitionTable: () => undefined },
  }
  const environment: Environment = { statement, scope: undefined, ctes: undefined, clause: 'from' }
  try {
    const { columns: names, query, hasCheckOption } = parseViewBody(view.text)
    const pin = target?.pin === undefined ? {} : { pin: target.pin }
    const changing = target && { ...targetWithin(query, view.name), ...pin }
    const bound = bindQuery(query, { ...environment, changing }, { position: 'table' })
    nameColumns(bound.columns, { name: view.name, columns: names, line }, statement)
    const passed = passTarget(bound, target, changing)
    if (hasCheckOption && target?.found !== undefined) {
      target.found = { ...target.found, checks: [...(target.found.checks ?? []), view] }
    }
    return passed
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
