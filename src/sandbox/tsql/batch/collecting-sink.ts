import type { SqlValue } from '../../../mdf/index.ts'
import type { SqlError, SqlMessage } from '../../sql-error.ts'
import type { EnvironmentChange, ResultColumn, ResultSink } from '../../tds/index.ts'

/** Keeps result sets instead of sending them; messages and errors go on to the client. */
export class CollectingSink implements ResultSink {
  readonly results: { readonly columns: readonly ResultColumn[]; readonly rows: SqlValue[][] }[] =
    []
  readonly #out: ResultSink

  constructor(out: ResultSink) {
    this.#out = out
  }

  columns(columns: readonly ResultColumn[]): void {
    this.results.push({ columns, rows: [] })
  }

  row(values: readonly SqlValue[]): boolean {
    this.results.at(-1)?.rows.push([...values])
    return true
  }

  async drained(): Promise<void> {}

  info(message: SqlMessage): void {
    this.#out.info(message)
  }

  error(error: SqlError): void {
    this.#out.error(error)
  }

  environment(change: EnvironmentChange): void {
    this.#out.environment(change)
  }

  done(): void {}

  doneInProc(): void {}

  returnStatus(): void {}

  returnValue(): void {}

  doneProc(): void {}
}
