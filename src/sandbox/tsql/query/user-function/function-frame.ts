import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ModuleSource, TableSource } from '../../host.ts'
import {
  CURSOR_TYPE,
  innerStatements,
  type Statement,
  type TableElement,
} from '../../syntax/index.ts'
import { INT } from '../../values/index.ts'
import { declaredTypeOrTable } from '../bind/declared-type.ts'
import { nameKey, type StatementContext } from '../bind/statement-context.ts'
import type { Bound, Variable } from '../plan/bound.ts'
import { ColumnFactory } from '../plan/column.ts'
import type { FunctionCursor } from './function-services.ts'

export interface FrameParts {
  readonly source: ModuleSource
  readonly statements: readonly Statement[]
  readonly parameters: readonly { readonly name: string; readonly type: SqlType }[]
  /** The table a table function returns. */
  readonly result?: { readonly variable: string; readonly elements: readonly TableElement[] }
}

interface CursorVariable {
  cursor: FunctionCursor | undefined
}

/** The variables, tables and cursors of a function, for one call at a time. */
export class FunctionFrame {
  /** @@ROWCOUNT and @@FETCH_STATUS, which start anew in each call. */
  rowCount = 0
  fetchStatus: 0 | -1 | -2 = 0
  readonly cursors = new Map<string, FunctionCursor>()
  readonly #parts: FrameParts
  readonly #context: StatementContext
  readonly #variables = new Map<string, Variable>()
  readonly #cursorVariables = new Map<string, CursorVariable>()
  readonly #tableMakers = new Map<string, () => TableSource>()
  readonly #tables = new Map<string, TableSource>()

  /** @throws SqlError 134, 2715 and those of table definitions */
  constructor(parts: FrameParts, outer: StatementContext) {
    const { source, parameters, statements, result } = parts
    this.#parts = parts
    this.#context = {
      ...outer,
      database: source.database,
      collationId: outer.host.databaseCollationId(source.database) ?? outer.collationId,
      viewDepth: outer.viewDepth + 1,
      names: {
        ...outer.names,
        findVariable: (name) => this.#variables.get(this.key(name)),
        findArgument: () => undefined,
        findTableVariable: (name) => this.#tables.get(this.key(name)),
        findTransitionTable: () => undefined,
        findFunction: () => undefined,
        findGlobal: (name) => this.#global(name) ?? outer.names.findGlobal(name),
      },
    }
    for (const { name, type } of parameters) this.#declare(name, type)
    if (result !== undefined) this.#declareTable(result.variable, result.elements)
    this.#declareAll(statements)
  }

  /** What one of its statements is bound in. */
  get context(): StatementContext {
    return { ...this.#context, columns: new ColumnFactory(), tables: [] }
  }

  /** The same, with variables as they are now. */
  frozenContext(): () => StatementContext {
    const copies = new Map(
      Array.from(this.#variables, ([key, variable]) => [key, { ...variable }] as const),
    )
    const findVariable = (name: string) => copies.get(this.key(name))
    return () => {
      const { context } = this
      return { ...context, names: { ...context.names, findVariable } }
    }
  }

  /** A call begins: variables are NULL, tables empty, parameters have these values. */
  begin(values: readonly SqlValue[]): void {
    this.rowCount = 0
    this.fetchStatus = 0
    this.cursors.clear()
    for (const variable of this.#cursorVariables.values()) variable.cursor = undefined
    for (const variable of this.#variables.values()) variable.value = null
    for (const [position, { name }] of this.#parts.parameters.entries()) {
      this.findVariable(name).value = values[position] ?? null
    }
    for (const [key, make] of this.#tableMakers) this.#tables.set(key, make())
  }

  /** @throws SqlError 137 */
  findVariable(name: string): Variable {
    const variable = this.#variables.get(this.key(name))
    if (variable !== undefined) return variable
    throw new SqlError(137, `Must declare the scalar variable "${name}".`, {
      severity: 15,
      state: 2,
    })
  }

  findCursorVariable(name: string): CursorVariable | undefined {
    return this.#cursorVariables.get(this.key(name))
  }

  key(name: string): string {
    return nameKey(name, this.#context)
  }

  #declareAll(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === 'declare') {
        for (const { name, type: typeName } of statement.variables) {
          if (typeName === CURSOR_TYPE) {
            this.#requireFree(name)
            this.#cursorVariables.set(this.key(name), { cursor: undefined })
            continue
          }
          const type = declaredTypeOrTable(typeName, this.#context.host)
          if (type !== 'table') this.#declare(name, type)
          else this.#addTable(name, () => this.#context.host.createTableVariable(name, typeName))
        }
      } else if (statement.kind === 'declare-table') {
        this.#declareTable(statement.name, statement.elements)
      } else this.#declareAll(innerStatements(statement))
    }
  }

  #declareTable(name: string, elements: readonly TableElement[]): void {
    this.#addTable(name, () => this.#context.host.createTableVariable(name, elements))
  }

  #addTable(name: string, make: () => TableSource): void {
    this.#requireFree(name)
    this.#tableMakers.set(this.key(name), make)
    this.#tables.set(this.key(name), make())
  }

  #declare(name: string, type: SqlType): void {
    this.#requireFree(name)
    this.#variables.set(this.key(name), { name, type, value: null })
  }

  /** @throws SqlError 134 */
  #requireFree(name: string): void {
    const key = this.key(name)
    const isTaken = [this.#variables, this.#tableMakers, this.#cursorVariables].some((names) =>
      names.has(key),
    )
    if (!isTaken) return
    throw new SqlError(
      134,
      `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
      { severity: 15, procedure: this.#parts.source.name },
    )
  }

  #global(name: string): Bound | undefined {
    const upper = name.toUpperCase()
    if (upper === '@@ROWCOUNT') return reading(upper, () => this.rowCount)
    return upper === '@@FETCH_STATUS' ? reading(upper, () => this.fetchStatus) : undefined
  }
}

function reading(label: string, read: () => number): Bound {
  const evaluate = () => read()
  return {
    kind: 'call',
    label,
    operands: [],
    deterministic: false,
    evaluate,
    type: INT,
    nullable: false,
  }
}
