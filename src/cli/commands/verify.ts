import { PlatformError } from '../../base/index.ts'
import {
  type Problem,
  type VerifyProgress,
  type VerifySummary,
  verifyFiles,
} from '../../mdf/index.ts'
import { type Command, type CommandContext, stringOption } from '../command.ts'
import { EXIT_DAMAGED } from '../exit-codes.ts'
import { createProgressBar } from '../progress-bar.ts'

const DEFAULT_MOST_PROBLEMS = 1000
const PAGE_MB = 8192 / 1e6

/** `slipway verify FILE...`: needs no daemon. */
export const verify: Command = {
  path: ['verify'],
  usage:
    'FILE.mdf [FILE.ndf|FILE.ldf ...] | FILE.bak [--set N] [--database NAME] [--max-problems N]',
  summary: 'check every page, row and index of database files or a backup',
  options: {
    set: { type: 'string' },
    database: { type: 'string' },
    'max-problems': { type: 'string' },
  },
  arguments: { min: 1, max: Number.POSITIVE_INFINITY },
  async run(context) {
    const lines = new ProblemLines(context, numberOption(context, 'max-problems'))
    const bar = createProgressBar()
    const startedAt = performance.now()
    const phases = new PhaseTimer()
    try {
      const summary = await verifyFiles(context.positionals, {
        onProblem: (problem) => {
          bar.clear()
          lines.add(problem)
        },
        onProgress: (progress) => bar.show(() => phases.describe(progress)),
        backupSet: {
          position: numberOption(context, 'set'),
          databaseName: stringOption(context, 'database'),
        },
      })
      bar.clear()
      lines.end(summary, (performance.now() - startedAt) / 1000)
      if (summary.errors > 0) process.exitCode = EXIT_DAMAGED
    } finally {
      bar.clear()
    }
  },
}

function numberOption(context: CommandContext, name: string): number | undefined {
  const text = stringOption(context, name)
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new PlatformError('INVALID_ARGUMENT', `--${name} ${text}: give a whole number from 1`)
}

/** Prints problems as they come, up to a number of them. */
class ProblemLines {
  readonly #json: boolean
  readonly #most: number
  #seen = 0

  constructor({ output }: CommandContext, most = DEFAULT_MOST_PROBLEMS) {
    this.#json = output.json
    this.#most = most
  }

  add(problem: Problem): void {
    this.#seen += 1
    if (this.#seen > this.#most) return
    print(this.#json ? JSON.stringify({ problem }) : describeProblem(problem))
  }

  end(summary: VerifySummary, seconds: number): void {
    const more = this.#seen - this.#most
    if (this.#json) {
      print(JSON.stringify({ summary: { ...summary, seconds, notShown: Math.max(0, more) } }))
      return
    }
    if (more > 0) print(`... and ${more} more problems (--max-problems)`)
    print(describeSummary(summary, seconds))
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** e.g. `ERROR page (1:123) dbo.Orders (PK_Orders): incorrect checksum …; what it means`. */
function describeProblem(problem: Problem): string {
  const { severity, message, consequence } = problem
  return `${severity.toUpperCase()} ${describePlace(problem)}: ${message}; ${consequence}`
}

function describePlace({ path, fileId, pageNumber, slot, object }: Problem): string {
  const page =
    pageNumber === undefined
      ? undefined
      : `page (${fileId ?? '?'}:${pageNumber}${slot === undefined ? '' : `:${slot}`})`
  const index = object?.indexName === undefined ? '' : ` (${object.indexName})`
  const name = object === undefined ? undefined : `${object.name}${index}`
  return [page, name].filter((part) => part !== undefined).join(' ') || path
}

function describeSummary(summary: VerifySummary, seconds: number): string {
  const { errors, warnings, pagesChecked, tablesChecked, rowsChecked } = summary
  const name = summary.databaseName ?? summary.files.join(', ')
  const verdict =
    errors === 0 ? 'no errors' : `${count(errors, 'error')}: restore it from a backup, or repair it`
  const lines = [
    `${name}: ${verdict}${warnings === 0 ? '' : `, ${count(warnings, 'warning')}`}`,
    `checked ${count(pagesChecked, 'page')}, ${count(tablesChecked, 'table')} (system tables included), ${count(rowsChecked, 'row')} in ${seconds.toFixed(1)} s`,
  ]
  if (summary.streamsChecked > 0) {
    lines.push(`the backup's own checksums fit: ${count(summary.streamsChecked, 'stream')}`)
  }
  const weak = summary.pagesWithTornBits
  if (weak > 0) {
    lines.push(
      `${count(weak, 'page')} have no checksum (torn-page detection): a changed value in a row can go unseen`,
    )
  }
  return lines.join('\n')
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
}

/** Progress of one phase after the other, with its pace. */
class PhaseTimer {
  #phase = ''
  #startedAt = 0

  describe({ phase, done, total }: VerifyProgress): string {
    if (phase !== this.#phase) {
      this.#phase = phase
      this.#startedAt = performance.now()
    }
    const part = total === 0 ? 1 : Math.min(1, done / total)
    const seconds = (performance.now() - this.#startedAt) / 1000
    const pace =
      phase === 'pages' && seconds > 0 ? `  ${((done * PAGE_MB) / seconds).toFixed(0)} MB/s` : ''
    return `${bar(part)} ${String(Math.floor(part * 100)).padStart(3)} %  ${phase}${pace}`
  }
}

const BAR_WIDTH = 24

function bar(part: number): string {
  const full = Math.round(part * BAR_WIDTH)
  return `[${'#'.repeat(full)}${' '.repeat(BAR_WIDTH - full)}]`
}
