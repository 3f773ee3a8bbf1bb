import assert from 'node:assert/strict'
import type { DatabaseReader, SqlValue, TableSeek } from '../../../../src/mdf/index.ts'

const SAMPLES = 12

/** A text that only equal values share. */
export function exactText(value: SqlValue): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`
  return value !== null && typeof value === 'object'
    ? JSON.stringify(value, bigText)
    : `${typeof value} ${value}`
}

function bigText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}

type Seek = Omit<TableSeek, 'indexId' | 'mostLookups'> & { readonly mostLookups?: number }

/**
 * Every index of a table has all of its rows, and finds any of them by its key, by the first columns of
 * the key and in a range, forward and backward, by looking rows up or by scanning instead.
 * @returns how many seeks were made
 */
export function checkSeeks(reader: DatabaseReader, objectId: number): number {
  const columnIds = reader.storedColumnIds(objectId)
  const textOf = (row: readonly SqlValue[]) => row.map(exactText).join(' | ')
  const scanned = Array.from(reader.scanTable(objectId, columnIds), textOf).sort()
  let seeks = 0
  for (const index of reader.searchableIndexes(objectId)) {
    const keyPlaces = index.keys.map(({ columnId }) => columnIds.indexOf(columnId))
    if (keyPlaces.includes(-1)) continue
    const find = ({ mostLookups = Number.POSITIVE_INFINITY, ...seek }: Seek): SqlValue[][] => {
      seeks += 1
      return [
        ...reader.seekTable(objectId, columnIds, { indexId: index.indexId, mostLookups, ...seek }),
      ]
    }
    const all = find({ range: { equal: [] }, isBackward: false })
    assert.deepEqual(all.map(textOf).sort(), scanned, `index ${index.indexId} has all rows`)
    const backward = find({ range: { equal: [] }, isBackward: true })
    assert.deepEqual(backward.map(textOf), all.map(textOf).reverse())
    checkRows(all, keyPlaces, { find, textOf, isPartitioned: index.partitionCount > 1 })
  }
  return seeks
}

interface Tools {
  readonly find: (seek: Seek) => SqlValue[][]
  readonly textOf: (row: readonly SqlValue[]) => string
  readonly isPartitioned: boolean
}

function checkRows(all: readonly SqlValue[][], keyPlaces: readonly number[], tools: Tools): void {
  const { find, textOf } = tools
  const step = Math.max(1, Math.floor(all.length / SAMPLES))
  for (let at = 0; at < all.length; at += step) {
    const row = all[at] ?? []
    const key = keyPlaces.map((place) => row[place] ?? null)
    if (key.includes(null)) continue
    for (let length = 1; length <= key.length; length++) {
      const equal = key.slice(0, length)
      for (const isBackward of [false, true]) {
        for (const mostLookups of [0, 1, Number.POSITIVE_INFINITY]) {
          const found = new Set(find({ range: { equal }, isBackward, mostLookups }).map(textOf))
          assert.ok(found.has(textOf(row)), `${textOf(row)} by ${equal.map(exactText).join(', ')}`)
        }
      }
    }
    if (!tools.isPartitioned) checkRange(all, at, { ...tools, place: keyPlaces[0] ?? 0 })
  }
}

/** Between the keys of two rows are all the rows between them. */
function checkRange(
  all: readonly SqlValue[][],
  from: number,
  { find, textOf, place }: Tools & { readonly place: number },
): void {
  const to = Math.min(all.length - 1, from + 40)
  const [first, last] = [all[from]?.[place] ?? null, all[to]?.[place] ?? null]
  const isOrdered = first !== null && last !== null
  if (!isOrdered) return
  const between = new Set(all.slice(from, to + 1).map(textOf))
  // The index may be a descending one.
  const ranges = [
    { low: first, high: last },
    { low: last, high: first },
  ]
  const missing = ranges.map((range) => {
    const found = new Set(find({ range: { equal: [], ...range }, isBackward: false }).map(textOf))
    return [...between].filter((text) => !found.has(text))
  })
  assert.ok(
    missing.some(({ length }) => length === 0),
    `${missing[0]?.join('\n')} are between ${exactText(first)} and ${exactText(last)}`,
  )
}
