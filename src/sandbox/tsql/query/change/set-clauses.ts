import { SqlError } from '../../../sql-error.ts'
import type { SourceColumn, TableSource } from '../../host.ts'
import { parseExpression, type SetClause } from '../../syntax/index.ts'
import { bindOperation } from '../bind/bind-arithmetic.ts'
import { bindExpression, columnNode, undeclaredVariable } from '../bind/bind-expression.ts'
import type { FoundTarget } from '../bind/change-target.ts'
import { convertTo, nullOf } from '../bind/conversion.ts'
import type { Environment } from '../bind/environment.ts'
import { invalidColumn } from '../bind/scope.ts'
import { assignedValue, BINARY_OPERATORS } from '../bind/select-items.ts'
import { isSameName } from '../bind/statement-context.ts'
import type { Bound, Variable } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { rewrite } from '../plan/rewrite.ts'
import { assignTo } from './assign-column.ts'
import { writtenInto } from './write-method.ts'

/** What SET gives to columns, by ordinal, and to variables, in order. */
export interface BoundSet {
  readonly columns: ReadonlyMap<number, Bound>
  readonly variables: readonly { readonly variable: Variable; readonly value: Bound }[]
}

/** Binds the assignments of UPDATE SET. */
export function bindSet(
  clauses: readonly SetClause[],
  target: FoundTarget,
  environment: Environment,
): BoundSet {
  const columns = new Map<number, Bound>()
  const variables: { variable: Variable; value: Bound }[] = []
  /** A variable that was set before has its new value already. */
  const current = (value: Bound): Bound =>
    rewrite(value, (inner) =>
      inner.kind === 'variable'
        ? variables.findLast(({ variable }) => variable === inner.variable)?.value
        : undefined,
    )
  for (const clause of clauses) {
    const { line } = clause
    const place = clause.column && findColumn(clause.column, target, environment)
    if (place !== undefined && columns.has(place.ordinal)) throw setTwice(place.source.name, line)
    const value = current(boundValue(clause, place, { target, environment }))
    if (place !== undefined) columns.set(place.ordinal, value)
    if (clause.variable === undefined) continue
    const variable = environment.statement.names.findVariable(clause.variable)
    if (variable === undefined) throw undeclaredVariable(clause.variable, line)
    variables.push({ variable, value: variableValue(variable, value, clause, environment) })
  }
  return { columns, variables }
}

interface ColumnPlace {
  readonly ordinal: number
  readonly source: SourceColumn
  readonly column: Column
}

/** @throws SqlError 207, 271, 272, 4406, 8102 */
function findColumn(
  parts: readonly string[],
  target: FoundTarget,
  { statement }: Environment,
): ColumnPlace {
  const name = parts.at(-1) ?? ''
  const column = target.columns.find((candidate) => isSameName(candidate.name, name, statement))
  if (column === undefined) throw invalidColumn(name, 1)
  const ordinal = target.ordinalOf(column)
  const source = ordinal === undefined ? undefined : target.source.columns[ordinal]
  if (ordinal === undefined || source === undefined) throw derivedField()
  refuseFixedColumn(source, ordinal, target.source)
  if (source.identity) throw new SqlError(8102, `Cannot update identity column '${source.name}'.`)
  return { ordinal, source, column }
}

/** @throws SqlError 271 (computed), 272 (timestamp) */
export function refuseFixedColumn(column: SourceColumn, ordinal: number, table: TableSource): void {
  if (column.computedText !== undefined || table.writer?.computed.has(ordinal) === true) {
    throw new SqlError(
      271,
      `The column "${column.name}" cannot be modified because it is either a computed column or is the result of a UNION operator.`,
    )
  }
  if (column.type.name === 'timestamp') {
    throw new SqlError(272, 'Cannot update a timestamp column.')
  }
}

function boundValue(
  clause: SetClause,
  place: ColumnPlace | undefined,
  { target, environment }: { readonly target: FoundTarget; readonly environment: Environment },
): Bound {
  const { value, operator, write } = clause
  if (place === undefined) return bindExpression(value, environment)
  const { source, ordinal, column } = place
  const assigned = (bound: Bound) =>
    assignTo(bound, source, { table: target.source, statement: environment.statement })
  if (value.kind === 'literal' && value.literalType === 'default') {
    return assigned(defaultOf(target.source, ordinal, environment))
  }
  const bound = bindExpression(value, environment)
  if (write !== undefined) {
    return writtenInto(columnNode(column), bound, {
      offset: bindExpression(write.offset, environment),
      length: bindExpression(write.length, environment),
      statement: environment.statement,
    })
  }
  if (operator === '=') return assigned(bound)
  return assigned(bindOperation(BINARY_OPERATORS[operator], columnNode(column), bound))
}

/** A column's DEFAULT as an expression: NULL when it has none. */
export function defaultOf(table: TableSource, ordinal: number, environment: Environment): Bound {
  const text = table.writer?.defaults.get(ordinal)?.text
  const type = table.columns[ordinal]?.type
  if (text === undefined && type !== undefined) return nullOf(type)
  return bindExpression(parseExpression(text ?? 'NULL'), { ...environment, scope: undefined })
}

/** `@v = column = value` takes the column's new value; `@v op= value` starts from its own. */
function variableValue(
  variable: Variable,
  value: Bound,
  { column, operator }: SetClause,
  { statement }: Environment,
): Bound {
  const own = column === undefined ? assignedValue(variable, operator, value) : value
  return convertTo(own, variable.type, statement)
}

export function setTwice(name: string, line: number): SqlError {
  return new SqlError(
    264,
    `The column name '${name}' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause. Modify the clause to make sure that a column is updated only once. If this statement updates or inserts columns into a view, column aliasing can conceal the duplication in your code.`,
    { line },
  )
}

export function derivedField(): SqlError {
  return new SqlError(
    4406,
    'Update or insert of view or function failed because it contains a derived or constant field.',
  )
}
