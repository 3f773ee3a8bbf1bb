import type { SqlValue } from '../../../../mdf/index.ts'
import type { TableSource } from '../../host.ts'
import type { DeleteStatement, TableReference, UpdateStatement } from '../../syntax/index.ts'
import { bindCtes } from '../bind/bind-cte.ts'
import { columnNode } from '../bind/bind-expression.ts'
import { bindFrom } from '../bind/bind-from.ts'
import { bindPredicate } from '../bind/bind-predicate.ts'
import { bindTop } from '../bind/bind-top.ts'
import type { ChangeTarget, FoundTarget } from '../bind/change-target.ts'
import type { Environment } from '../bind/environment.ts'
import { Scope } from '../bind/scope.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import { compileQuery } from '../compile/compile-plan.ts'
import type { Variable } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { optimise } from '../plan/optimise.ts'
import type { Output, Plan } from '../plan/plan.ts'
import { type Row, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { findReference } from './find-reference.ts'
import { type PreparedOutput, prepareOutput } from './output.ts'
import { RowPin } from './row-pin.ts'
import { type BoundSet, bindSet } from './set-clauses.ts'
import { checksOf, type ViewCheck } from './view-check.ts'

/** A row that UPDATE or DELETE is about to change. */
export interface RowToChange {
  readonly locator: bigint
  /** Values of the stored columns by ordinal; null for those that are computed when they are read. */
  readonly before: SqlValue[]
  /** The same with the values of SET; undefined for DELETE. */
  readonly after: SqlValue[] | undefined
  /** Values of the columns of FROM that OUTPUT reads. */
  readonly from: Row
}

export interface PreparedRowChange {
  readonly table: TableSource
  readonly outputs: readonly PreparedOutput[]
  /** Of views WITH CHECK OPTION that the statement changes the table through. */
  readonly checks: readonly ViewCheck[]
  /** Ordinals of the columns that SET names. */
  readonly changed: readonly number[]
  /** Each row once, however often a join has it; variables of SET are assigned on the way. */
  rows(run: Run): Generator<RowToChange | Tick, void>
}

const NO_SET: BoundSet = { columns: new Map(), variables: [] }

/**
 * Makes UPDATE or DELETE ready to run; with a locator, for the row at that place alone.
 * @throws SqlError 208, 207, 4403 to 4406, 3906 and those of expressions
 */
export function prepareRowChange(
  node: UpdateStatement | DeleteStatement,
  statement: StatementContext,
  locator?: bigint,
): PreparedRowChange {
  const rowless: Environment = { statement, scope: undefined, ctes: undefined, clause: 'none' }
  const environment = { ...rowless, ctes: bindCtes(node.with, rowless) }
  const listed = findReference(node.target, node.from, statement)
  const reference: TableReference = listed ?? node.target
  const actions = [node.kind === 'update' ? 'UPDATE' : 'DELETE'] as const
  const pin = locator === undefined ? {} : { pin: new RowPin(locator) }
  const changing: ChangeTarget = { reference, actions, ...pin, found: undefined }
  const references = listed === undefined ? [reference, ...node.from] : node.from
  const from = bindFrom(references, { ...environment, changing })
  const target = changing.found
  if (target === undefined) throw new TypeError('FROM did not come to the target')
  const scope = new Scope(from.sources, undefined, statement)
  const inner = (clause: Environment['clause']): Environment => ({ ...environment, scope, clause })
  const filtered: Plan =
    node.where === undefined
      ? from.plan
      : { kind: 'filter', input: from.plan, predicate: bindPredicate(node.where, inner('where')) }
  const { top, line } = node
  const input =
    top === undefined ? filtered : bindTop(filtered, { top, ties: [], line }, environment)
  const set = node.kind === 'update' ? bindSet(node.set, target, inner('select')) : NO_SET
  const others = from.sources.filter(({ columns }) => columns !== target.columns)
  const outputs = outputsOf(node, target, { environment, sources: others })
  return {
    ...compileRows(
      { input, target, set, outputs, isUpdate: node.kind === 'update', locator },
      statement,
    ),
    outputs,
    checks: checksOf(target, statement),
  }
}

/** OUTPUT … INTO, and OUTPUT to the client. */
function outputsOf(
  { kind, output }: UpdateStatement | DeleteStatement,
  { source }: FoundTarget,
  place: Pick<Parameters<typeof prepareOutput>[2], 'environment' | 'sources'>,
): PreparedOutput[] {
  if (output === undefined) return []
  const images = kind === 'update' ? (['inserted', 'deleted'] as const) : (['deleted'] as const)
  const first = prepareOutput(output, source, { ...place, images })
  if (output.toClient === undefined) return [first]
  const second = { items: output.toClient, line: output.line }
  const firstFrom = first.fromColumns.length
  return [first, prepareOutput(second, source, { ...place, images, firstFrom })]
}

interface RowParts {
  readonly input: Plan
  readonly target: FoundTarget
  readonly set: BoundSet
  readonly outputs: readonly PreparedOutput[]
  readonly isUpdate: boolean
  /** The only row that is wanted. */
  readonly locator: bigint | undefined
}

/** Rows of: the locator, the stored values, those of SET, those of variables, those of FROM. */
function compileRows(
  { input, target, set, outputs, isUpdate, locator: only }: RowParts,
  { columns: factory }: StatementContext,
): Omit<PreparedRowChange, 'outputs' | 'checks'> {
  const passed = (column: Column): Output => ({ column, expression: columnNode(column) })
  const created = ({ type, nullable, ...rest }: Output['expression']): Output => ({
    column: factory.create({ name: '', type, nullable }),
    expression: { type, nullable, ...rest } as Output['expression'],
  })
  const stored = [...target.stored]
  const assigned = [...set.columns].map(([ordinal, value]) => ({ ordinal, output: created(value) }))
  const variables = set.variables.map(({ variable, value }) => ({
    variable,
    output: created(value),
  }))
  const from = outputs.flatMap(({ fromColumns }) => fromColumns)
  const list = [
    passed(target.locator),
    ...stored.map(([, column]) => passed(column)),
    ...assigned.map(({ output }) => output),
    ...variables.map(({ output }) => output),
    ...from.map((column) => ({
      column: factory.create({ name: '', type: column.type }),
      expression: columnNode(column),
    })),
  ]
  const columns = list.map(({ column }) => column)
  const operator = compileQuery(optimise({ kind: 'project', input, outputs: list }, columns))
  const width = target.source.columns.length
  const places = {
    stored: stored.map(([ordinal]) => ordinal),
    assigned: assigned.map(({ ordinal }) => ordinal),
    variables: variables.map(({ variable }) => variable),
  }
  return {
    table: target.source,
    changed: places.assigned,
    *rows(run) {
      const seen = new Set<bigint>()
      for (const row of operator.open(run)) {
        if (row === TICK) yield TICK
        else {
          const [locator] = row
          if (typeof locator !== 'bigint' || seen.has(locator)) continue
          if (only !== undefined && locator !== only) continue
          seen.add(locator)
          run.memory.addRow(row)
          yield toChange(row, locator, { ...places, width, isUpdate })
        }
      }
    },
  }
}

function toChange(
  row: Row,
  locator: bigint,
  places: {
    readonly stored: readonly number[]
    readonly assigned: readonly number[]
    readonly variables: readonly Variable[]
    readonly width: number
    readonly isUpdate: boolean
  },
): RowToChange {
  const { stored, assigned, variables, width, isUpdate } = places
  const before = new Array<SqlValue>(width).fill(null)
  let position = 1
  for (const ordinal of stored) before[ordinal] = row[position++] ?? null
  const after = isUpdate ? [...before] : undefined
  for (const ordinal of assigned) {
    if (after !== undefined) after[ordinal] = row[position] ?? null
    position += 1
  }
  for (const variable of variables) variable.value = row[position++] ?? null
  return { locator, before, after, from: row.slice(position) }
}
