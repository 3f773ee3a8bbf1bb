import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import { buildDatabase, type IndexDefinition } from '../../src/mdf/index.ts'
import { answerOf, EngineInProcess } from '../support/engine-session.ts'
import { RandomQueries } from '../support/random-query.ts'
import { createScratchFolder } from '../support/scratch-folder.ts'
import { plain } from '../support/sql-cases.ts'

// Real: the engine and its sessions, tables in memory and in files, SQLite as the judge. Stands in: a sink
// that keeps what the TDS server would send.
const TABLES = { t1: ['a', 'b', 'c'], t2: ['a', 'b', 'd'], t3: ['a', 'e'] } as const
const SEEDS = [11, 12, 13, 14, 15, 16, 17, 18]
const QUERIES_PER_SEED = 120

interface RandomTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (number | null)[])[]
  readonly indexes: readonly IndexDefinition[]
}

/** More rows than are looked up one by one, in some tables; every fifth value is NULL. */
function randomTables(random: RandomQueries): readonly RandomTable[] {
  const value = () => (random.integer(5) === 0 ? null : random.integer(12))
  return Object.entries(TABLES).map(([name, columns]) => ({
    name,
    columns,
    rows: Array.from({ length: 4 + random.integer(26) }, () => columns.map(value)),
    indexes: randomIndexes(name, columns, random),
  }))
}

function randomIndexes(
  table: string,
  columns: readonly string[],
  random: RandomQueries,
): readonly IndexDefinition[] {
  return Array.from({ length: random.integer(4) }, (_, number) => {
    const shuffled = columns.toSorted(() => random.integer(3) - 1)
    const keys = shuffled.slice(0, 1 + random.integer(columns.length))
    const isClustered = number === 0 && random.integer(2) === 0
    const rest = isClustered ? [] : shuffled.slice(keys.length)
    return {
      name: `${table}_${number}`,
      isClustered,
      isUnique: false,
      columns: keys.map((name) => ({ name, isDescending: random.integer(3) === 0 })),
      ...(rest.length > 0 && random.integer(2) === 0 ? { included: rest } : {}),
    }
  })
}

function sqliteWith(tables: readonly RandomTable[]): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const { name, columns, rows } of tables) {
    database.exec(`create table ${name} (${columns.map((column) => `${column} integer`).join()})`)
    const insert = database.prepare(`insert into ${name} values (${columns.map(() => '?').join()})`)
    for (const row of rows) insert.run(...row)
  }
  return database
}

function scriptOf(tables: readonly RandomTable[]): string {
  return tables
    .flatMap(({ name, columns, rows, indexes }) => [
      `drop table if exists ${name}`,
      `create table ${name} (${columns.map((column) => `${column} int null`).join()})`,
      ...rows.map(
        (row) => `insert into ${name} values (${row.map((value) => value ?? 'null').join()})`,
      ),
      ...indexes.map((index) => createIndex(name, index)),
    ])
    .join('\n')
}

function createIndex(
  table: string,
  { name, isClustered = false, columns, included = [] }: IndexDefinition,
): string {
  const keys = columns.map((key) =>
    typeof key === 'string' ? key : `${key.name}${key.isDescending === true ? ' desc' : ''}`,
  )
  const include = included.length === 0 ? '' : ` include (${included.join()})`
  return `create ${isClustered ? 'clustered ' : ''}index ${name} on ${table} (${keys.join()})${include}`
}

/** Rows as a sorted list of texts: the order of a query without ORDER BY means nothing. */
function bag(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}

/** The first rows of a table in some order, in T-SQL and as SQLite says it; only what orders is selected. */
function orderedQuery(random: RandomQueries): { readonly query: string; readonly judged: string } {
  const tables = Object.entries(TABLES)
  const [table, columns] = tables[random.integer(tables.length)] ?? ['t1', TABLES.t1]
  const keys = columns.toSorted(() => random.integer(3) - 1).slice(0, 1 + random.integer(2))
  const order = keys.map((key) => `${key}${random.integer(2) === 0 ? ' desc' : ''}`).join()
  const [filtered = 'a'] = columns.toSorted(() => random.integer(3) - 1)
  const operator = ['=', '>=', '<', '<>'][random.integer(4)]
  const where =
    random.integer(2) === 0 ? '' : ` where ${filtered} ${operator} ${random.integer(12)}`
  const count = 1 + random.integer(9)
  const body = `from ${table}${where} order by ${order}`
  return {
    query: `select top (${count}) ${keys.join()} ${body}`,
    judged: `select ${keys.join()} ${body} limit ${count}`,
  }
}

describe('random queries over tables with indexes', () => {
  let scratch: Awaited<ReturnType<typeof createScratchFolder>>
  let engine: EngineInProcess

  before(async () => {
    scratch = await createScratchFolder()
    engine = await EngineInProcess.start(scratch.path)
  })
  after(async () => {
    await engine.stop()
    await scratch[Symbol.asyncDispose]()
  })

  async function assertAnswers(
    database: string,
    { random, sqlite }: { readonly random: RandomQueries; readonly sqlite: DatabaseSync },
  ): Promise<void> {
    const session = await engine.openSession(database)
    try {
      for (let count = 0; count < QUERIES_PER_SEED; count++) {
        const query = random.next()
        const expected = sqlite
          .prepare(query)
          .all()
          .map(({ c0, c1 }) => [c0, c1])
        const sink = await answerOf(session, query)
        assert.equal(sink.errors[0]?.message, undefined, query)
        const actual = sink.results[0]?.rows.map((row) => row.map(plain)) ?? []
        assert.deepEqual(bag(actual), bag(expected), query)
        await assertOrdered(session, { random, sqlite })
      }
    } finally {
      session.close()
    }
  }

  async function assertOrdered(
    session: Awaited<ReturnType<EngineInProcess['openSession']>>,
    { random, sqlite }: { readonly random: RandomQueries; readonly sqlite: DatabaseSync },
  ): Promise<void> {
    const { query, judged } = orderedQuery(random)
    const expected = sqlite
      .prepare(judged)
      .all()
      .map((row) => Object.values(row))
    const sink = await answerOf(session, query)
    assert.deepEqual(sink.results[0]?.rows.map((row) => row.map(plain)) ?? [], expected, query)
  }

  for (const seed of SEEDS) {
    it(`answer as SQLite does from memory, seed ${seed}`, async () => {
      const random = new RandomQueries(seed, TABLES)
      const tables = randomTables(random)
      using sqlite = sqliteWith(tables)
      const session = await engine.openSession('tempdb')
      assert.deepEqual((await answerOf(session, scriptOf(tables))).errors, [])
      session.close()
      await assertAnswers('tempdb', { random, sqlite })
    })

    it(`answer as SQLite does from files, seed ${seed}`, async () => {
      const random = new RandomQueries(seed, TABLES)
      const tables = randomTables(random)
      using sqlite = sqliteWith(tables)
      const name = `Indexed${seed}`
      const { paths } = await buildDatabase({
        name,
        files: [{ path: `${scratch.path}/${name}.mdf` }],
        log: { path: `${scratch.path}/${name}_log.ldf` },
        tables: tables.map(({ name, columns, rows, indexes }) => ({
          name,
          columns: columns.map((column) => ({ name: column, type: 'int' })),
          rows,
          indexes,
        })),
      })
      const session = await engine.openSession('master')
      const files = paths.map((file) => `(FILENAME = '${file}')`).join(', ')
      const sink = await answerOf(session, `CREATE DATABASE ${name} ON ${files} FOR ATTACH`)
      assert.deepEqual(sink.errors, [])
      session.close()
      await assertAnswers(name, { random, sqlite })
    })
  }

  it('answer as SQLite does when two large tables are merged', async () => {
    // The join columns have NULLs, and keys that several rows share on both sides.
    const key = (n: string, every: number) =>
      `case when ${n} % 11 = 0 then null else ${n} / ${every} end`
    using sqlite = new DatabaseSync(':memory:')
    const session = await engine.openSession('tempdb')
    for (const [table, every] of [
      ['m1', 3],
      ['m2', 2],
    ] as const) {
      sqlite.exec(`create table ${table} (k integer, v integer)`)
      sqlite.exec(
        `with recursive s(value) as (select 1 union all select value + 1 from s where value < 15000) insert into ${table} select ${key('value', every)}, value from s`,
      )
      const sink = await answerOf(
        session,
        `create table ${table} (k int null, v int, index ix clustered (k)); insert ${table} select ${key('value', every)}, value from generate_series(1, 15000)`,
      )
      assert.deepEqual(sink.errors, [])
    }
    for (const query of [
      'select count(*) as c0, sum(m1.v * m2.v % 1000) as c1 from m1 join m2 on m1.k = m2.k',
      'select count(*) as c0, sum(m1.v + coalesce(m2.v, -1)) as c1 from m1 left join m2 on m1.k = m2.k and m2.v % 2 = 0',
      'select count(*) as c0, count(m2.k) as c1 from m1 left join m2 on m2.k = m1.k where m1.v > 100',
    ]) {
      const expected = sqlite
        .prepare(query)
        .all()
        .map(({ c0, c1 }) => [c0, c1])
      const sink = await answerOf(session, query)
      assert.deepEqual(
        sink.results[0]?.rows.map((row) => row.map(plain)),
        expected,
        query,
      )
    }
    session.close()
  })
})
