import { apply } from '../operators/apply.ts'
import { distinct } from '../operators/distinct.ts'
import { document } from '../operators/document.ts'
import { filter, gate, suspendableFilter } from '../operators/filter.ts'
import { offset } from '../operators/offset.ts'
import type { Operator } from '../operators/operator.ts'
import { project, suspendableProject } from '../operators/project.ts'
import { recursive } from '../operators/recursive.ts'
import { constantRows } from '../operators/rows.ts'
import { intersect, unionAll } from '../operators/set-operation.ts'
import { sort } from '../operators/sort.ts'
import { tableFunction } from '../operators/table-function.ts'
import { top } from '../operators/top.ts'
import { topSort } from '../operators/top-sort.ts'
import { unpivot } from '../operators/unpivot.ts'
import { workTableScan } from '../operators/work-table.ts'
import type { BoundPredicate } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { conjunction, conjunctsOf } from '../plan/conjuncts.ts'
import type {
  ApplyPlan,
  FilterPlan,
  IntersectPlan,
  OffsetPlan,
  Plan,
  ProjectPlan,
  TopPlan,
} from '../plan/plan.ts'
import { columnsUsed, isDeterministic, maySuspend } from '../plan/walk.ts'
import { compileAggregate } from './compile-aggregate.ts'
import { type CompileContext, compileExpression } from './compile-expression.ts'
import { compileIndexSpool } from './compile-index-spool.ts'
import { compileJoin } from './compile-join.ts'
import { compileColumnKeys, compileSortKeys } from './compile-keys.ts'
import { compilePredicate } from './compile-predicate.ts'
import { compileScan } from './compile-scan.ts'
import { compileWindow } from './compile-window.ts'
import { Correlation, type Evaluate, Layout } from './layout.ts'

/** Where a plan stands: inside which outer row, and whether it is opened more than once. */
export interface PlanContext {
  readonly correlation: Correlation | undefined
  readonly isRepeated: boolean
}

/** Turns plans into operators; expressions with subqueries call it back. */
export interface PlanCompiler {
  compile(plan: Plan, context: PlanContext): Operator
}

const compiler: PlanCompiler = { compile }

/** The operators of a whole query, ready for one execution. */
export function compileQuery(plan: Plan): Operator {
  return compile(plan, { correlation: undefined, isRepeated: false })
}

/** What an expression without a row around it is compiled in. */
export const ROWLESS: CompileContext = { layout: new Layout([], undefined), plans: compiler }

/** What expressions over these columns are compiled in. */
export function expressionContext(
  columns: readonly Column[],
  { correlation }: PlanContext,
): CompileContext {
  return { layout: new Layout(columns, correlation), plans: compiler }
}

export function compile(plan: Plan, context: PlanContext): Operator {
  switch (plan.kind) {
    case 'scan':
      return compileScan(plan, context)
    case 'rows':
      return constantRows(
        plan.columns,
        plan.rows.map((row) => compileAll(row, [], context)),
      )
    case 'filter':
      return compileIndexSpool(plan, context) ?? compileFilter(plan, context)
    case 'project':
      return compileProject(plan, context)
    case 'join':
      return compileJoin(plan, context)
    case 'apply':
      return compileApply(plan, context)
    case 'aggregate':
      return compileAggregate(plan, context)
    case 'window':
      return compileWindow(plan, context)
    case 'sort': {
      const input = compile(plan.input, context)
      return sort(input, compileSortKeys(plan.keys, expressionContext(input.columns, context)))
    }
    case 'top':
      return compileTop(plan, context)
    case 'offset':
      return compileOffset(plan, context)
    case 'distinct': {
      const input = compile(plan.input, context)
      return distinct(input, compileColumnKeys(input.columns))
    }
    case 'union':
      return unionAll(
        plan.columns,
        plan.inputs.map((input) => compile(input, context)),
      )
    case 'intersect':
      return compileIntersect(plan, context)
    case 'recursive':
      return recursive(
        plan,
        compile(plan.anchor, context),
        compile(plan.step, { ...context, isRepeated: true }),
      )
    case 'work-table':
      return workTableScan(plan)
    case 'table-function':
      return tableFunction(plan, compileAll(plan.operands, [], context))
    case 'unpivot':
      return unpivot(plan, compile(plan.input, context))
    case 'document':
      return document(plan, compile(plan.input, context))
  }
}

function compileAll(
  expressions: readonly Parameters<typeof compileExpression>[0][],
  columns: readonly Column[],
  context: PlanContext,
): readonly Evaluate[] {
  const inner = expressionContext(columns, context)
  return expressions.map((expression) => compileExpression(expression, inner))
}

export function compileFilter({ input, predicate }: FilterPlan, context: PlanContext): Operator {
  const compiled = compile(input, context)
  const own = new Set(compiled.columns)
  const { ofRows, ofAll } = splitByRows(predicate, own)
  const inner = expressionContext(compiled.columns, context)
  const filtered = ofRows.length === 0 ? compiled : compileRowFilter(ofRows, compiled, inner)
  if (ofAll.length === 0) return filtered
  return gate(filtered, compilePredicate(conjunction(ofAll), expressionContext([], context)))
}

function compileRowFilter(
  predicates: readonly BoundPredicate[],
  input: Operator,
  inner: CompileContext,
): Operator {
  const predicate = conjunction(predicates)
  const test = compilePredicate(predicate, inner)
  return maySuspend(predicate) ? suspendableFilter(input, test) : filter(input, test)
}

/** Conditions over the rows, and those that decide once whether there are any: `WHERE 1 = 0`. */
function splitByRows(predicate: BoundPredicate, own: ReadonlySet<Column>) {
  const ofRows: BoundPredicate[] = []
  const ofAll: BoundPredicate[] = []
  for (const conjunct of conjunctsOf(predicate)) {
    const isOfRows = [...columnsUsed(conjunct)].some((column) => own.has(column))
    const isFixed = !isOfRows && isDeterministic(conjunct) && !maySuspend(conjunct)
    if (isFixed) ofAll.push(conjunct)
    else ofRows.push(conjunct)
  }
  return { ofRows, ofAll }
}

function compileProject({ input, outputs }: ProjectPlan, context: PlanContext): Operator {
  const compiled = compile(input, context)
  const columns = outputs.map(({ column }) => column)
  const expressions = outputs.map(({ expression }) => expression)
  const evaluate = compileAll(expressions, compiled.columns, context)
  return expressions.some(maySuspend)
    ? suspendableProject(compiled, columns, evaluate)
    : project(compiled, columns, evaluate)
}

function compileApply({ left, right, isOuter }: ApplyPlan, context: PlanContext): Operator {
  return applied({ isOuter, left: compile(left, context), right }, context)
}

/** Opens `right` for each row of `left`, whose columns it may use. */
export function applied(
  { isOuter, left, right }: Pick<ApplyPlan, 'isOuter' | 'right'> & { readonly left: Operator },
  context: PlanContext,
): Operator {
  const correlation = new Correlation(new Layout(left.columns, context.correlation))
  return apply({
    isOuter,
    left,
    right: compile(right, { correlation, isRepeated: true }),
    bind: (row, run) => correlation.bind(row, run),
  })
}

function compileTop(plan: TopPlan, context: PlanContext): Operator {
  const count = compileExpression(plan.count, expressionContext([], context))
  const isPlain = !plan.percent && plan.ties === undefined
  const input = isPlain
    ? compileOrdered(plan.input, [count], context)
    : compile(plan.input, context)
  return top({
    input,
    count,
    percent: plan.percent,
    ...(plan.ties === undefined
      ? {}
      : { ties: compileSortKeys(plan.ties, expressionContext(input.columns, context)) }),
  })
}

function compileOffset(plan: OffsetPlan, context: PlanContext): Operator {
  const inner = expressionContext([], context)
  const skip = compileExpression(plan.offset, inner)
  if (plan.fetch === undefined) return offset(compile(plan.input, context), skip, undefined)
  const fetch = compileExpression(plan.fetch, inner)
  return offset(compileOrdered(plan.input, [skip, fetch], context), skip, fetch)
}

/** The input of something that takes only its first rows, as many as `counts` add up to. */
function compileOrdered(plan: Plan, counts: readonly Evaluate[], context: PlanContext): Operator {
  if (plan.kind !== 'sort') return compile(plan, context)
  const input = compile(plan.input, context)
  const keys = compileSortKeys(plan.keys, expressionContext(input.columns, context))
  return topSort(input, keys, counts)
}

function compileIntersect(plan: IntersectPlan, context: PlanContext): Operator {
  return intersect({
    columns: plan.columns,
    left: compile(plan.left, context),
    right: compile(plan.right, context),
    keys: compileColumnKeys(plan.columns),
    isExcept: plan.isExcept,
  })
}
