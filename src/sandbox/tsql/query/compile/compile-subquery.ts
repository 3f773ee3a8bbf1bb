import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { hashKeyOf } from '../../values/index.ts'
import type { Operator } from '../operators/operator.ts'
import type { BoundInQuery, BoundQuantified, BoundSubquery } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import type { Plan } from '../plan/plan.ts'
import { freeColumns } from '../plan/walk.ts'
import { estimatedValueBytes } from '../run/memory.ts'
import { type Row, type RowStream, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { runOrSuspend } from '../run/suspension.ts'
import { type CompileContext, compileExpression } from './compile-expression.ts'
import { comparisonTest, type Test, type Truth } from './compile-predicate.ts'
import { Correlation, type Evaluate, exactKey } from './layout.ts'

/** Results of a correlated subquery that are kept; beyond it they start over. */
const REMEMBERED_RESULTS = 4096

/** A subquery compiled with the link to the row around it. */
interface Subquery {
  readonly operator: Operator
  readonly correlation: Correlation
}

function compileSubplan(plan: Plan, { layout, plans }: CompileContext): Subquery {
  const correlation = new Correlation(layout)
  const isRepeated = freeColumns(plan).size > 0
  return { operator: plans.compile(plan, { correlation, isRepeated }), correlation }
}

/**
 * Evaluates a subquery once for each set of outer values and remembers the result, which also lets it
 * suspend and be asked again.
 */
function remembering<Result>(
  { operator, correlation }: Subquery,
  evaluate: (rows: RowStream, run: Run) => Generator<Tick, Result>,
  limit = REMEMBERED_RESULTS,
): (row: Row, run: Run) => Result {
  const results = new Map<string, Result>()
  function* work(key: string, row: Row, run: Run): Generator<Tick, void> {
    correlation.bind(row, run)
    const result = yield* evaluate(operator.open(run), run)
    if (results.size >= limit) results.clear()
    results.set(key, result)
  }
  return (row, run) => {
    const key = correlation.keyOf(row, run)
    let result = results.get(key)
    if (result !== undefined) return result
    runOrSuspend(work(key, row, run), run)
    result = results.get(key)
    if (result === undefined) throw new TypeError('the subquery left no result')
    return result
  }
}

function positionOf(operator: Operator, column: Column): number {
  return operator.columns.indexOf(column)
}

export function compileScalarSubquery(node: BoundSubquery, context: CompileContext): Evaluate {
  const subquery = compileSubplan(node.plan, context)
  const position = positionOf(subquery.operator, node.column)
  return remembering(subquery, function* (rows) {
    let value: SqlValue | undefined
    for (const row of rows) {
      if (row === TICK) {
        yield TICK
        continue
      }
      if (value !== undefined) throw moreThanOneValue()
      value = row[position] ?? null
    }
    return value ?? null
  })
}

function moreThanOneValue(): SqlError {
  return new SqlError(
    512,
    'Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.',
  )
}

export function compileExists(plan: Plan, context: CompileContext): Test {
  return remembering(compileSubplan(plan, context), function* (rows) {
    for (const row of rows) {
      if (row !== TICK) return true
      yield TICK
    }
    return false
  })
}

interface KeySet {
  readonly keys: ReadonlySet<string | number | bigint>
  readonly hasNull: boolean
}

/** IN (SELECT …): a hash set of the subquery's values, which also answers for correlated ones. */
export function compileInQuery(node: BoundInQuery, context: CompileContext): Test {
  const operand = compileExpression(node.operand, context)
  const subquery = compileSubplan(node.plan, context)
  const position = positionOf(subquery.operator, node.column)
  if (subquery.correlation.isUsed) return correlatedInQuery(node, { operand, subquery, position })
  const keySet = remembering(subquery, (rows, run) =>
    collectKeys(rows, { run, position, type: node.type }),
  )
  return (row, run) => {
    const value = operand(row, run)
    const { keys, hasNull } = keySet(row, run)
    if (value === null) return keys.size === 0 && !hasNull ? false : null
    if (keys.has(hashKeyOf(value, node.type))) return true
    return hasNull ? null : false
  }
}

function* collectKeys(
  rows: RowStream,
  { run, position, type }: { run: Run; position: number; type: SqlType },
): Generator<Tick, KeySet> {
  const keys = new Set<string | number | bigint>()
  let hasNull = false
  for (const row of rows) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const value = row[position] ?? null
    if (value === null) {
      hasNull = true
      continue
    }
    const key = hashKeyOf(value, type)
    if (!keys.has(key)) run.memory.add(estimatedValueBytes(key) + 16)
    keys.add(key)
  }
  return { keys, hasNull }
}

/** The set would differ for each outer row, so the answer is remembered instead. */
function correlatedInQuery(
  node: BoundInQuery,
  { operand, subquery, position }: { operand: Evaluate; subquery: Subquery; position: number },
): Test {
  const equals = comparisonTest('=', node.type)
  const answers = new Map<string, Truth>()
  function* work(key: string, row: Row, run: Run): Generator<Tick, void> {
    const value = operand(row, run)
    subquery.correlation.bind(row, run)
    const answer = yield* firstTruth(subquery.operator.open(run), (inner) =>
      equals(value, inner[position] ?? null),
    )
    if (answers.size >= REMEMBERED_RESULTS) answers.clear()
    answers.set(key, answer)
  }
  return (row, run) => {
    const key = exactKey(operand(row, run)) + subquery.correlation.keyOf(row, run)
    if (!answers.has(key)) runOrSuspend(work(key, row, run), run)
    return answers.get(key) ?? null
  }
}

/** OR over the rows: true at the first true, else unknown if any was, else false. */
function* firstTruth(rows: RowStream, test: (row: Row) => Truth): Generator<Tick, Truth> {
  let result: Truth = false
  for (const row of rows) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const truth = test(row)
    if (truth === true) return true
    if (truth === null) result = null
  }
  return result
}

/** `x > ALL (SELECT …)` and `x = ANY (SELECT …)`. */
export function compileQuantified(node: BoundQuantified, context: CompileContext): Test {
  const operand = compileExpression(node.operand, context)
  const subquery = compileSubplan(node.plan, context)
  const position = positionOf(subquery.operator, node.column)
  let listBytes = 0
  const values = remembering(
    subquery,
    function* (rows, run) {
      run.memory.remove(listBytes)
      const list = yield* collectValues(rows, { run, position })
      listBytes = list.bytes
      return list.values
    },
    1,
  )
  const compare = comparisonTest(node.operator, node.type)
  // ALL ends at the first false, ANY at the first true; without one the unknowns decide.
  const deciding = node.quantifier === 'any'
  return (row, run) => {
    const value = operand(row, run)
    let result: Truth = !deciding
    for (const candidate of values(row, run)) {
      const truth = compare(value, candidate)
      if (truth === deciding) return deciding
      if (truth === null) result = null
    }
    return result
  }
}

function* collectValues(
  rows: RowStream,
  { run, position }: { run: Run; position: number },
): Generator<Tick, { values: readonly SqlValue[]; bytes: number }> {
  const values: SqlValue[] = []
  let bytes = 0
  for (const row of rows) {
    if (row === TICK) {
      yield TICK
      continue
    }
    const value = row[position] ?? null
    run.memory.add(estimatedValueBytes(value))
    bytes += estimatedValueBytes(value)
    values.push(value)
  }
  return { values, bytes }
}
