import type { Operation } from '../server/index.ts'

const PROGRESS_AFTER_MS = 1000
const KIB = 1024
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Where a command writes: results to standard output, progress to standard error. */
export interface Output {
  readonly json: boolean
  /** The command's result: as JSON with --json, else the text that `human` makes. */
  result(value: unknown, human: () => string): void
  /** A progress callback that shows an operation once it takes longer than a second. */
  progress(): { update(operation: Operation): void; end(): void }
}

export function createOutput(options: { readonly json: boolean }): Output {
  return {
    json: options.json,
    result(value, human) {
      const text = options.json ? JSON.stringify(value, undefined, 2) : human()
      if (text !== '') process.stdout.write(`${text}\n`)
    },
    progress: createProgress,
  }
}

function createProgress(): { update(operation: Operation): void; end(): void } {
  const startedAt = performance.now()
  let shown = ''
  const isTerminal = process.stderr.isTTY === true
  return {
    update(operation) {
      if (performance.now() - startedAt < PROGRESS_AFTER_MS) return
      const line = describeProgress(operation)
      if (line === shown) return
      shown = line
      process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`)
    },
    end() {
      if (isTerminal && shown !== '') process.stderr.write('\r\x1b[K')
    },
  }
}

function describeProgress(operation: Operation): string {
  const step = operation.steps.find(({ status }) => status === 'running')?.name ?? operation.status
  const percent = Math.round(operation.progress * 100)
  return `${operation.type} ${operation.subject.name}: ${percent} % (${step})`
}

/** Columns aligned to the left, two spaces apart, as docker prints its lists. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** e.g. `3.3 MiB`. */
export function formatBytes(bytes: number): string {
  const exponent = bytes < KIB ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / KIB ** exponent
  return `${exponent === 0 ? value : value.toFixed(1)} ${UNITS[exponent] ?? ''}`
}

/** e.g. `5 minutes ago`. */
export function formatAge(timestamp: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(timestamp)) / 1000))
  if (seconds < 60) return `${seconds} seconds ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} minutes ago`
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} hours ago`
  return `${Math.floor(seconds / 86_400)} days ago`
}
