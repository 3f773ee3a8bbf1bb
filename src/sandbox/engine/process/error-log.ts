import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import { type Clock, systemErrorCode } from '../../../base/index.ts'

const SOURCE_WIDTH = 12
/** SQL Server keeps the current log and six before it. */
const OLD_LOGS_KEPT = 6

/**
 * SQL Server's error log: every line goes to standard output and to the file, as
 * `2026-03-01 12:00:00.00 spid51      text`. Writing never fails: an engine with a full disk goes on.
 */
export class ErrorLog {
  readonly file: string
  readonly #clock: Clock
  #descriptor: number | undefined

  /**
   * Opens a new log; the one before becomes `errorlog.1` and so on.
   * @throws a system error when the folder cannot be written
   */
  constructor(file: string, clock: Clock) {
    this.file = file
    this.#clock = clock
    mkdirSync(path.dirname(file), { recursive: true })
    rotate(file)
    this.#descriptor = openSync(file, 'a', 0o640)
  }

  /** Writes one message; further lines of `text` stand without a time stamp, as SQL Server's do. */
  write(source: string, text: string): void {
    const line = `${formatLogTime(this.#clock.now())} ${source.padEnd(SOURCE_WIDTH)}${text}\n`
    process.stdout.write(line)
    if (this.#descriptor === undefined) return
    try {
      writeSync(this.#descriptor, line)
    } catch {
      // A full or vanished disk must not stop the engine; standard output still has the line.
    }
  }

  /** Writes an error the way SQL Server logs one: its number first, then its text. */
  writeError(
    source: string,
    error: { readonly number: number; readonly severity: number; readonly state: number },
    text: string,
  ): void {
    const { number, severity, state } = error
    this.write(source, `Error: ${number}, Severity: ${severity}, State: ${state}.`)
    this.write(source, text)
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }
}

/** Local time with hundredths of a second: `2026-03-01 12:00:00.00`. */
export function formatLogTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
  return `${day} ${clock}.${two(Math.floor(time.getMilliseconds() / 10))}`
}

function rotate(file: string): void {
  for (let age = OLD_LOGS_KEPT - 1; age >= 0; age -= 1) {
    const from = age === 0 ? file : `${file}.${age}`
    try {
      renameSync(from, `${file}.${age + 1}`)
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error
    }
  }
}
