import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { SourceColumn } from '../host.ts'
import { type Expression, parseExpression } from '../syntax/index.ts'
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
import { columnsUsed, type Node } from './plan/walk.ts'
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
  const row = rowEnvironment(table, statement)
  const bound = bindExpression(expression, row.environment)
  const converted = type === undefined ? bound : convertTo(bound, type, statement)
  const evaluate = compileExpression(converted, expressionContext(row.columns, ALONE))
  const fill = computedFiller(converted, row, { table, statement })
  return {
    type: converted.type,
    nullable: converted.nullable,
    evaluate: (values, run) => settled(() => evaluate(fill(values, run), run)),
  }
}

/** A condition over the columns of one table, such as a CHECK. */
export function prepareRowCondition(
  expression: Expression,
  table: RowTable,
  statement: StatementContext,
): (values: readonly SqlValue[], run: Run) => boolean | null {
  const row = rowEnvironment(table, statement)
  const bound = bindPredicate(expression, row.environment)
  const test = compilePredicate(bound, expressionContext(row.columns, ALONE))
  const fill = computedFiller(bound, row, { table, statement })
  return (values, run) => settled(() => test(fill(values, run), run))
}

interface RowEnvironment {
  readonly environment: Environment
  readonly columns: readonly Column[]
}

function rowEnvironment(table: RowTable, statement: StatementContext): RowEnvironment {
  const columns = table.columns.map(({ name, type, nullable }) =>
    statement.columns.create({ name, type, nullable }),
  )
  const source = { ...table, isAlias: false, columns }
  const scope = columns.length === 0 ? undefined : new Scope([source], undefined, statement)
  return { environment: { statement, scope, ctes: undefined, clause: 'none' }, columns }
}

type Fill = (values: readonly SqlValue[], run: Run) => readonly SqlValue[]

/** Puts the values of computed columns that `node` reads and rows do not have into a copy of the row. */
function computedFiller(
  node: Node,
  { columns }: RowEnvironment,
  { table, statement }: { readonly table: RowTable; readonly statement: StatementContext },
): Fill {
  const used = columnsUsed(node)
  const computed = table.columns.flatMap(({ computedText, type }, ordinal) => {
    const column = columns[ordinal]
    if (computedText === undefined || column === undefined || !used.has(column)) return []
    const stored = { ...table, columns: table.columns.map(withoutComputedText) }
    const options = { statement, type }
    const { evaluate } = prepareRowValue(parseExpression(computedText), stored, options)
    return [{ ordinal, evaluate }]
  })
  if (computed.length === 0) return (values) => values
  return (values, run) => {
    const filled = [...values]
    for (const { ordinal, evaluate } of computed) filled[ordinal] = evaluate(values, run)
    return filled
  }
}

/** A computed column reads no other: inside its expression all columns are taken as they are. */
function withoutComputedText({ name, type, nullable, identity }: SourceColumn): SourceColumn {
  return { name, type, nullable, identity }
}
