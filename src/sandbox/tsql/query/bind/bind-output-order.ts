import { SqlError } from '../../../sql-error.ts'
import type { OrderItem } from '../../syntax/index.ts'
import type { SortKey } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { columnNode } from './bind-expression.ts'
import type { BoundQuery, QueryTail } from './bind-query.ts'
import { checkSortable } from './bind-sort-key.ts'
import { bindOffset } from './bind-top.ts'
import type { Environment } from './environment.ts'
import { isSameName } from './statement-context.ts'

/** ORDER BY and OFFSET over a finished query, where only its own columns can be named. */
export function orderOutput(
  bound: BoundQuery,
  tail: QueryTail,
  environment: Environment,
): BoundQuery {
  if (tail.orderBy.length === 0) return bound
  const keys = tail.orderBy.map((item) => outputKey(item, bound.columns, environment))
  const plan = bindOffset({ kind: 'sort', input: bound.plan, keys }, tail, environment)
  return { ...bound, plan }
}

function outputKey(
  { expression, descending }: OrderItem,
  columns: readonly Column[],
  { statement }: Environment,
): SortKey {
  const position = ordinalOf(expression)
  if (position !== undefined) checkOrdinal(position, columns.length, expression.line)
  const column =
    position === undefined
      ? columns.find(
          ({ name }) =>
            expression.kind === 'column' &&
            isSameName(name, expression.parts.at(-1) ?? '', statement),
        )
      : columns[position - 1]
  if (column === undefined) {
    throw new SqlError(
      104,
      'ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.',
      { line: expression.line },
    )
  }
  checkSortable(column.type, expression.line)
  return { expression: columnNode(column), descending }
}

/** `ORDER BY 2` means the second column. */
export function ordinalOf(expression: OrderItem['expression']): number | undefined {
  if (expression.kind !== 'literal' || expression.literalType !== 'integer') return undefined
  return Number(expression.text)
}

/** @throws SqlError 108 */
export function checkOrdinal(position: number, width: number, line: number): void {
  if (position >= 1 && position <= width) return
  throw new SqlError(
    108,
    `The ORDER BY position number ${position} is out of range of the number of items in the select list.`,
    { line },
  )
}
