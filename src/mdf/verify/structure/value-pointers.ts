import { CELL_STATES } from '../../key/row-cells.ts'
import { CELL_SHAPES, type CellColumn } from '../../key/row-layout.ts'
import type { RowPass } from './row-pass.ts'

/** A pointer to a large value is in `bytes[start, end)`. */
export type PointerVisitor = (
  column: CellColumn,
  value: { readonly bytes: Buffer; readonly start: number; readonly end: number },
) => void

/** Finds the pointers to large values in the records of a rowset. */
export class ValuePointers {
  readonly #byVariable: readonly (CellColumn | undefined)[]
  readonly #sparse: readonly number[]

  constructor(columns: readonly CellColumn[]) {
    const byVariable: (CellColumn | undefined)[] = []
    for (const column of columns) {
      if (column.shape === CELL_SHAPES.variable) byVariable[column.position] = column
    }
    this.#byVariable = byVariable
    this.#sparse = columns.flatMap(({ shape }, index) =>
      shape === CELL_SHAPES.sparse ? index : [],
    )
  }

  /** Visits those of the record that the pass is on. */
  visit(pass: RowPass, visitor: PointerVisitor): void {
    const { frame, cells } = pass
    if (frame.isCompressed) {
      for (let column = 0; column < cells.columns.length; column++) {
        visitCell(pass, column, visitor)
      }
      return
    }
    for (let index = 0; index < frame.variableCount; index++) {
      if (!frame.isComplex(index)) continue
      const column = this.#byVariable[index]
      // Behind the record's own columns are a back pointer and the sparse columns.
      if (column === undefined || column.nullBit > frame.columnCount) continue
      const range = { start: frame.variableStart(index), end: frame.variableEnd(index) }
      visitor(column, { ...range, bytes: frame.bytes })
    }
    for (const column of this.#sparse) visitCell(pass, column, visitor)
  }
}

function visitCell({ cells, frame }: RowPass, index: number, visitor: PointerVisitor): void {
  const column = cells.columns[index]
  if (column === undefined || cells.states[index] !== CELL_STATES.pointer) return
  const range = { start: cells.starts[index] ?? 0, end: cells.ends[index] ?? 0 }
  visitor(column, { ...range, bytes: frame.bytes })
}
