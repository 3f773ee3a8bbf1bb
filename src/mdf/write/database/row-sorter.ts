import { Decimal, SqlDateTime, type SqlValue, SqlVariant } from '../../sql-type.ts'
import type { IndexRowOrder } from '../catalog/index-row-order.ts'
import { PartialFile } from '../storage/partial-file.ts'
import { type RowToSort, readRun, type SortedColumn, writeRun } from './sorted-run.ts'

export interface RowSorterOptions {
  readonly columns: readonly SortedColumn[]
  readonly order: IndexRowOrder
  /** The temporary file, which is there when there are more rows than memory is for. */
  readonly path: string
  /** About as many bytes of rows are in memory at once. */
  readonly memoryBytes: number
}

/** Sorts any number of rows: what memory does not hold waits in a file, in sorted runs. */
export class RowSorter {
  readonly #options: RowSorterOptions
  readonly #runs: { readonly start: number; readonly end: number }[] = []
  #rows: RowToSort[] = []
  #bytes = 0
  #file: PartialFile | undefined

  constructor(options: RowSorterOptions) {
    this.#options = options
  }

  /** @throws PlatformError DISK_FULL, INVALID_ARGUMENT for a value that its column cannot hold */
  add(row: RowToSort): void {
    this.#rows.push(row)
    this.#bytes += memoryOf(row)
    if (this.#bytes > this.#options.memoryBytes) this.#spill()
  }

  /** The rows in order; those of equal keys as they came. */
  *sorted(): Generator<RowToSort> {
    this.#sortRows()
    const file = this.#file
    if (file === undefined) yield* this.#rows
    else {
      const { columns } = this.#options
      const sources = this.#runs.map((run) => readRun(file, run, columns))
      yield* this.#merged([...sources, this.#rows.values()])
    }
    this.close()
  }

  /** Removes the temporary file. */
  close(): void {
    this.#file?.abandon()
    this.#file = undefined
    this.#rows = []
  }

  #sortRows(): void {
    const { order } = this.#options
    this.#rows.sort((left, right) => order.compare(left.values, right.values))
  }

  #spill(): void {
    const { columns, path } = this.#options
    this.#sortRows()
    this.#file ??= new PartialFile(path)
    const start = this.#runs.at(-1)?.end ?? 0
    this.#runs.push({ start, end: writeRun(this.#file, start, columns, this.#rows) })
    this.#rows = []
    this.#bytes = 0
  }

  *#merged(sources: readonly Iterator<RowToSort>[]): Generator<RowToSort> {
    const { order } = this.#options
    const heads = sources.map((source) => source.next())
    for (;;) {
      let least: RowToSort | undefined
      let from = -1
      // There are few runs, one for tens of megabytes.
      for (let index = 0; index < heads.length; index++) {
        const head = heads[index]
        if (head === undefined || head.done === true) continue
        if (least !== undefined && order.compare(least.values, head.value.values) <= 0) continue
        least = head.value
        from = index
      }
      const source = sources[from]
      if (least === undefined || source === undefined) return
      yield least
      heads[from] = source.next()
    }
  }
}

/** Of a row without its values. */
const ROW_BYTES = 120
const POINTER_BYTES = 8

function memoryOf({ values }: RowToSort): number {
  let bytes = ROW_BYTES
  for (const value of values) bytes += POINTER_BYTES + sizeOf(value)
  return bytes
}

function sizeOf(value: SqlValue): number {
  if (typeof value === 'string') return 24 + 2 * value.length
  if (value instanceof Uint8Array) return 160 + value.length
  if (value instanceof Decimal || value instanceof SqlDateTime) return 64
  if (value instanceof SqlVariant) return 128 + sizeOf(value.value)
  return typeof value === 'bigint' ? 24 : 0
}
