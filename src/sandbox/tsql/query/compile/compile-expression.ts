import type { SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { Bound, BoundCall, BoundCase, BoundCoalesce } from '../plan/bound.ts'
import type { Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { runOrSuspend } from '../run/suspension.ts'
import type { PlanCompiler } from './compile-plan.ts'
import { compilePredicate } from './compile-predicate.ts'
import { compileScalarSubquery } from './compile-subquery.ts'
import { type Evaluate, exactKey, type Layout } from './layout.ts'

/** What expressions are compiled in: the row they read and the way to compile subqueries. */
export interface CompileContext {
  readonly layout: Layout
  readonly plans: PlanCompiler
}

/** Turns a bound expression into a function of a row. */
export function compileExpression(node: Bound, context: CompileContext): Evaluate {
  switch (node.kind) {
    case 'constant': {
      const { value } = node
      return () => value
    }
    case 'column':
      return context.layout.reader(node.column)
    case 'variable': {
      const { variable } = node
      return () => variable.value
    }
    case 'unary': {
      const operand = compileExpression(node.operand, context)
      const { evaluate } = node
      return (row, run) => evaluate(operand(row, run), run.call)
    }
    case 'binary': {
      const left = compileExpression(node.left, context)
      const right = compileExpression(node.right, context)
      const { evaluate } = node
      return (row, run) => evaluate(left(row, run), right(row, run))
    }
    case 'call':
      return compileCall(node, context)
    case 'case':
      return compileCase(node, context)
    case 'coalesce':
      return compileCoalesce(node, context)
    case 'subquery':
      return compileScalarSubquery(node, context)
    case 'aggregate':
    case 'window':
      throw new SqlError(8630, `Internal Query Processor Error: ${node.label} was left unplanned.`)
  }
}

function compileCall({ operands, evaluate, work }: BoundCall, context: CompileContext): Evaluate {
  const arity = operands.length
  const compiled = operands.map((operand) => compileExpression(operand, context))
  if (work !== undefined) {
    const finish = suspendable(work)
    return (row, run) =>
      finish(
        compiled.map((operand) => operand(row, run)),
        run,
      )
  }
  return (row, run) => {
    const values: SqlValue[] = new Array(arity)
    for (let index = 0; index < arity; index++) values[index] = compiled[index]?.(row, run) ?? null
    return evaluate(values, run.call)
  }
}

type Work = NonNullable<BoundCall['work']>

/**
 * Work that takes longer than its time slice goes on between ticks; its result waits, by the values it was
 * given, for the second evaluation.
 */
function suspendable(work: Work): (values: readonly SqlValue[], run: Run) => SqlValue {
  const finished = new Map<string, SqlValue>()
  return (values, run) => {
    const key = finished.size > 0 ? values.map(exactKey).join() : ''
    const waiting = finished.get(key)
    if (waiting !== undefined) {
      finished.delete(key)
      return waiting
    }
    const steps = work(values, run)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      if (run.slice.expired) break
    }
    const ownKey = values.map(exactKey).join()
    runOrSuspend(
      remember(steps, (value) => finished.set(ownKey, value)),
      run,
    )
    const value = finished.get(ownKey) ?? null
    finished.delete(ownKey)
    return value
  }
}

function* remember(
  steps: Generator<Tick, SqlValue>,
  keep: (value: SqlValue) => void,
): Generator<Tick, void> {
  keep(yield* steps)
}

function compileCase({ branches, otherwise }: BoundCase, context: CompileContext): Evaluate {
  const compiled = branches.map(({ when, value }) => ({
    test: compilePredicate(when, context),
    value: compileExpression(value, context),
  }))
  const last = compileExpression(otherwise, context)
  return (row, run) => {
    for (const { test, value } of compiled) if (test(row, run) === true) return value(row, run)
    return last(row, run)
  }
}

function compileCoalesce({ operands }: BoundCoalesce, context: CompileContext): Evaluate {
  const compiled = operands.map((operand) => compileExpression(operand, context))
  return (row, run) => {
    for (const evaluate of compiled) {
      const value = evaluate(row, run)
      if (value !== null) return value
    }
    return null
  }
}
