import { SqlError } from '../../../sql-error.ts'
import type { Column } from '../plan/column.ts'
import { nameKey, type StatementContext } from './statement-context.ts'

/** A table of FROM as names see it. */
export interface Source {
  /** Alias, or the table's own name. */
  readonly name: string
  /** With an alias, the table's own name is hidden. */
  readonly isAlias: boolean
  readonly schema: string
  readonly database: string
  readonly columns: readonly Column[]
}

/** The tables whose columns an expression may name, and those of the queries around it. */
export class Scope {
  readonly sources: readonly Source[]
  readonly parent: Scope | undefined
  readonly #statement: StatementContext
  readonly #byName = new Map<string, Column[]>()

  constructor(sources: readonly Source[], parent: Scope | undefined, statement: StatementContext) {
    this.sources = sources
    this.parent = parent
    this.#statement = statement
    for (const { columns } of sources) {
      for (const column of columns) {
        const key = nameKey(column.name, statement)
        const known = this.#byName.get(key)
        if (known === undefined) this.#byName.set(key, [column])
        else known.push(column)
      }
    }
  }

  /** Whether the column comes from a table of this very scope. */
  owns(column: Column): boolean {
    return this.sources.some(({ columns }) => columns.includes(column))
  }

  /**
   * The column a name of one to four parts stands for.
   * @throws SqlError 207 (no such column), 209 (ambiguous), 4104 (no such table in the query)
   */
  resolve(parts: readonly string[], line: number): Column {
    const name = parts.at(-1) ?? ''
    const column =
      parts.length === 1
        ? this.#findByName(name, line)
        : this.#findQualified(parts.slice(0, -1), name, line)
    if (column !== undefined) return column
    if (this.parent !== undefined) return this.parent.resolve(parts, line)
    throw parts.length === 1 ? invalidColumn(name, line) : unboundIdentifier(parts, line)
  }

  /** Like `resolve`, for ORDER BY, where a name may stand for something else: undefined for none. */
  find(parts: readonly string[], line: number): Column | undefined {
    const name = parts.at(-1) ?? ''
    if (parts.length === 1) return this.#findByName(name, line)
    return this.#findQualified(parts.slice(0, -1), name, line)
  }

  #findByName(name: string, line: number): Column | undefined {
    const [column, ...others] = this.#byName.get(nameKey(name, this.#statement)) ?? []
    if (others.length > 0) throw ambiguousColumn(name, line)
    return column
  }

  #findQualified(qualifier: readonly string[], name: string, line: number): Column | undefined {
    const source = this.findSource(qualifier)
    if (source === undefined) return undefined
    const key = nameKey(name, this.#statement)
    const [column, ...others] = source.columns.filter(
      (candidate) => nameKey(candidate.name, this.#statement) === key,
    )
    if (column === undefined) throw invalidColumn(name, line)
    if (others.length > 0) throw ambiguousColumn(name, line)
    return column
  }

  /** The table that `a`, `dbo.a` or `db.dbo.a` names. */
  findSource(qualifier: readonly string[]): Source | undefined {
    return this.sources.find((source) => this.#matches(source, qualifier))
  }

  #matches(source: Source, qualifier: readonly string[]): boolean {
    const [name = '', schema = '', database = ''] = qualifier.toReversed()
    const isSame = (a: string, b: string) =>
      nameKey(a, this.#statement) === nameKey(b, this.#statement)
    if (!isSame(source.name, name)) return false
    if (source.isAlias) return qualifier.length === 1
    if (schema !== '' && !isSame(source.schema, schema)) return false
    return database === '' || isSame(source.database, database)
  }
}

export function invalidColumn(name: string, line: number): SqlError {
  return new SqlError(207, `Invalid column name '${name}'.`, { line })
}

function ambiguousColumn(name: string, line: number): SqlError {
  return new SqlError(209, `Ambiguous column name '${name}'.`, { line })
}

export function unboundIdentifier(parts: readonly string[], line: number): SqlError {
  return new SqlError(4104, `The multi-part identifier "${parts.join('.')}" could not be bound.`, {
    line,
  })
}
