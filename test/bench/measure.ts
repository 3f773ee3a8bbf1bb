/** Middle of the values; the mean of the two middle ones when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export interface Ratio {
  readonly title: string
  /** What is compared, with its unit. */
  readonly measured: string
  readonly reference: string
  readonly ratio: number
  /** The ratio may be as high as this; undefined where it is told for its own sake. */
  readonly goal: number | undefined
}

/** A ratio of medians of two series measured in turn, so that a machine's drift hits both. */
export function compareMedians(options: {
  readonly title: string
  readonly measuredMs: readonly number[]
  readonly referenceMs: readonly number[]
  readonly goal: number | undefined
}): Ratio {
  const measured = median(options.measuredMs)
  const reference = median(options.referenceMs)
  return {
    title: options.title,
    measured: `${measured.toFixed(0)} ms`,
    reference: `${reference.toFixed(0)} ms`,
    ratio: measured / reference,
    goal: options.goal,
  }
}

/** The ratios as a table for people. */
export function formatRatios(ratios: readonly Ratio[]): string {
  const rows = ratios.map((ratio) => [
    ratio.title,
    ratio.measured,
    ratio.reference,
    ratio.ratio.toFixed(2),
    ratio.goal === undefined ? '-' : `at most ${ratio.goal}`,
    verdict(ratio),
  ])
  const table = [['WHAT', 'MEASURED', 'AGAINST', 'RATIO', 'GOAL', ''], ...rows]
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? []
  return table
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function verdict({ ratio, goal }: Ratio): string {
  if (goal === undefined) return ''
  return ratio <= goal ? 'met' : 'MISSED'
}
