import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError, type SqlMessage } from '../../sql-error.ts'
import type { DoneOptions, EnvironmentChange, ResultColumn, ResultSink } from '../../tds/index.ts'
import { convert } from '../values/index.ts'

/** A result set as WITH RESULT SETS defines it. */
export interface ResultShape {
  readonly columns: readonly {
    readonly name: string
    readonly type: SqlType
    readonly nullable: boolean
  }[]
}

/** Sends result sets with the names and types that EXECUTE … WITH RESULT SETS gives them. */
export class ShapingSink implements ResultSink {
  readonly #out: ResultSink
  readonly #shapes: readonly ResultShape[]
  #sent = 0
  #types: readonly SqlType[] = []

  constructor(out: ResultSink, shapes: readonly ResultShape[]) {
    this.#out = out
    this.#shapes = shapes
  }

  /** @throws SqlError 11536 when a result set is missing */
  finish(): void {
    const wanted = this.#shapes.length
    if (this.#sent === wanted) return
    throw new SqlError(
      11536,
      `EXECUTE statement failed because its WITH RESULT SETS clause specified ${wanted} result set(s), but the statement only sent ${this.#sent} result set(s) at run time.`,
    )
  }

  /** @throws SqlError 11535 (one too many), 11537 (another number of columns) */
  columns(columns: readonly ResultColumn[]): void {
    const shape = this.#shapes[this.#sent]
    if (shape === undefined) {
      throw new SqlError(
        11535,
        `EXECUTE statement failed because its WITH RESULT SETS clause specified ${this.#shapes.length} result set(s), and the statement tried to send more result sets than this.`,
      )
    }
    this.#sent += 1
    if (shape.columns.length !== columns.length) {
      throw new SqlError(
        11537,
        `EXECUTE statement failed because its WITH RESULT SETS clause specified ${shape.columns.length} column(s) for result set number ${this.#sent}, but the statement sent ${columns.length} column(s) at run time.`,
      )
    }
    this.#types = columns.map(({ type }) => type)
    this.#out.columns(
      columns.map((column, index) => ({ ...column, ...shape.columns[index], identity: false })),
    )
  }

  /** @throws SqlError 11553 (NULL), and those of conversions */
  row(values: readonly SqlValue[]): boolean {
    const { columns } = this.#shapes[this.#sent - 1] ?? { columns: [] }
    return this.#out.row(
      columns.map(({ type, nullable }, index) => {
        const value = values[index] ?? null
        if (value !== null) return convert(value, this.#types[index] ?? type, type)
        if (nullable) return null
        throw new SqlError(
          11553,
          `EXECUTE statement failed because its WITH RESULT SETS clause specified a non-nullable type for column #${index + 1} in result set #${this.#sent}, and the corresponding value sent at run time was null.`,
        )
      }),
    )
  }

  drained(): Promise<void> {
    return this.#out.drained()
  }

  info(message: SqlMessage): void {
    this.#out.info(message)
  }

  error(error: SqlError): void {
    this.#out.error(error)
  }

  environment(change: EnvironmentChange): void {
    this.#out.environment(change)
  }

  done(options?: DoneOptions): void {
    this.#out.done(options)
  }

  doneInProc(options?: DoneOptions): void {
    this.#out.doneInProc(options)
  }

  returnStatus(value: number): void {
    this.#out.returnStatus(value)
  }

  returnValue(...value: Parameters<ResultSink['returnValue']>): void {
    this.#out.returnValue(...value)
  }

  doneProc(...options: Parameters<ResultSink['doneProc']>): void {
    this.#out.doneProc(...options)
  }
}
