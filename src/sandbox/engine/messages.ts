import { SqlError } from '../sql-error.ts'
import type { ResultSink } from '../tds/index.ts'

/** Tells the client something that is no error. */
export function inform(out: ResultSink, number: number, message: string, severity = 0): void {
  out.info({ number, severity, state: 1, message, line: 1, procedure: '' })
}

/** Error 40517 in the sandbox's words: asked for something this engine does not have. */
export function notSupported(what: string): SqlError {
  return new SqlError(40_517, `${what} is not supported by the Slipway sandbox engine.`)
}
