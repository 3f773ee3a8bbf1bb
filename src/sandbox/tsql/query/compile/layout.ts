import type { SqlValue } from '../../../../mdf/index.ts'
import type { Column } from '../plan/column.ts'
import type { Row } from '../run/row.ts'
import type { Run } from '../run/run.ts'

export type Evaluate = (row: Row, run: Run) => SqlValue

/** Where an outer row's value waits while a correlated subquery runs. */
interface Cell {
  value: SqlValue
}

interface Capture {
  readonly cell: Cell
  readonly evaluate: Evaluate
}

/** Where the columns of a row stand, and where a subquery finds those of the rows around it. */
export class Layout {
  readonly #positions: ReadonlyMap<Column, number>
  readonly correlation: Correlation | undefined

  constructor(columns: readonly Column[], correlation: Correlation | undefined) {
    this.#positions = new Map(columns.map((column, index) => [column, index]))
    this.correlation = correlation
  }

  has(column: Column): boolean {
    return this.#positions.has(column)
  }

  /** A function that reads the column from a row of this layout or from the outer row. */
  reader(column: Column): Evaluate {
    const position = this.#positions.get(column)
    if (position !== undefined) return (row) => row[position] ?? null
    if (this.correlation === undefined) {
      throw new TypeError(`column ${column.name} is not in the row`)
    }
    return this.correlation.reader(column)
  }
}

/**
 * The link between a subquery's plan and the operator around it. Compiling the plan collects the
 * columns it takes from outside; `bind` copies them from the outer row before the plan is opened.
 */
export class Correlation {
  readonly #outer: Layout
  readonly #captures = new Map<Column, Capture>()

  constructor(outer: Layout) {
    this.#outer = outer
  }

  get isUsed(): boolean {
    return this.#captures.size > 0
  }

  reader(column: Column): Evaluate {
    const known = this.#captures.get(column)
    const cell = known?.cell ?? { value: null }
    if (known === undefined) {
      this.#captures.set(column, { cell, evaluate: this.#outer.reader(column) })
    }
    return () => cell.value
  }

  bind(row: Row, run: Run): void {
    for (const { cell, evaluate } of this.#captures.values()) cell.value = evaluate(row, run)
  }

  /** The captured values with their types, to remember results by. */
  keyOf(row: Row, run: Run): string {
    let key = ''
    for (const { evaluate } of this.#captures.values()) key += exactKey(evaluate(row, run))
    return key
  }
}

/** A text that only identical values share. */
export function exactKey(value: SqlValue): string {
  if (typeof value === 'string') return `s${value.length}:${value}`
  if (value instanceof Uint8Array)
    return `b${value.length}:${Buffer.from(value).toString('latin1')}`
  if (value === null || typeof value !== 'object') return `${typeof value}${value};`
  if ('unscaled' in value) return `d${value};`
  if ('days' in value) return `t${value.days},${value.ticks},${value.offsetMinutes};`
  return `v${value.type.name}${exactKey(value.value)}`
}
