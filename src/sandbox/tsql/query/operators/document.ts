import type { DocumentPlan } from '../plan/plan.ts'
import { estimatedRowBytes } from '../run/memory.ts'
import { TICK } from '../run/row.ts'
import type { Operator } from './operator.ts'

/** FOR XML and FOR JSON: all rows become one text. */
export function document(plan: DocumentPlan, input: Operator): Operator {
  const positions = plan.source.map((column) => input.columns.indexOf(column))
  return {
    columns: [plan.column],
    *open(run) {
      const writer = plan.write()
      let bytes = 0
      for (const row of input.open(run)) {
        if (row === TICK) {
          yield TICK
          continue
        }
        const rowBytes = estimatedRowBytes(row)
        run.memory.add(rowBytes)
        bytes += rowBytes
        writer.add(positions.map((position) => row[position] ?? null))
      }
      const text = writer.finish()
      run.memory.remove(bytes)
      if (text !== null) yield [text]
    },
  }
}
