import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ModuleSource } from '../../host.ts'
import type { Expression, SelectStatement, Statement } from '../../syntax/index.ts'
import { declaredType } from '../bind/declared-type.ts'
import { assignedValue } from '../bind/select-items.ts'
import { nameKey, type StatementContext } from '../bind/statement-context.ts'
import type { Variable } from '../plan/bound.ts'
import { ColumnFactory } from '../plan/column.ts'
import {
  type PreparedCondition,
  type PreparedValue,
  prepareCondition,
  prepareQuery,
  prepareValue,
} from '../prepare-query.ts'
import { TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'

/** A scalar function as its text says. */
export interface FunctionParts {
  readonly source: ModuleSource
  readonly statements: readonly Statement[]
  readonly returns: SqlType
  readonly parameters: readonly string[]
}

type Flow = 'next' | 'break' | 'continue' | 'return'

/**
 * The statements of a scalar function with variables of their own, for one call at a time. It runs inside an
 * expression: it waits for nothing, and gives others their turn by its ticks.
 */
export class FunctionBody {
  readonly #parts: FunctionParts
  readonly #statement: StatementContext
  readonly #variables = new Map<string, Variable>()
  readonly #parameters: readonly Variable[]
  readonly #values = new WeakMap<Expression, PreparedValue>()
  readonly #conditions = new WeakMap<Expression, PreparedCondition>()
  #result: SqlValue = null

  constructor(parts: FunctionParts, types: readonly SqlType[], outer: StatementContext) {
    const { source, parameters, statements } = parts
    this.#parts = parts
    this.#statement = {
      ...outer,
      database: source.database,
      collationId: outer.host.databaseCollationId(source.database) ?? outer.collationId,
      columns: new ColumnFactory(),
      viewDepth: outer.viewDepth + 1,
      names: {
        ...outer.names,
        findVariable: (name) => this.#variables.get(this.#key(name)),
        findArgument: () => undefined,
        findTableVariable: () => undefined,
        findTransitionTable: () => undefined,
        findFunction: () => undefined,
        findGlobal: (name) => outer.names.findGlobal(name),
      },
    }
    this.#parameters = parameters.map((name, position) =>
      this.#declare(name, types[position] ?? parts.returns),
    )
    this.#declareAll(statements)
  }

  /** @throws SqlError of its statements, with the function's name */
  *call(values: readonly SqlValue[], run: Run): Generator<Tick, SqlValue> {
    this.#result = null
    for (const variable of this.#variables.values()) variable.value = null
    for (const [position, variable] of this.#parameters.entries()) {
      variable.value = values[position] ?? null
    }
    yield* this.#run(this.#parts.statements, run)
    return this.#result
  }

  #declareAll(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === 'declare') {
        for (const { name, type } of statement.variables) {
          this.#declare(name, declaredType(type, this.#statement.host))
        }
      }
      if (statement.kind === 'block') this.#declareAll(statement.statements)
      if (statement.kind === 'while') this.#declareAll([statement.body])
      if (statement.kind !== 'if') continue
      this.#declareAll([statement.then])
      if (statement.otherwise !== undefined) this.#declareAll([statement.otherwise])
    }
  }

  /** @throws SqlError 134 */
  #declare(name: string, type: SqlType): Variable {
    const key = this.#key(name)
    if (this.#variables.has(key)) {
      throw new SqlError(
        134,
        `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
        { severity: 15, procedure: this.#parts.source.name },
      )
    }
    const variable = { name, type, value: null }
    this.#variables.set(key, variable)
    return variable
  }

  #key(name: string): string {
    return nameKey(name, this.#statement)
  }

  *#run(statements: readonly Statement[], run: Run): Generator<Tick, Flow> {
    for (const statement of statements) {
      yield TICK
      const flow = yield* this.#execute(statement, run)
      if (flow !== 'next') return flow
    }
    return 'next'
  }

  *#execute(statement: Statement, run: Run): Generator<Tick, Flow> {
    try {
      return yield* this.#dispatch(statement, run)
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
        for (const { name, initial } of statement.variables) {
          if (initial !== undefined) yield* this.#assign(name, initial, run)
        }
        return 'next'
      case 'set-variable':
        yield* this.#assign(statement.name, statement.value, run, statement.operator)
        return 'next'
      case 'select-statement':
        yield* this.#select(statement, run)
        return 'next'
      case 'block':
        return yield* this.#run(statement.statements, run)
      case 'if': {
        const branch = (yield* this.#isTrue(statement.condition, run))
          ? statement.then
          : statement.otherwise
        return branch === undefined ? 'next' : yield* this.#execute(branch, run)
      }
      case 'while':
        return yield* this.#loop(statement, run)
      case 'break':
      case 'continue':
        return statement.kind
      case 'return':
        if (statement.value !== undefined) {
          const type = this.#parts.returns
          this.#result = yield* this.#evaluate(statement.value, run, { type })
        }
        return 'return'
      default:
        throw sideEffect(statement)
    }
  }

  *#loop(node: Extract<Statement, { kind: 'while' }>, run: Run): Generator<Tick, Flow> {
    while (yield* this.#isTrue(node.condition, run)) {
      yield TICK
      const flow = yield* this.#execute(node.body, run)
      if (flow === 'break') return 'next'
      if (flow === 'return') return flow
    }
    return 'next'
  }

  *#assign(
    name: string,
    value: Expression,
    run: Run,
    operator: Extract<Statement, { kind: 'set-variable' }>['operator'] = '=',
  ): Generator<Tick, void> {
    const variable = this.#variables.get(this.#key(name))
    if (variable === undefined) {
      throw new SqlError(137, `Must declare the scalar variable "${name}".`, { severity: 15 })
    }
    variable.value = yield* this.#evaluate(value, run, {
      type: variable.type,
      transform: (bound) => assignedValue(variable, operator, bound),
    })
  }

  *#evaluate(
    expression: Expression,
    run: Run,
    options: Parameters<typeof prepareValue>[2],
  ): Generator<Tick, SqlValue> {
    const known = this.#values.get(expression)
    const prepared = known ?? prepareValue(expression, this.#statement, options)
    if (prepared.isReusable) this.#values.set(expression, prepared)
    return yield* prepared.evaluate(run)
  }

  *#isTrue(condition: Expression, run: Run): Generator<Tick, boolean> {
    const known = this.#conditions.get(condition)
    const prepared = known ?? prepareCondition(condition, this.#statement)
    if (prepared.isReusable) this.#conditions.set(condition, prepared)
    return (yield* prepared.evaluate(run)) === true
  }

  /** SELECT @a = …: each row in turn, so that the last one stays. */
  *#select({ query, line }: SelectStatement, run: Run): Generator<Tick, void> {
    const prepared = prepareQuery(query, this.#statement)
    const { assignments } = prepared
    if (assignments === undefined) {
      throw new SqlError(
        444,
        'Select statements included within a function cannot return data to a client.',
        { state: 2, line },
      )
    }
    for (const row of prepared.rows(run)) {
      if (row === TICK) {
        yield TICK
        continue
      }
      for (const [index, variable] of assignments.entries()) variable.value = row[index] ?? null
    }
  }
}

function sideEffect({ kind, line }: Statement): SqlError {
  const word = kind.replaceAll('-', ' ').toUpperCase()
  return new SqlError(
    443,
    `Invalid use of a side-effecting operator '${word}' within a function.`,
    { state: 15, line },
  )
}
