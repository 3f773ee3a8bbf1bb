import { SqlError } from '../../../sql-error.ts'
import type { Expression, SelectItem, SelectSpecification } from '../../syntax/index.ts'
import type { Bound, Variable } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import type { Output } from '../plan/plan.ts'
import { rewrite } from '../plan/rewrite.ts'
import { bindOperation } from './bind-arithmetic.ts'
import { bindExpression, columnNode, undeclaredVariable } from './bind-expression.ts'
import { convertTo } from './conversion.ts'
import type { Environment } from './environment.ts'
import type { Scope } from './scope.ts'
import type { StatementContext } from './statement-context.ts'

/** A variable and the column whose value it takes from each row. */
export interface Assignment {
  readonly variable: Variable
  readonly column: Column
}

/** An item of the select list, `*` already spread out. */
export interface BoundItem {
  readonly name: string
  readonly expression: Bound
  /** The variable an assignment writes. */
  readonly variable?: Variable
}

/** @throws SqlError 141 when assignments and results are mixed */
export function bindItems(
  spec: Pick<SelectSpecification, 'items' | 'line'>,
  environment: Environment & { readonly scope: Scope },
): readonly BoundItem[] {
  const items: BoundItem[] = []
  for (const item of spec.items) {
    if (item.kind === 'star') items.push(...expandStar(item, environment.scope))
    else if (item.kind === 'expression') items.push(bindItem(item, environment))
    else items.push(bindAssignment(item, items, environment))
  }
  const assigned = items.filter(({ variable }) => variable !== undefined)
  if (assigned.length > 0 && assigned.length < items.length) {
    throw new SqlError(
      141,
      'A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.',
      { severity: 15, line: spec.line },
    )
  }
  return items
}

/** @throws SqlError 107 (no such table), 263 (nothing to select from) */
function expandStar(
  { qualifier, line }: Extract<SelectItem, { kind: 'star' }>,
  scope: Scope,
): readonly BoundItem[] {
  if (qualifier.length === 0) {
    if (scope.sources.length === 0) {
      throw new SqlError(263, 'Must specify table to select from.', { line })
    }
    return scope.sources.flatMap(({ columns }) => columns.map(starItem))
  }
  for (let around: Scope | undefined = scope; around !== undefined; around = around.parent) {
    const source = around.findSource(qualifier)
    if (source !== undefined) return source.columns.map(starItem)
  }
  throw new SqlError(
    107,
    `The column prefix '${qualifier.join('.')}' does not match with a table name or alias name used in the query.`,
    { severity: 15, state: 1, line },
  )
}

function starItem(column: Column): BoundItem {
  return { name: column.name, expression: columnNode(column) }
}

function bindItem(
  { expression, alias }: Extract<SelectItem, { kind: 'expression' }>,
  environment: Environment,
): BoundItem {
  const bound = bindExpression(expression, environment)
  return { name: alias ?? implicitName(expression, bound), expression: bound }
}

/** Only a bare column gives its name to the result, spelled as the query spells it. */
function implicitName(expression: Expression, bound: Bound): string {
  return expression.kind === 'column' && bound.kind === 'column'
    ? (expression.parts.at(-1) ?? '')
    : ''
}

/** `@x = value`, `@x += value`: sees what the items before it assigned. */
function bindAssignment(
  node: Extract<SelectItem, { kind: 'assignment' }>,
  before: readonly BoundItem[],
  environment: Environment,
): BoundItem {
  const { statement } = environment
  const variable = statement.names.findVariable(node.variable)
  if (variable === undefined) throw undeclaredVariable(node.variable, node.line)
  const value = bindExpression(node.expression, environment)
  const assigned = convertTo(
    assignedValue(variable, node.operator, value),
    variable.type,
    statement,
  )
  const expression = rewrite(assigned, (inner) => {
    if (inner.kind !== 'variable') return undefined
    return before.findLast((item) => item.variable === inner.variable)?.expression
  })
  return { name: '', expression, variable }
}

/** What `@x op= value` leaves in the variable. */
export function assignedValue(
  variable: Variable,
  operator: Extract<SelectItem, { kind: 'assignment' }>['operator'],
  value: Bound,
): Bound {
  if (operator === '=') return value
  const current: Bound = { kind: 'variable', variable, type: variable.type, nullable: true }
  return bindOperation(BINARY_OPERATORS[operator], current, value)
}

/** The operator inside a compound assignment. */
export const BINARY_OPERATORS = {
  '+=': '+',
  '-=': '-',
  '*=': '*',
  '/=': '/',
  '%=': '%',
  '&=': '&',
  '|=': '|',
  '^=': '^',
} as const

/** The item as an output column; what it is made of decides how clients see it. */
export function outputOf({ name, expression }: BoundItem, statement: StatementContext): Output {
  const base = expression.kind === 'column' ? expression.column : undefined
  const markup = expression.kind === 'subquery' ? expression.column.markup : base?.markup
  const column = statement.columns.create({
    name,
    qualifier: base?.qualifier ?? '',
    type: expression.type,
    nullable: expression.nullable,
    identity: base?.identity ?? false,
    computed: base === undefined || base.computed,
    isNullLiteral:
      (expression.kind === 'constant' && expression.isNullLiteral) || base?.isNullLiteral === true,
    ...(base?.table === undefined ? {} : { table: base.table }),
    ...(markup === undefined ? {} : { markup }),
  })
  return { column, expression }
}
