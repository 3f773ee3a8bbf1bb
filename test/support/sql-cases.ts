import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Decimal, SqlDateTime, type SqlValue } from '../../src/mdf/index.ts'
import { type MemoryHost, runRecorded } from './memory-host.ts'

type Plain = null | boolean | number | string

/** The rows of the last result set, or the number of the first error. */
export type Expected = readonly (readonly Plain[])[] | number

/** A value as a test can write it down: decimals and dates as text, bigint as number. */
export function plain(value: SqlValue): Plain {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Decimal) return value.toString()
  if (value instanceof SqlDateTime) return `${value.days}+${value.ticks}`
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'object' && value !== null) return plain(value.value)
  return value
}

/** One test per batch: what it answers, as rows or as an error number. */
export function itAnswers(
  makeHost: () => MemoryHost,
  cases: Readonly<Record<string, Expected>>,
): void {
  for (const [batch, expected] of Object.entries(cases)) {
    const title = typeof expected === 'number' ? `fails with ${expected}` : 'answers'
    it(`${title}: ${batch.replaceAll(/\s+/g, ' ')}`, async () => {
      const { sink } = await runRecorded(batch, makeHost())
      const [error] = sink.errors
      const rows = sink.results.at(-1)?.rows.map((row) => row.map(plain))
      if (typeof expected === 'number') {
        assert.equal(error?.number, expected, error?.message ?? JSON.stringify(rows))
        return
      }
      assert.equal(error, undefined, error?.message)
      assert.deepEqual(rows, expected)
    })
  }
}
