import { SqlError } from '../../sql-error.ts'

/** What sp_prepare keeps of a statement. */
export interface PreparedStatement {
  readonly text: string
  /** `@id int, @name nvarchar(40) OUTPUT`; '' without parameters. */
  readonly declarations: string
}

/** The statements one session has prepared, by handle. */
export class PreparedStatements {
  readonly #byHandle = new Map<number, PreparedStatement>()
  #lastHandle = 0

  add(statement: PreparedStatement): number {
    this.#lastHandle += 1
    this.#byHandle.set(this.#lastHandle, statement)
    return this.#lastHandle
  }

  /** @throws SqlError 8179 */
  get(handle: number): PreparedStatement {
    const statement = this.#byHandle.get(handle)
    if (statement !== undefined) return statement
    throw new SqlError(8179, `Could not find prepared statement with handle ${handle}.`)
  }

  /** @throws SqlError 8179 */
  remove(handle: number): void {
    this.get(handle)
    this.#byHandle.delete(handle)
  }

  clear(): void {
    this.#byHandle.clear()
  }
}
