import type { SourceIndex } from '../../host.ts'
import type { SortKey } from './bound.ts'
import type { Column } from './column.ts'
import type { IndexAccess, Plan, ScanPlan } from './plan.ts'

/** From one row in so many on, looking rows up costs more than reading them all and sorting. */
const LOOKUPS_PER_ROW = 20

interface OrderWish {
  /** Rows that will be read at most, if that is known. */
  readonly mostRows: number | undefined
  /** Whether a filter below leaves rows out: more will be read. */
  readonly isFiltered?: boolean
}

/** The plan with its rows in the order of the keys because an index has them so; undefined when none has. */
export function orderedBy(plan: Plan, keys: readonly SortKey[], wish: OrderWish): Plan | undefined {
  switch (plan.kind) {
    case 'filter': {
      const input = orderedBy(plan.input, keys, { ...wish, isFiltered: true })
      return input && { ...plan, input }
    }
    case 'project': {
      const below = keys.map(({ expression, descending }) => {
        const column = expression.kind === 'column' ? expression.column : undefined
        const source = plan.outputs.find((output) => output.column === column)?.expression
        return source && { expression: source, descending }
      })
      if (below.includes(undefined)) return undefined
      const input = orderedBy(
        plan.input,
        below.filter((key) => key !== undefined),
        wish,
      )
      return input && { ...plan, input }
    }
    case 'scan':
      return orderedScan(plan, keys, wish)
    default:
      return undefined
  }
}

function orderedScan(scan: ScanPlan, keys: readonly SortKey[], wish: OrderWish): Plan | undefined {
  const { access, source } = scan
  if (access?.any !== undefined) return undefined
  const wanted = keys.map(({ expression, descending }) => ({
    ordinal: expression.kind === 'column' ? ordinalOf(scan, expression.column) : -1,
    descending,
  }))
  if (wanted.some(({ ordinal }) => ordinal < 0)) return undefined
  const candidates = access === undefined ? (source.indexes ?? []) : [access.index]
  for (const index of candidates) {
    const isBackward = directionOf(index, access?.equal.length ?? 0, wanted)
    if (isBackward === undefined || !isCheap(scan, index, wish)) continue
    const base: IndexAccess = access ?? { index, equal: [], isBackward, keepsOrder: true }
    return { ...scan, access: { ...base, isBackward, keepsOrder: true } }
  }
  return undefined
}

function ordinalOf({ columns, ordinals }: ScanPlan, column: Column): number {
  return ordinals[columns.indexOf(column)] ?? -1
}

/** Whether the index has the order forward (false) or backward (true); undefined for neither. */
function directionOf(
  { keys, isUnique }: SourceIndex,
  equalKeys: number,
  wanted: readonly { readonly ordinal: number; readonly descending: boolean }[],
): boolean | undefined {
  // A column that has one value only is in any order.
  const fixed = new Set(keys.slice(0, equalKeys).map(({ ordinal }) => ordinal))
  const varying = wanted.filter(({ ordinal }) => !fixed.has(ordinal))
  const rest = keys.slice(equalKeys)
  let isBackward: boolean | undefined
  for (const [place, { ordinal, descending }] of varying.entries()) {
    const key = rest[place]
    // Rows that differ in all key columns of a unique index leave nothing to the keys behind.
    if (key === undefined) return isUnique ? (isBackward ?? false) : undefined
    if (key.ordinal !== ordinal || !key.isOrdered) return undefined
    const isOpposite = key.isDescending !== descending
    if (isBackward !== undefined && isBackward !== isOpposite) return undefined
    isBackward = isOpposite
  }
  return isBackward ?? false
}

function isCheap({ ordinals, source }: ScanPlan, index: SourceIndex, wish: OrderWish): boolean {
  if (ordinals.every((ordinal) => index.covers(ordinal))) return true
  const { mostRows, isFiltered = false } = wish
  if (mostRows === undefined || isFiltered) return false
  return mostRows * LOOKUPS_PER_ROW <= source.estimatedRowCount
}
