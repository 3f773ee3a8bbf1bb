import { SqlError } from '../../../sql-error.ts'
import { BIGINT, isMaxType } from '../../values/index.ts'
import { convertTo } from '../bind/conversion.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import type { Bound } from '../plan/bound.ts'

/**
 * `column.WRITE(value, offset, length)`: part of a (max) value replaced. An offset of NULL appends, a
 * value of NULL cuts off at the offset, a length of NULL reaches to the end.
 * @throws SqlError 8116-like 40517 on other types; when it runs 7116, 7134, 7135
 */
export function writtenInto(
  current: Bound,
  value: Bound,
  {
    offset,
    length,
    statement,
  }: { readonly offset: Bound; readonly length: Bound; readonly statement: StatementContext },
): Bound {
  const { type } = current
  if (!isMaxType(type)) {
    throw new SqlError(258, `Cannot call methods on ${type.name}.`, { severity: 15 })
  }
  const operands = [
    current,
    convertTo(value, type, statement),
    convertTo(offset, BIGINT, statement),
    convertTo(length, BIGINT, statement),
  ]
  return {
    kind: 'call',
    label: 'WRITE',
    operands,
    deterministic: true,
    evaluate: ([old = null, part = null, from = null, count = null]) => {
      if (typeof old === 'string') {
        const text = part === null ? null : `${part}`
        return replaced(old, text, { from, count }, (head, middle, tail) => head + middle + tail)
      }
      if (old instanceof Uint8Array) {
        const bytes = part instanceof Uint8Array ? part : null
        return replaced(old, bytes, { from, count }, (head, middle, tail) =>
          Uint8Array.from([...head, ...middle, ...tail]),
        )
      }
      throw new SqlError(
        7133,
        'NULL textptr (text, ntext, or image pointer) passed to UpdateText function.',
      )
    },
    type,
    nullable: true,
  }
}

interface Sliceable<Value> {
  readonly length: number
  slice(start: number, end?: number): Value
}

function replaced<Value extends Sliceable<Value>>(
  old: Value,
  part: Value | null,
  place: { readonly from: unknown; readonly count: unknown },
  join: (head: Value, middle: Value, tail: Value) => Value,
): Value {
  const from = place.from === null ? old.length : Number(place.from)
  if (from < 0 || from > old.length) {
    throw new SqlError(
      7135,
      `Deletion length ${from} is not in the range of available text, ntext, or image data.`,
    )
  }
  if (part === null) return old.slice(0, from)
  const end = place.from === null || place.count === null ? old.length : from + Number(place.count)
  return join(old.slice(0, from), part, old.slice(Math.max(from, end)))
}
