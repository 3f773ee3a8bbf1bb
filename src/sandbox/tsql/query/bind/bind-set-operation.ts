import { SqlError } from '../../../sql-error.ts'
import type { QueryBody, SetOperation } from '../../syntax/index.ts'
import { commonType, INT } from '../../values/index.ts'
import type { Column } from '../plan/column.ts'
import type { Plan } from '../plan/plan.ts'
import { type BoundQuery, bindBody } from './bind-query.ts'
import { checkDistinct } from './bind-select-distinct.ts'
import { convertColumns } from './convert-columns.ts'
import type { Environment } from './environment.ts'
import type { StatementContext } from './statement-context.ts'

const NO_TAIL = { orderBy: [] } as const

/** UNION, UNION ALL, EXCEPT and INTERSECT. */
export function bindSetOperation(node: SetOperation, environment: Environment): BoundQuery {
  const { statement } = environment
  const operands = operandsOf(node).map((body) => bindBody(body, NO_TAIL, environment))
  const columns = combinedColumns(operands, node.line, statement)
  const inputs = operands.map((operand) => convertColumns(operand, columns, statement))
  if (node.operator !== 'union-all') checkDistinct(columns, node.line)
  return { plan: combine(node, columns, inputs), columns }
}

/** The operands of a chain of the same union; EXCEPT and INTERSECT have two. */
function operandsOf(node: SetOperation): readonly QueryBody[] {
  const operands: QueryBody[] = []
  let chain: QueryBody = node
  const isUnion = node.operator === 'union' || node.operator === 'union-all'
  while (chain.kind === 'set-operation' && chain.operator === node.operator) {
    operands.unshift(chain.right)
    chain = chain.left
    if (!isUnion) break
  }
  return [chain, ...operands]
}

function combine(node: SetOperation, columns: readonly Column[], inputs: readonly Plan[]): Plan {
  const [left, right] = inputs
  if (node.operator === 'union-all') return { kind: 'union', columns, inputs }
  if (node.operator === 'union' || left === undefined || right === undefined) {
    return { kind: 'distinct', input: { kind: 'union', columns, inputs } }
  }
  return { kind: 'intersect', isExcept: node.operator === 'except', columns, left, right }
}

/**
 * Names of the first query, types common to all.
 * @throws SqlError 205
 */
function combinedColumns(
  operands: readonly BoundQuery[],
  line: number,
  statement: StatementContext,
): readonly Column[] {
  const [first] = operands
  const width = first?.columns.length ?? 0
  if (operands.some(({ columns }) => columns.length !== width)) {
    throw new SqlError(
      205,
      'All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.',
      { line },
    )
  }
  return (first?.columns ?? []).map((column, index) => {
    const sources = operands.flatMap(({ columns }) => columns[index] ?? [])
    const typed = sources.filter(({ isNullLiteral }) => !isNullLiteral)
    return statement.columns.create({
      name: column.name,
      type: typed.length === 0 ? INT : commonType(typed.map(({ type }) => type)),
      nullable: sources.some(({ nullable }) => nullable),
      isNullLiteral: typed.length === 0,
    })
  })
}
