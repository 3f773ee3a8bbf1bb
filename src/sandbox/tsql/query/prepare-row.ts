import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { SourceColumn } from '../host.ts'
import type { Expression } from '../syntax/index.ts'
import { bindExpression } from './bind/bind-expression.ts'
import { bindPredicate } from './bind/bind-predicate.ts'
import { convertTo } from './bind/conversion.ts'
import type { Environment } from './bind/environment.ts'
import { Scope } from './bind/scope.ts'
import type { StatementContext } from './bind/statement-context.ts'
import { compileExpression } from './compile/compile-expression.ts'
import { expressionContext } from './compile/compile-plan.ts'
import { compilePredicate } from './compile/compile-predicate.ts'
import type { Column } from './plan/column.ts'
import type { Run } from './run/run.ts'
import { settled } from './run/suspension.ts'

/** The table an expression kept as text belongs to. */
export interface RowTable {
  readonly database: string
  readonly schema: string
  readonly name: string
  /** In the order of the values of a row; none where no column may be named. */
  readonly columns: readonly SourceColumn[]
}

export interface PreparedRowValue {
  readonly type: SqlType
  readonly nullable: boolean
  evaluate(values: readonly SqlValue[], run: Run): SqlValue
}

/** No query around it. */
const ALONE = { correlation: undefined, isRepeated: true } as const

/** An expression over the columns of one table, such as a computed column's. */
export function prepareRowValue(
  expression: Expression,
  table: RowTable,
  options: { readonly statement: StatementContext; readonly type?: SqlType },
): PreparedRowValue {
  const { statement, type } = options
  const { environment, columns } = rowEnvironment(table, statement)
  const bound = bindExpression(expression, environment)
  const converted = type === undefined ? bound : convertTo(bound, type, statement)
  const evaluate = compileExpression(converted, expressionContext(columns, ALONE))
  return {
    type: converted.type,
    nullable: converted.nullable,
    evaluate: (values, run) => settled(() => evaluate(values, run)),
  }
}

/** A condition over the columns of one table, such as a CHECK. */
export function prepareRowCondition(
  expression: Expression,
  table: RowTable,
  statement: StatementContext,
): (values: readonly SqlValue[], run: Run) => boolean | null {
  const { environment, columns } = rowEnvironment(table, statement)
  const test = compilePredicate(
    bindPredicate(expression, environment),
    expressionContext(columns, ALONE),
  )
  return (values, run) => settled(() => test(values, run))
}

function rowEnvironment(
  table: RowTable,
  statement: StatementContext,
): { readonly environment: Environment; readonly columns: readonly Column[] } {
  const columns = table.columns.map(({ name, type, nullable }) =>
    statement.columns.create({ name, type, nullable }),
  )
  const source = { ...table, isAlias: false, columns }
  const scope = columns.length === 0 ? undefined : new Scope([source], undefined, statement)
  return { environment: { statement, scope, ctes: undefined, clause: 'none' }, columns }
}
