import type { SqlValue } from '../../../../mdf/index.ts'
import { LOCATOR, type ScanPlan } from '../plan/plan.ts'
import { STEPS_PER_TICK, TICK } from '../run/row.ts'
import type { Operator } from './operator.ts'

/** Reads a table from its first row to its last. */
export function scan({ source, columns, ordinals }: ScanPlan): Operator {
  const rows = ordinals.includes(LOCATOR) ? () => locatedRows({ source, ordinals }) : undefined
  return {
    columns,
    *open() {
      let steps = 0
      for (const row of rows?.() ?? source.scan(ordinals)) {
        yield row
        steps += 1
        if (steps % STEPS_PER_TICK === 0) yield TICK
      }
    },
  }
}

/** Rows with their locators, where `ordinals` wants them. */
function* locatedRows({
  source,
  ordinals,
}: Pick<ScanPlan, 'source' | 'ordinals'>): Generator<SqlValue[]> {
  const place = ordinals.indexOf(LOCATOR)
  const stored = ordinals.filter((ordinal) => ordinal !== LOCATOR)
  for (const { locator, values } of source.writer?.scan(stored) ?? []) {
    values.splice(place, 0, locator)
    yield values
  }
}
