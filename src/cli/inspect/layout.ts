import { formatBytes } from '../output.ts'

/** A column of a table: what its cells are, and whether they stand at the right. */
export interface LayoutColumn {
  readonly title: string
  readonly align?: 'right'
}

/** Aligned columns, two spaces apart; numbers stand at the right. */
export function layOutTable(
  columns: readonly LayoutColumn[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [columns.map(({ title }) => title), ...rows]
  const widths = columns.map((_, index) =>
    lines.reduce((width, line) => Math.max(width, (line[index] ?? '').length), 0),
  )
  return lines
    .map((line) =>
      columns
        .map(({ align }, index) => {
          const cell = line[index] ?? ''
          const width = widths[index] ?? 0
          return align === 'right' ? cell.padStart(width) : cell.padEnd(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names and values under each other; values that are undefined are left out. */
export function layOutList(entries: readonly (readonly [string, string | undefined])[]): string {
  const shown = entries.filter(([, value]) => value !== undefined && value !== '')
  const width = shown.reduce((widest, [name]) => Math.max(widest, name.length), 0)
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

/** Bytes for a table, a dash for none. */
export function sizeCell(bytes: number): string {
  return bytes === 0 ? '-' : formatBytes(bytes)
}

/** A count with its thousands apart. */
export function countCell(count: number): string {
  return count.toLocaleString('en-US')
}
