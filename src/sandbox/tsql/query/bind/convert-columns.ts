import type { Column } from '../plan/column.ts'
import type { Plan } from '../plan/plan.ts'
import { columnNode } from './bind-expression.ts'
import { convertTo, nullOf } from './conversion.ts'
import type { StatementContext } from './statement-context.ts'

/** The query with its columns converted to the types of `targets`, by position, and no others. */
export function convertColumns(
  { plan, columns }: { readonly plan: Plan; readonly columns: readonly Column[] },
  targets: readonly Column[],
  statement: StatementContext,
): Plan {
  const outputs = columns.map((column, index) => {
    const type = targets[index]?.type ?? column.type
    return {
      column: statement.columns.create({ name: column.name, type, nullable: column.nullable }),
      expression: column.isNullLiteral
        ? nullOf(type)
        : convertTo(columnNode(column), type, statement),
    }
  })
  return { kind: 'project', input: plan, outputs }
}
