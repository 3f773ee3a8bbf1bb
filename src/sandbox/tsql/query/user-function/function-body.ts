import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import {
  type DeclareStatement,
  type Expression,
  type IfStatement,
  labelKey,
  type SelectStatement,
  type SetVariableStatement,
  type Statement,
  type WhileStatement,
} from '../../syntax/index.ts'
import { assignedValue } from '../bind/select-items.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import {
  type PreparedCondition,
  type PreparedValue,
  prepareCondition,
  prepareQuery,
  prepareValue,
} from '../prepare-query.ts'
import { type Row, TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { changeFunctionTable } from './function-changes.ts'
import { type CursorNode, useFunctionCursor } from './function-cursors.ts'
import { type FrameParts, FunctionFrame } from './function-frame.ts'
import { hasLabel, placeOfLabel } from './function-labels.ts'

/** A function as its text says. */
export interface FunctionParts extends FrameParts {
  /** Undefined for a table function, whose RETURN has no value. */
  readonly returns: SqlType | undefined
}

type Flow = 'next' | 'break' | 'continue' | 'goto' | 'return'

/**
 * The statements of a function with variables of their own, for one call at a time. It runs inside an
 * expression: it waits for nothing, and gives others their turn by its ticks.
 */
export class FunctionBody {
  readonly #parts: FunctionParts
  readonly #frame: FunctionFrame
  readonly #values = new WeakMap<Expression, PreparedValue>()
  readonly #conditions = new WeakMap<Expression, PreparedCondition>()
  #result: SqlValue = null
  /** What GOTO looks for, until it is found. */
  #wantedLabel: string | undefined

  constructor(parts: FunctionParts, outer: StatementContext) {
    this.#parts = parts
    this.#frame = new FunctionFrame(parts, outer)
  }

  /** @throws SqlError of its statements, with the function's name */
  *call(values: readonly SqlValue[], run: Run): Generator<Tick, SqlValue> {
    this.#result = null
    this.#wantedLabel = undefined
    this.#frame.begin(values)
    yield* this.#run(this.#parts.statements, run)
    return this.#result
  }

  /** The rows of the table it returns. @throws SqlError of its statements, with the function's name */
  *table(values: readonly SqlValue[], run: Run): Generator<Tick, Row[]> {
    yield* this.call(values, run)
    const rows: Row[] = []
    const { variable = '' } = this.#parts.result ?? {}
    for (const row of prepareQuery(allOf(variable), this.#frame.context).rows(run)) {
      if (row === TICK) yield TICK
      else rows.push(row)
    }
    return rows
  }

  *#run(statements: readonly Statement[], run: Run): Generator<Tick, Flow> {
    let position = Math.max(0, placeOfLabel(statements, this.#wantedLabel))
    for (;;) {
      const statement = statements[position]
      if (statement === undefined) return 'next'
      yield TICK
      const flow = yield* this.#execute(statement, run)
      if (flow === 'goto') position = placeOfLabel(statements, this.#wantedLabel)
      else if (flow === 'next') position += 1
      if (position < 0 || (flow !== 'next' && flow !== 'goto')) return flow
    }
  }

  *#execute(statement: Statement, run: Run): Generator<Tick, Flow> {
    try {
      let flow = yield* this.#dispatch(statement, run)
      while (flow === 'goto' && hasLabel(statement, this.#wantedLabel)) {
        flow = yield* this.#dispatch(statement, run)
      }
      return flow
    } catch (error) {
      if (error instanceof SqlError && error.procedure === '') {
        if (error.line === 1) error.line = statement.line
        error.procedure = this.#parts.source.name
      }
      throw error
    }
  }

  *#dispatch(statement: Statement, run: Run): Generator<Tick, Flow> {
    switch (statement.kind) {
      case 'declare':
        yield* this.#declare(statement, run)
        return 'next'
      case 'declare-table':
        return 'next'
      case 'set-variable':
        yield* this.#assign(statement, run)
        return 'next'
      case 'select-statement':
        yield* this.#select(statement, run)
        return 'next'
      case 'insert':
      case 'update':
      case 'delete':
      case 'merge':
        this.#frame.rowCount = yield* changeFunctionTable(statement, this.#frame, run)
        return 'next'
      case 'declare-cursor':
      case 'set-cursor':
      case 'open-cursor':
      case 'close-cursor':
      case 'deallocate-cursor':
      case 'fetch':
        yield* this.#useCursor(statement, run)
        return 'next'
      case 'block':
        return yield* this.#run(statement.statements, run)
      case 'if':
        return yield* this.#branch(statement, run)
      case 'while':
        return yield* this.#loop(statement, run)
      case 'break':
      case 'continue':
        return statement.kind
      case 'goto':
        this.#wantedLabel = labelKey(statement.label)
        return 'goto'
      case 'label':
        if (this.#wantedLabel === labelKey(statement.name)) this.#wantedLabel = undefined
        return 'next'
      case 'return':
        if (statement.value !== undefined && this.#parts.returns !== undefined) {
          const type = this.#parts.returns
          this.#result = yield* this.#evaluate(statement.value, run, { type })
        }
        return 'return'
      case 'execute':
        throw new SqlError(
          557,
          'Only functions and some extended stored procedures can be executed from within a function.',
          { state: 2 },
        )
      default:
        throw new SqlError(
          443,
          `Invalid use of a side-effecting operator '${statement.kind}' within a function.`,
          { state: 15, line: statement.line },
        )
    }
  }

  *#branch(node: IfStatement, run: Run): Generator<Tick, Flow> {
    const label = this.#wantedLabel
    const isThen =
      label === undefined ? yield* this.#isTrue(node.condition, run) : hasLabel(node.then, label)
    const branch = isThen ? node.then : node.otherwise
    return branch === undefined ? 'next' : yield* this.#execute(branch, run)
  }

  *#loop(node: WhileStatement, run: Run): Generator<Tick, Flow> {
    while (this.#wantedLabel !== undefined || (yield* this.#isTrue(node.condition, run))) {
      yield TICK
      const flow = yield* this.#execute(node.body, run)
      if (flow === 'break') return 'next'
      if (flow !== 'next' && flow !== 'continue') return flow
    }
    return 'next'
  }

  *#declare({ variables, line }: DeclareStatement, run: Run): Generator<Tick, void> {
    for (const { name, initial: value } of variables) {
      if (value === undefined) continue
      yield* this.#assign({ kind: 'set-variable', name, operator: '=', value, line }, run)
    }
  }

  *#assign(node: SetVariableStatement, run: Run): Generator<Tick, void> {
    const cursorVariable = this.#frame.findCursorVariable(node.name)
    if (cursorVariable !== undefined) {
      const { value } = node
      const name = value.kind === 'column' ? (value.parts[0] ?? '') : ''
      cursorVariable.cursor =
        value.kind === 'variable'
          ? this.#frame.findCursorVariable(value.name)?.cursor
          : this.#frame.cursors.get(this.#frame.key(name))
      return
    }
    const variable = this.#frame.findVariable(node.name)
    variable.value = yield* this.#evaluate(node.value, run, {
      type: variable.type,
      transform: (bound) => assignedValue(variable, node.operator, bound),
    })
    this.#frame.rowCount = 1
  }

  *#evaluate(
    expression: Expression,
    run: Run,
    options: Parameters<typeof prepareValue>[2],
  ): Generator<Tick, SqlValue> {
    const known = this.#values.get(expression)
    const prepared = known ?? prepareValue(expression, this.#frame.context, options)
    if (prepared.isReusable) this.#values.set(expression, prepared)
    return yield* prepared.evaluate(run)
  }

  *#isTrue(condition: Expression, run: Run): Generator<Tick, boolean> {
    const known = this.#conditions.get(condition)
    const prepared = known ?? prepareCondition(condition, this.#frame.context)
    if (prepared.isReusable) this.#conditions.set(condition, prepared)
    return (yield* prepared.evaluate(run)) === true
  }

  *#useCursor(node: CursorNode, run: Run): Generator<Tick, void> {
    const offset =
      node.kind === 'fetch' && node.offset !== undefined
        ? Number(yield* this.#evaluate(node.offset, run, {}))
        : 0
    yield* useFunctionCursor(node, this.#frame, { offset, run })
  }

  /** SELECT @a = …: each row in turn, so that the last one stays. */
  *#select({ query, line }: SelectStatement, run: Run): Generator<Tick, void> {
    const prepared = prepareQuery(query, this.#frame.context)
    const { assignments } = prepared
    if (assignments === undefined) {
      throw new SqlError(
        444,
        'Select statements included within a function cannot return data to a client.',
        { state: 2, line },
      )
    }
    let count = 0
    for (const row of prepared.rows(run)) {
      if (row === TICK) {
        yield TICK
        continue
      }
      count += 1
      for (const [index, variable] of assignments.entries()) variable.value = row[index] ?? null
    }
    this.#frame.rowCount = count
  }
}

/** `SELECT * FROM @variable` */
function allOf(variable: string): SelectStatement['query'] {
  const line = 1
  return {
    kind: 'query',
    with: [],
    body: {
      kind: 'select',
      distinct: false,
      items: [{ kind: 'star', qualifier: [], line }],
      from: [{ kind: 'table-variable', name: variable, line }],
      groupBy: [],
      line,
    },
    orderBy: [],
    line,
  }
}
