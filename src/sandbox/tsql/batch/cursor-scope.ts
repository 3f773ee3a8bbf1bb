import { SqlError } from '../../sql-error.ts'
import { type Cursor, CursorNames } from '../cursor/index.ts'

/** A variable of DECLARE @name CURSOR. */
export interface CursorVariable {
  readonly name: string
  cursor: Cursor | undefined
}

/** The cursors of one batch or module: local ones by their names, and variables that stand for one. */
export class CursorScope {
  readonly local: CursorNames
  readonly #keyOf: (name: string) => string
  readonly #variables = new Map<string, CursorVariable>()

  constructor(keyOf: (name: string) => string) {
    this.#keyOf = keyOf
    this.local = new CursorNames(keyOf)
  }

  /** @throws SqlError 134 when the name is taken */
  declareVariable(name: string): CursorVariable {
    const key = this.#keyOf(name)
    if (this.#variables.has(key)) {
      throw new SqlError(
        134,
        `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
        { severity: 15 },
      )
    }
    const variable = { name, cursor: undefined }
    this.#variables.set(key, variable)
    return variable
  }

  findVariable(name: string): CursorVariable | undefined {
    return this.#variables.get(this.#keyOf(name))
  }

  /** All cursors that have a name or a variable here. */
  get all(): readonly Cursor[] {
    const held = [...this.#variables.values()].flatMap(({ cursor }) => cursor ?? [])
    return [...this.local.all, ...held]
  }
}
