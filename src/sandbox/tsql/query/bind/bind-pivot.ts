import { SqlError } from '../../../sql-error.ts'
import { findAggregate } from '../../functions/index.ts'
import type { PivotedTable, UnpivotedTable } from '../../syntax/index.ts'
import { sysnameType } from '../../values/index.ts'
import type { Bound, BoundAggregate } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import type { Plan } from '../plan/plan.ts'
import { columnsUsed } from '../plan/walk.ts'
import { bindAggregate } from './bind-aggregate.ts'
import { bindExpression, columnNode } from './bind-expression.ts'
import { aliasedSource, type BoundFrom, bindTableReference } from './bind-from.ts'
import { bindComparison } from './bind-predicate.ts'
import { nullOf } from './conversion.ts'
import type { Environment } from './environment.ts'
import { Scope } from './scope.ts'

type Scoped = Environment & { readonly scope: Scope }

/** PIVOT: groups by the columns it doesn't name, one aggregate for each value of the pivoted column. */
export function bindPivot(node: PivotedTable, environment: Environment): BoundFrom {
  const source = bindTableReference(node.source, environment)
  const { statement } = environment
  const scope = new Scope(source.sources, environment.scope, statement)
  const inner: Scoped = { ...environment, scope, clause: 'select' }
  const pivoted = bindExpression(node.column, inner)
  const call = bindPivotAggregate(node, inner)
  const consumed = new Set([...columnsUsed(pivoted), ...columnsUsed(call)])
  const kept = source.sources.flatMap(({ columns }) => columns).filter((one) => !consumed.has(one))
  const aggregates = node.values.map((value) => ({
    column: statement.columns.create({ name: value, type: call.type, qualifier: node.alias }),
    call: onlyWhere(call, { pivoted, value }, inner),
  }))
  for (const column of kept) column.qualifier = node.alias
  const plan: Plan = {
    kind: 'aggregate',
    input: source.plan,
    keys: kept.map((column) => ({ column, expression: columnNode(column) })),
    sets: [[...kept.keys()]],
    aggregates,
    groupings: [],
  }
  const columns = [...kept, ...aggregates.map(({ column }) => column)]
  return { plan, sources: [aliasedSource(node.alias, columns)] }
}

function bindPivotAggregate(
  { aggregate, line }: PivotedTable,
  environment: Scoped,
): BoundAggregate {
  const found = findAggregate(aggregate.name)
  if (found === undefined || aggregate.star) {
    throw new SqlError(195, `'${aggregate.name}' is not a recognized aggregate function.`, {
      severity: 15,
      line,
    })
  }
  return bindAggregate(aggregate, found, environment)
}

/** The aggregate over the rows whose pivoted column has the value: the others count as NULL. */
function onlyWhere(
  call: BoundAggregate,
  { pivoted, value }: { pivoted: Bound; value: string },
  environment: Scoped,
): BoundAggregate {
  const literal: Bound = {
    kind: 'constant',
    value,
    isNullLiteral: false,
    type: sysnameType(environment.statement.collationId),
    nullable: false,
  }
  const when = bindComparison('=', pivoted, literal, environment)
  const operands = call.operands.map((operand): Bound => {
    const branches = [{ when, value: operand }]
    const { type } = operand
    return { kind: 'case', branches, otherwise: nullOf(type), type, nullable: true }
  })
  return { ...call, operands }
}

/** UNPIVOT: a row for each of the named columns that is not NULL. */
export function bindUnpivot(node: UnpivotedTable, environment: Environment): BoundFrom {
  const source = bindTableReference(node.source, environment)
  const { statement } = environment
  const scope = new Scope(source.sources, undefined, statement)
  const turned = node.columns.map((name) => scope.resolve([name], node.line))
  const [first] = turned
  if (first === undefined) throw new RangeError('UNPIVOT names a column')
  for (const column of turned) checkSameType(column, first, node.line)
  const kept = source.sources
    .flatMap(({ columns }) => columns)
    .filter((column) => !turned.includes(column))
  for (const column of kept) column.qualifier = node.alias
  const created = (name: string, type: Column['type']) =>
    statement.columns.create({ name, type, qualifier: node.alias, nullable: false })
  const valueColumn = created(node.valueColumn, first.type)
  const nameColumn = created(node.nameColumn, sysnameType(statement.collationId))
  const plan: Plan = {
    kind: 'unpivot',
    input: source.plan,
    kept,
    valueColumn,
    nameColumn,
    sources: turned.map((column) => ({ name: column.name, column })),
  }
  return { plan, sources: [aliasedSource(node.alias, [...kept, valueColumn, nameColumn])] }
}

/** @throws SqlError 8167 */
function checkSameType(column: Column, first: Column, line: number): void {
  const { type } = column
  if (type.name === first.type.name && type.maxLength === first.type.maxLength) return
  throw new SqlError(
    8167,
    `The type of column "${column.name}" conflicts with the type of other columns specified in the UNPIVOT list.`,
    { line },
  )
}
