import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PlatformError } from '../../../src/base/index.ts'
import { attachDatabase, type SqlConnection } from '../../../src/instance/index.ts'

describe('attachDatabase', () => {
  it('quotes names and paths whatever is in them', async () => {
    const batches: string[] = []
    await attachDatabase(
      connectionTo((sql) => batches.push(sql)),
      {
        name: `a]b'c`,
        files: [`/data/it's.mdf`, '/data/log.ldf'],
      },
    )
    assert.deepEqual(batches, [
      `CREATE DATABASE [a]]b'c] ON (FILENAME = N'/data/it''s.mdf'), (FILENAME = N'/data/log.ldf') FOR ATTACH`,
    ])
  })

  it('leaves a database that is attached already as it is', async () => {
    await attachDatabase(connectionTo(failWith(1801)), { name: 'a', files: ['/a.mdf'] })
  })

  it('keeps the number of any other error', async () => {
    const attached = attachDatabase(connectionTo(failWith(5120)), { name: 'a', files: ['/a.mdf'] })
    await assert.rejects(attached, (error) => {
      assert.ok(error instanceof PlatformError)
      assert.equal(error.details['number'], 5120)
      return error.message.startsWith('attach database a: ')
    })
  })
})

/** Only `query` is asked for. */
function connectionTo(query: (sql: string) => unknown): SqlConnection {
  return { query: async (sql: string) => query(sql) } as unknown as SqlConnection
}

function failWith(number: number): () => never {
  return () => {
    throw new PlatformError('SQL_ERROR', 'SQL Server answered', { details: { number } })
  }
}
