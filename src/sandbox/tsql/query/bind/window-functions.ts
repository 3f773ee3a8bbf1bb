import type { SqlValue } from '../../../../mdf/index.ts'
import type { Accumulator } from '../../functions/index.ts'
import type { BoundFrame, WindowFunction, WindowPartition } from '../plan/bound.ts'

/** Functions that have a meaning only with OVER. */
export const RANKING_FUNCTIONS: ReadonlySet<string> = new Set([
  'ROW_NUMBER',
  'RANK',
  'DENSE_RANK',
  'NTILE',
  'PERCENT_RANK',
  'CUME_DIST',
  'LAG',
  'LEAD',
  'FIRST_VALUE',
  'LAST_VALUE',
])

export const rowNumber: WindowFunction = () => (index) => BigInt(index + 1)

export const rank: WindowFunction = (partition) => (index) => BigInt(partition.peerStart(index) + 1)

export const denseRank: WindowFunction = (partition) => {
  let current = 0n
  let lastStart = -1
  return (index) => {
    const start = partition.peerStart(index)
    if (start !== lastStart) current += 1n
    lastStart = start
    return current
  }
}

/** (rank - 1) / (rows - 1) */
export const percentRank: WindowFunction = (partition) => (index) =>
  partition.size === 1 ? 0 : partition.peerStart(index) / (partition.size - 1)

/** Rows up to the last peer / rows. */
export const cumulativeDistribution: WindowFunction = (partition) => (index) =>
  partition.peerEnd(index) / partition.size

/** The first groups are larger by one when the rows don't divide evenly. */
export const ntile: WindowFunction = (partition) => {
  const groups = Number(partition.operands(0)[0] ?? 1)
  const smaller = Math.floor(partition.size / groups)
  const larger = partition.size % groups
  const inLarger = larger * (smaller + 1)
  return (index) =>
    BigInt(
      index < inLarger
        ? Math.floor(index / (smaller + 1)) + 1
        : larger + Math.floor((index - inLarger) / Math.max(smaller, 1)) + 1,
    )
}

/** LAG and LEAD: operands are the value, the offset and the default. */
export function shifted(direction: 1 | -1): WindowFunction {
  return (partition) => (index) => {
    const own = partition.operands(index)
    const target = index + direction * Number(own[1] ?? 1)
    if (target < 0 || target >= partition.size) return own[2] ?? null
    return partition.operands(target)[0] ?? null
  }
}

export const firstValue: WindowFunction = (partition) => (index) => {
  const start = partition.frameStart(index)
  return start < partition.frameEnd(index) ? (partition.operands(start)[0] ?? null) : null
}

export const lastValue: WindowFunction = (partition) => (index) => {
  const end = partition.frameEnd(index)
  return partition.frameStart(index) < end ? (partition.operands(end - 1)[0] ?? null) : null
}

/** An aggregate over a frame: added to as the frame grows, started over when its start moves. */
export function framedAggregate(create: () => Accumulator, frame: BoundFrame): WindowFunction {
  return (partition) =>
    frame.start === 'unbounded'
      ? growingAggregate(create, partition)
      : slidingAggregate(create, partition)
}

function growingAggregate(
  create: () => Accumulator,
  partition: WindowPartition,
): (index: number) => SqlValue {
  const accumulator = create()
  let added = 0
  let value: SqlValue | undefined
  return (index) => {
    const end = partition.frameEnd(index)
    if (added === end && value !== undefined) return value
    for (; added < end; added++) accumulator.add(partition.operands(added))
    value = accumulator.result()
    return value
  }
}

function slidingAggregate(
  create: () => Accumulator,
  partition: WindowPartition,
): (index: number) => SqlValue {
  return (index) => {
    const accumulator = create()
    const end = partition.frameEnd(index)
    for (let row = partition.frameStart(index); row < end; row++) {
      accumulator.add(partition.operands(row))
    }
    return accumulator.result()
  }
}
