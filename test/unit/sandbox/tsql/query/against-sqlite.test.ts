import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { MemoryHost, runRecorded } from '../../../../support/memory-host.ts'
import { RandomQueries } from '../../../../support/random-query.ts'
import { plain } from '../../../../support/sql-cases.ts'

const TABLES = { t1: ['a', 'b', 'c'], t2: ['a', 'b', 'd'], t3: ['a', 'e'] } as const
const SEEDS = [1, 2, 3, 4]
const QUERIES_PER_SEED = 150

type TableRows = Readonly<Record<string, readonly (readonly (number | null)[])[]>>

/** A few rows of small numbers, every fifth one NULL. */
function randomRows(random: RandomQueries): TableRows {
  const value = () => (random.integer(5) === 0 ? null : random.integer(6))
  return Object.fromEntries(
    Object.entries(TABLES).map(([table, columns]) => [
      table,
      Array.from({ length: 3 + random.integer(6) }, () => columns.map(value)),
    ]),
  )
}

function sqliteWith(rows: TableRows): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const [table, columns] of Object.entries(TABLES)) {
    database.exec(`create table ${table} (${columns.map((name) => `${name} integer`).join()})`)
    const insert = database.prepare(
      `insert into ${table} values (${columns.map(() => '?').join()})`,
    )
    for (const row of rows[table] ?? []) insert.run(...row)
  }
  return database
}

function hostWith(rows: TableRows): MemoryHost {
  const tables = Object.entries(TABLES).map(([table, columns]) => [
    table,
    {
      columns: Object.fromEntries(columns.map((name) => [name, 'int?'])),
      rows: rows[table] ?? [],
    },
  ])
  return new MemoryHost({ tables: Object.fromEntries(tables) })
}

/** Rows as a sorted list of texts: the order of a query without ORDER BY means nothing. */
function bag(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}

describe('random queries', () => {
  for (const seed of SEEDS) {
    it(`answer as SQLite does, seed ${seed}`, async () => {
      const random = new RandomQueries(seed, TABLES)
      const rows = randomRows(random)
      using sqlite = sqliteWith(rows)
      const host = hostWith(rows)
      for (let count = 0; count < QUERIES_PER_SEED; count++) {
        const query = random.next()
        const expected = sqlite
          .prepare(query)
          .all()
          .map(({ c0, c1 }) => [c0, c1])
        const { sink } = await runRecorded(query, host)
        assert.equal(sink.errors[0]?.message, undefined, query)
        const actual = sink.results[0]?.rows.map((row) => row.map(plain)) ?? []
        assert.deepEqual(bag(actual), bag(expected), query)
      }
    })
  }
})
