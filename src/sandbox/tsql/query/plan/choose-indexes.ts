import type { SourceIndex } from '../../host.ts'
import type { SortKey } from './bound.ts'
import type { Column } from './column.ts'
import { conjunctsOf } from './conjuncts.ts'
import { extremeByIndex } from './extreme-by-index.ts'
import { orderedBy } from './index-order.ts'
import type {
  FilterPlan,
  IndexAccess,
  JoinPlan,
  OffsetPlan,
  Plan,
  ScanPlan,
  TopPlan,
} from './plan.ts'
import { pushPredicates } from './push-predicates.ts'
import { type SeekTerm, seekTermsOf } from './seek-terms.ts'
import type { SeekValue } from './seek-value.ts'
import { freeColumns } from './walk.ts'
import { withInputs } from './with-inputs.ts'

/** Lets tables be read by their indexes: where conditions say what to look for, or an order is wanted. */
export function chooseIndexes(plan: Plan): Plan {
  switch (plan.kind) {
    case 'filter':
      return chooseForFilter(plan)
    case 'join':
      return chooseForJoin(plan)
    case 'aggregate': {
      const chosen = { ...plan, input: chooseIndexes(plan.input) }
      return extremeByIndex(chosen) ?? chosen
    }
    case 'top':
    case 'offset':
      return chooseForFirstRows(plan)
    case 'sort': {
      const input = chooseIndexes(plan.input)
      return orderedBy(input, plan.keys, { mostRows: undefined }) ?? { ...plan, input }
    }
    default:
      return withInputs(plan, chooseIndexes)
  }
}

function chooseForFilter(plan: FilterPlan): Plan {
  if (plan.input.kind !== 'scan') return { ...plan, input: chooseIndexes(plan.input) }
  const own = new Set(plan.input.columns)
  const terms = conjunctsOf(plan.predicate).flatMap((conjunct) => seekTermsOf(conjunct, own))
  const access = bestAccess(plan.input, terms)
  return access === undefined ? plan : { ...plan, input: { ...plan.input, access } }
}

/** What a condition on a key column is worth; a row known by its whole key is worth most. */
const SCORES = {
  equal: 100,
  any: 90,
  range: 40,
  halfRange: 20,
  covering: 10,
  wholeKey: 1000,
} as const

/** Longer lists of values are worth a search each only in a table that is much longer still. */
const FEW_VALUES = 20
const ROWS_PER_VALUE = 20

function bestAccess(scan: ScanPlan, terms: readonly SeekTerm[]): IndexAccess | undefined {
  if (terms.length === 0) return undefined
  let best: IndexAccess | undefined
  let bestScore = 0
  for (const index of scan.source.indexes ?? []) {
    const access = accessOf(scan, index, terms)
    const score = access === undefined ? 0 : scoreOf(scan, access)
    if (score <= bestScore) continue
    best = access
    bestScore = score
  }
  return best
}

function accessOf(
  { source, columns, ordinals }: ScanPlan,
  index: SourceIndex,
  terms: readonly SeekTerm[],
): IndexAccess | undefined {
  const columnOf = (place: number): Column | undefined => {
    const ordinal = index.keys[place]?.ordinal
    return ordinal === undefined ? undefined : columns[ordinals.indexOf(ordinal)]
  }
  const wanted = (kind: 'equal' | 'low' | 'high', column: Column | undefined) => {
    for (const term of terms) if (term.kind === kind && term.column === column) return term.value
    return undefined
  }
  const equal: SeekValue[] = []
  for (let place = 0; place < index.keys.length; place++) {
    const value = wanted('equal', columnOf(place))
    if (value === undefined) break
    equal.push(value)
  }
  const next = columnOf(equal.length)
  const base = { index, equal, isBackward: false, keepsOrder: false }
  for (const term of terms) {
    if (term.kind !== 'any' || term.column !== next) continue
    const isShort =
      term.values.length <= Math.max(FEW_VALUES, source.estimatedRowCount / ROWS_PER_VALUE)
    if (!isShort) continue
    return { ...base, any: { column: term.column, values: term.values } }
  }
  const [low, high] = [wanted('low', next), wanted('high', next)]
  if (equal.length === 0 && low === undefined && high === undefined) return undefined
  return {
    ...base,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  }
}

function scoreOf({ ordinals }: ScanPlan, { index, equal, any, low, high }: IndexAccess): number {
  const places = equal.length + (any === undefined ? 0 : 1)
  let score = equal.length * SCORES.equal + (any === undefined ? 0 : SCORES.any)
  if (index.isUnique && places === index.keys.length) score += SCORES.wholeKey
  if (low !== undefined && high !== undefined) score += SCORES.range
  else if (low !== undefined || high !== undefined) score += SCORES.halfRange
  if (ordinals.every((ordinal) => index.covers(ordinal))) score += SCORES.covering
  return score
}

/** Besides reading both sides, one of them may be looked up for each row of the other. */
function chooseForJoin(plan: JoinPlan): Plan {
  const left = chooseIndexes(plan.left)
  const right = chooseIndexes(plan.right)
  const joined = { ...plan, left, right }
  if (plan.type === 'full') return joined
  const ofRight = lookupPlan(plan.right, plan)
  if (ofRight !== undefined) return { ...joined, lookup: { side: 'right', plan: ofRight } }
  const ofLeft = plan.type === 'inner' ? lookupPlan(plan.left, plan) : undefined
  return ofLeft === undefined ? joined : { ...joined, lookup: { side: 'left', plan: ofLeft } }
}

function lookupPlan(side: Plan, { on }: JoinPlan): Plan | undefined {
  if (scanOf(side) === undefined) return undefined
  const plan = chooseIndexes(pushPredicates(side, conjunctsOf(on)))
  const outer = freeColumns(side)
  const scan = scanOf(plan)
  const isByOuter =
    scan !== undefined && [...freeColumns(scan)].some((column) => !outer.has(column))
  return isByOuter ? plan : undefined
}

/** The table that a plan reads and only filters and renames. */
function scanOf(plan: Plan): ScanPlan | undefined {
  if (plan.kind === 'filter' || plan.kind === 'project') return scanOf(plan.input)
  return plan.kind === 'scan' ? plan : undefined
}

/** TOP and FETCH read a few rows: an order that is there already saves reading the others. */
function chooseForFirstRows(plan: TopPlan | OffsetPlan): Plan {
  const { input } = plan
  if (input.kind !== 'sort') return { ...plan, input: chooseIndexes(input) }
  const below = chooseIndexes(input.input)
  const mostRows = mostRowsOf(plan)
  const ordered = orderedBy(below, input.keys, { mostRows }) ?? sorted(below, input.keys)
  return { ...plan, input: ordered }
}

function sorted(input: Plan, keys: readonly SortKey[]): Plan {
  return { kind: 'sort', input, keys }
}

/** As far as constants tell. */
function mostRowsOf(plan: TopPlan | OffsetPlan): number | undefined {
  if (plan.kind === 'top') {
    const { count, percent } = plan
    return count.kind === 'constant' && !percent ? Number(count.value) : undefined
  }
  const { offset, fetch } = plan
  if (fetch?.kind !== 'constant' || offset.kind !== 'constant') return undefined
  return Number(offset.value) + Number(fetch.value)
}
