import type { SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { TableSource } from '../../host.ts'
import type { MergeClause, MergeStatement } from '../../syntax/index.ts'
import { INT } from '../../values/index.ts'
import { bindCtes } from '../bind/bind-cte.ts'
import { columnNode } from '../bind/bind-expression.ts'
import { type BoundFrom, bindTableReference } from '../bind/bind-from.ts'
import { bindPredicate } from '../bind/bind-predicate.ts'
import { bindTop } from '../bind/bind-top.ts'
import type { ChangeAction, ChangeTarget, FoundTarget } from '../bind/change-target.ts'
import type { Environment } from '../bind/environment.ts'
import { Scope } from '../bind/scope.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import { compileExpression } from '../compile/compile-expression.ts'
import { compileQuery, expressionContext } from '../compile/compile-plan.ts'
import { compilePredicate } from '../compile/compile-predicate.ts'
import { type Bound, type BoundPredicate, TRUE } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { optimise } from '../plan/optimise.ts'
import { columnsOf, type Output, type Plan } from '../plan/plan.ts'
import { columnsUsed } from '../plan/walk.ts'
import { type Row, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { settled } from '../run/suspension.ts'
import { type PreparedOutput, prepareOutput } from './output.ts'
import { assigned, bindCell, checkCount, insertOrdinals } from './prepare-insert.ts'
import { bindSet } from './set-clauses.ts'
import { checksOf, type ViewCheck } from './view-check.ts'

/** What MERGE does for one row of its join. */
export type MergeAction =
  | {
      readonly kind: 'insert'
      readonly ordinals: readonly number[]
      readonly values: readonly SqlValue[]
      readonly from: Row
    }
  | {
      readonly kind: 'update' | 'delete'
      readonly locator: bigint
      readonly before: SqlValue[]
      readonly after: SqlValue[] | undefined
      readonly from: Row
    }

export interface PreparedMerge {
  readonly table: TableSource
  readonly outputs: readonly PreparedOutput[]
  /** Of views WITH CHECK OPTION that the statement changes the table through. */
  readonly checks: readonly ViewCheck[]
  /** What its clauses do. */
  readonly actions: readonly ChangeAction[]
  /** Ordinals of the columns that its UPDATEs set. */
  readonly changed: readonly number[]
  /** @throws SqlError 8672 when two rows of the source match one that is changed */
  rows(run: Run): Generator<MergeAction | Tick, void>
}

/** A WHEN with its names resolved: by ordinal, the values it sets or inserts. */
interface BoundClause {
  readonly when: MergeClause['when']
  readonly kind: 'insert' | 'update' | 'delete'
  readonly condition: BoundPredicate
  readonly ordinals: readonly number[]
  readonly values: readonly Bound[]
}

/** The target joined with the source; which of them a row has is told by `locator` and `mark`. */
interface MergeJoin {
  readonly plan: Plan
  readonly target: FoundTarget
  readonly mark: Column
  readonly environment: Environment & { readonly scope: Scope }
  readonly using: BoundFrom
}

const ACTIONS = { insert: 'INSERT', update: 'UPDATE', delete: 'DELETE' } as const
const ALONE = { correlation: undefined, isRepeated: true } as const

/**
 * Makes MERGE ready to run. `isIdentityGiven` is SET IDENTITY_INSERT ON for the table.
 * @throws SqlError as INSERT, UPDATE and DELETE do
 */
export function prepareMerge(
  node: MergeStatement,
  statement: StatementContext,
  isIdentityGiven: (table: TableSource) => boolean,
): PreparedMerge {
  const join = bindJoin(node, statement)
  const { target, environment, using } = join
  const table = target.source
  const isGiven = isIdentityGiven(table)
  const clauses = node.clauses.map((clause) => bindClause(clause, { target, environment, isGiven }))
  const outputs = outputsOf(node, table, { environment, sources: using.sources })
  const rows = compileRows(join, { clauses, outputs, statement })
  const actions = [...new Set(clauses.map(({ kind }) => ACTIONS[kind]))]
  const updates = clauses.filter(({ kind }) => kind === 'update')
  const checks = checksOf(target, statement)
  return {
    table,
    outputs,
    checks,
    actions,
    changed: updates.flatMap(({ ordinals }) => ordinals),
    rows,
  }
}

function bindJoin(node: MergeStatement, statement: StatementContext): MergeJoin {
  const rowless: Environment = { statement, scope: undefined, ctes: undefined, clause: 'none' }
  const environment = { ...rowless, ctes: bindCtes(node.with, rowless) }
  const { alias, top, line } = node
  const reference = alias === undefined ? node.target : { ...node.target, alias }
  const actions = node.clauses.map(({ action }) => ACTIONS[action.kind])
  const changing: ChangeTarget = { reference, actions, found: undefined }
  const into = bindTableReference(reference, { ...environment, changing })
  const target = changing.found
  if (target === undefined) throw new TypeError('MERGE did not come to its target')
  const using = bindTableReference(node.using, environment)
  const scope = new Scope([...into.sources, ...using.sources], undefined, statement)
  const on = bindPredicate(node.on, { ...environment, scope, clause: 'on' })
  const mark = statement.columns.create({ name: '', type: INT })
  const marked: Plan = {
    kind: 'project',
    input: using.plan,
    outputs: [...columnsOf(using.plan).map(passed), { column: mark, expression: PRESENT }],
  }
  const keepsTarget = node.clauses.some(({ when }) => when === 'not-matched-by-source')
  const keepsSource = node.clauses.some(({ when }) => when === 'not-matched-by-target')
  const joined = joinPlan(marked, into.plan, { on, keepsSource, keepsTarget })
  const plan = top === undefined ? joined : bindTop(joined, { top, ties: [], line }, environment)
  return { plan, target, mark, environment: { ...environment, scope, clause: 'select' }, using }
}

const PRESENT: Bound = {
  kind: 'constant',
  value: 1,
  isNullLiteral: false,
  type: INT,
  nullable: false,
}

function passed(column: Column): Output {
  return { column, expression: columnNode(column) }
}

function joinPlan(
  source: Plan,
  target: Plan,
  join: {
    readonly on: BoundPredicate
    readonly keepsSource: boolean
    readonly keepsTarget: boolean
  },
): Plan {
  const { on, keepsSource, keepsTarget } = join
  if (keepsSource && keepsTarget)
    return { kind: 'join', type: 'full', left: source, right: target, on }
  if (keepsTarget) return { kind: 'join', type: 'left', left: target, right: source, on }
  return { kind: 'join', type: keepsSource ? 'left' : 'inner', left: source, right: target, on }
}

function bindClause(
  { when, condition, action, line }: MergeClause,
  place: {
    readonly target: FoundTarget
    readonly environment: Environment
    readonly isGiven: boolean
  },
): BoundClause {
  const { target, environment, isGiven } = place
  const { statement } = environment
  const test = condition === undefined ? TRUE : bindPredicate(condition, environment)
  if (action.kind === 'delete') {
    return { when, kind: 'delete', condition: test, ordinals: [], values: [] }
  }
  if (action.kind === 'update') {
    const { columns } = bindSet(action.set, target, environment)
    return {
      when,
      kind: 'update',
      condition: test,
      ordinals: [...columns.keys()],
      values: [...columns.values()],
    }
  }
  const table = target.source
  const { columns, values: cells = [] } = action
  const source = { kind: action.values === undefined ? 'default-values' : 'values' } as const
  const insert = { columns, source, line }
  const ordinals = insertOrdinals(insert, target, { statement, isGiven })
  checkCount(cells.length, ordinals.length, insert)
  const values = cells.map((cell, index) => {
    const ordinal = ordinals[index] ?? 0
    return assigned(bindCell(cell, { table, ordinal }, environment), ordinal, { table, statement })
  })
  return { when, kind: 'insert', condition: test, ordinals, values }
}

function outputsOf(
  { output }: MergeStatement,
  table: TableSource,
  place: Pick<Parameters<typeof prepareOutput>[2], 'environment' | 'sources'>,
): PreparedOutput[] {
  if (output === undefined) return []
  const images = ['inserted', 'deleted'] as const
  const first = prepareOutput(output, table, { ...place, images })
  if (output.toClient === undefined) return [first]
  const second = { items: output.toClient, line: output.line }
  const firstFrom = first.fromColumns.length
  return [first, prepareOutput(second, table, { ...place, images, firstFrom })]
}

/** Rows of: the locator, the mark, the stored values, those OUTPUT reads, those the clauses read. */
function compileRows(
  { plan, target, mark }: MergeJoin,
  parts: {
    readonly clauses: readonly BoundClause[]
    readonly outputs: readonly PreparedOutput[]
    readonly statement: StatementContext
  },
): PreparedMerge['rows'] {
  const { clauses, outputs, statement } = parts
  const stored = [...target.stored]
  const from = outputs.flatMap(({ fromColumns }) => fromColumns)
  const used = clauses.flatMap(({ condition, values }) =>
    [condition, ...values].flatMap((node) => [...columnsUsed(node)]),
  )
  const fromOutputs = from.map((column) => ({
    column: statement.columns.create({ name: '', type: column.type }),
    expression: columnNode(column),
  }))
  const own = new Set([target.locator, mark, ...stored.map(([, column]) => column)])
  const others = [...new Set(used)].filter((column) => !own.has(column))
  const list = [...[...own].map(passed), ...fromOutputs, ...others.map(passed)]
  const columns = list.map(({ column }) => column)
  const operator = compileQuery(optimise({ kind: 'project', input: plan, outputs: list }, columns))
  const context = expressionContext(columns, ALONE)
  const compiled = clauses.map(({ condition, values, ...clause }) => ({
    ...clause,
    test: compilePredicate(condition, context),
    values: values.map((value) => compileExpression(value, context)),
  }))
  const width = target.source.columns.length
  const fromStart = own.size
  return function* rows(run) {
    const seen = new Set<bigint>()
    for (const row of operator.open(run)) {
      if (row === TICK) {
        yield TICK
        continue
      }
      const [locator = null, present = null] = row
      const when = matchOf(locator, present)
      const clause = compiled.find(
        (one) => one.when === when && settled(() => one.test(row, run)) === true,
      )
      if (clause === undefined) continue
      run.memory.addRow(row)
      const values = clause.values.map((evaluate) => settled(() => evaluate(row, run)))
      const { kind, ordinals } = clause
      const rest = row.slice(fromStart, fromStart + from.length)
      if (kind === 'insert' || typeof locator !== 'bigint') {
        yield { kind: 'insert', ordinals, values, from: rest }
        continue
      }
      if (seen.has(locator)) throw changedTwice()
      seen.add(locator)
      const before = new Array<SqlValue>(width).fill(null)
      for (const [index, [ordinal]] of stored.entries()) before[ordinal] = row[2 + index] ?? null
      const after = kind === 'delete' ? undefined : [...before]
      for (const [index, ordinal] of ordinals.entries()) {
        if (after !== undefined) after[ordinal] = values[index] ?? null
      }
      yield { kind, locator, before, after, from: rest }
    }
  }
}

function matchOf(locator: SqlValue, mark: SqlValue): MergeClause['when'] {
  if (locator === null) return 'not-matched-by-target'
  return mark === null ? 'not-matched-by-source' : 'matched'
}

function changedTwice(): SqlError {
  return new SqlError(
    8672,
    'The MERGE statement attempted to UPDATE or DELETE the same row more than once. This happens when a target row matches more than one source row. A MERGE statement cannot UPDATE/DELETE the same row of the target table multiple times. Refine the ON clause to ensure a target row matches at most one source row, or use the GROUP BY clause to group the source rows.',
  )
}
