import { SqlError } from '../../../sql-error.ts'
import type { DerivedTable, JoinedTable, TableReference, ValuesTable } from '../../syntax/index.ts'
import { commonType, INT } from '../../values/index.ts'
import { type BoundPredicate, TRUE } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import type { Plan } from '../plan/plan.ts'
import { freeColumns } from '../plan/walk.ts'
import { bindExpression } from './bind-expression.ts'
import { bindPivot, bindUnpivot } from './bind-pivot.ts'
import { bindPredicate } from './bind-predicate.ts'
import { bindQuery } from './bind-query.ts'
import { bindNamedTable, bindTableVariable } from './bind-table.ts'
import { bindTableFunction } from './bind-table-function.ts'
import { convertTo, isNullLiteral, nullOf } from './conversion.ts'
import type { Environment } from './environment.ts'
import { nameColumns } from './name-columns.ts'
import { Scope, type Source } from './scope.ts'
import { nameKey, type StatementContext } from './statement-context.ts'

/** What FROM gives to the rest of a query. */
export interface BoundFrom {
  readonly plan: Plan
  /** In the order `*` lists them. */
  readonly sources: readonly Source[]
}

/** One row without columns. */
export const NO_TABLES: Plan = { kind: 'rows', columns: [], rows: [[]] }

/** Binds the tables of FROM; those between commas are cross joined. */
export function bindFrom(
  references: readonly TableReference[],
  environment: Environment,
): BoundFrom {
  const [first, ...rest] = references.map((reference) => bindTableReference(reference, environment))
  if (first === undefined) return { plan: NO_TABLES, sources: [] }
  const from = rest.reduce(
    (left, right): BoundFrom => ({
      plan: { kind: 'join', type: 'inner', left: left.plan, right: right.plan, on: TRUE },
      sources: [...left.sources, ...right.sources],
    }),
    first,
  )
  checkExposedNames(from.sources, references[0]?.line ?? 1, environment.statement)
  return from
}

export function bindTableReference(node: TableReference, environment: Environment): BoundFrom {
  switch (node.kind) {
    case 'table':
      return bindNamedTable(node, environment)
    case 'derived':
      return bindDerived(node, environment)
    case 'values':
      return bindValues(node, environment)
    case 'join':
      return bindJoin(node, environment)
    case 'table-function':
      return bindTableFunction(node, environment)
    case 'table-variable':
      return bindTableVariable(node, environment)
    case 'pivot':
      return bindPivot(node, environment)
    case 'unpivot':
      return bindUnpivot(node, environment)
  }
}

/** A table that only an alias names. */
export function aliasedSource(name: string, columns: readonly Column[]): Source {
  return { name, isAlias: true, schema: '', database: '', columns }
}

function bindDerived(node: DerivedTable, environment: Environment): BoundFrom {
  const bound = bindQuery(node.query, environment, { position: 'table' })
  const { alias, columns: names, line } = node
  nameColumns(bound.columns, { name: alias, columns: names, line }, environment.statement)
  return { plan: bound.plan, sources: [aliasedSource(alias, bound.columns)] }
}

function bindValues(node: ValuesTable, environment: Environment): BoundFrom {
  const { statement } = environment
  const rows = node.rows.map((row) => row.map((one) => bindExpression(one, environment)))
  const width = rows[0]?.length ?? 0
  if (rows.some((row) => row.length !== width)) {
    throw new SqlError(
      10709,
      'The number of columns for each row in a table value constructor must be the same.',
      { line: node.line },
    )
  }
  const columns = Array.from({ length: width }, (_none, index) => {
    const cells = rows.flatMap((row) => row[index] ?? [])
    const typed = cells.filter((cell) => !isNullLiteral(cell))
    return statement.columns.create({
      name: '',
      type: typed.length === 0 ? INT : commonType(typed.map(({ type }) => type)),
      nullable: cells.some(({ nullable }) => nullable),
      isNullLiteral: typed.length === 0,
    })
  })
  const { alias, columns: names, line } = node
  nameColumns(columns, { name: alias, columns: names, line }, statement)
  const converted = rows.map((row) =>
    row.map((cell, index) => {
      const type = columns[index]?.type ?? INT
      return isNullLiteral(cell) ? nullOf(type) : convertTo(cell, type, statement)
    }),
  )
  return {
    plan: { kind: 'rows', columns, rows: converted },
    sources: [aliasedSource(alias, columns)],
  }
}

function bindJoin(node: JoinedTable, environment: Environment): BoundFrom {
  if (node.type === 'cross-apply' || node.type === 'outer-apply')
    return bindApply(node, environment)
  const left = bindTableReference(node.left, environment)
  const right = bindTableReference(node.right, environment)
  const sources = [...left.sources, ...right.sources]
  checkExposedNames(sources, node.line, environment.statement)
  const scope = new Scope(sources, environment.scope, environment.statement)
  const on =
    node.on === undefined ? TRUE : bindPredicate(node.on, { ...environment, scope, clause: 'on' })
  return { plan: joinPlan(node.type, { left, right, on }), sources }
}

interface JoinSides {
  readonly left: BoundFrom
  readonly right: BoundFrom
  readonly on: BoundPredicate
}

function joinPlan(
  type: Exclude<JoinedTable['type'], 'cross-apply' | 'outer-apply'>,
  { left, right, on }: JoinSides,
): Plan {
  if (type === 'left' || type === 'full') makeNullable(right)
  if (type === 'right' || type === 'full') makeNullable(left)
  if (type === 'right')
    return { kind: 'join', type: 'left', left: right.plan, right: left.plan, on }
  const kept = type === 'cross' ? 'inner' : type
  return { kind: 'join', type: kept, left: left.plan, right: right.plan, on }
}

/** Rows without a match have NULL in every column of the optional side. */
function makeNullable({ sources }: BoundFrom): void {
  for (const { columns } of sources) for (const column of columns) column.nullable = true
}

/** APPLY: the right side sees the left one's columns. */
function bindApply(node: JoinedTable, environment: Environment): BoundFrom {
  const { statement } = environment
  const left = bindTableReference(node.left, environment)
  const scope = new Scope(left.sources, environment.scope, statement)
  const right = bindTableReference(node.right, { ...environment, scope })
  const sources = [...left.sources, ...right.sources]
  checkExposedNames(sources, node.line, statement)
  const isOuter = node.type === 'outer-apply'
  if (isOuter) makeNullable(right)
  const isCorrelated = [...freeColumns(right.plan)].some((column) => scope.owns(column))
  const plan: Plan = isCorrelated
    ? { kind: 'apply', isOuter, left: left.plan, right: right.plan }
    : {
        kind: 'join',
        type: isOuter ? 'left' : 'inner',
        left: left.plan,
        right: right.plan,
        on: TRUE,
      }
  return { plan, sources }
}

/** @throws SqlError 1011 (alias twice), 1013 (table twice without alias) */
function checkExposedNames(
  sources: readonly Source[],
  line: number,
  statement: StatementContext,
): void {
  const seen = new Set<string>()
  for (const { name, isAlias, schema, database } of sources) {
    const prefix = isAlias ? '' : `${nameKey(schema, statement)}.${nameKey(database, statement)}.`
    const key = `${prefix}${nameKey(name, statement)}`
    if (seen.has(key)) throw duplicateName(name, isAlias, line)
    seen.add(key)
  }
}

function duplicateName(name: string, isAlias: boolean, line: number): SqlError {
  if (isAlias) {
    return new SqlError(
      1011,
      `The correlation name '${name}' is specified multiple times in a FROM clause.`,
      { line },
    )
  }
  return new SqlError(
    1013,
    `The objects "${name}" and "${name}" in the FROM clause have the same exposed names. Use correlation names to distinguish them.`,
    { line },
  )
}
