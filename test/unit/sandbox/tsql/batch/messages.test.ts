import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runRecorded } from '../../../../support/memory-host.ts'
import { shopHost } from '../../../../support/shop-host.ts'

type Message = readonly [number: number, severity: number, message: string]

/** Messages and errors of a batch, messages first. */
async function told(batch: string): Promise<readonly Message[]> {
  const { sink } = await runRecorded(batch, shopHost())
  return [...sink.messages, ...sink.errors].map(({ number, severity, message }) => [
    number,
    severity,
    message,
  ])
}

const MESSAGES: Readonly<Record<string, readonly Message[]>> = {
  "PRINT 'hello'": [[0, 0, 'hello']],
  'PRINT 1 + 1': [[0, 0, '2']],
  'PRINT NULL': [[0, 0, ' ']],
  "RAISERROR ('note', 10, 1)": [[50000, 10, 'note']],
  "RAISERROR ('%s has %d of %i, %u, %o, %x, %X', 16, 1, 'a', 1, 2, 3, 8, 255, 255)": [
    [50000, 16, 'a has 1 of 2, 3, 10, ff, FF'],
  ],
  "RAISERROR ('[%5d|%-5d|%05d|%+d]', 16, 1, 42, 42, 42, 42)": [
    [50000, 16, '[   42|42   |00042|+42]'],
  ],
  "RAISERROR ('[%.2s|%*s]', 16, 1, 'abcdef', 4, 'x')": [[50000, 16, '[ab|   x]']],
  "RAISERROR ('%s 100%%', 16, 1)": [[50000, 16, '(null) 100%']],
  "DECLARE @m varchar(20) = 'from a variable'; RAISERROR (@m, 11, 1)": [
    [50000, 11, 'from a variable'],
  ],
  "RAISERROR ('%d', 16, 1, 'x')": [
    [
      2786,
      16,
      'The data type of substitution parameter 1 does not match the expected type of the format specification.',
    ],
  ],
  "RAISERROR ('%z', 16, 1)": [[2787, 16, "Invalid format specification: '%z'."]],
  "RAISERROR ('x', 19, 1)": [
    [
      2754,
      16,
      'Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the WITH LOG option.',
    ],
  ],
  "THROW 51000, 'thrown', 1": [[51000, 16, 'thrown']],
}

describe('PRINT, RAISERROR and THROW', () => {
  for (const [batch, expected] of Object.entries(MESSAGES)) {
    it(`tell the client: ${batch}`, async () => {
      assert.deepEqual(await told(batch), expected)
    })
  }

  it('goes on after RAISERROR, not after THROW', async () => {
    const raised = await runRecorded("RAISERROR ('x', 16, 1); SELECT @@ERROR", shopHost())
    assert.deepEqual(raised.sink.results[0]?.rows, [[50000]])
    const thrown = await runRecorded("THROW 50001, 'x', 1; SELECT 1", shopHost())
    assert.deepEqual(thrown.sink.results, [])
  })

  it('refuses numbers below 50000 and THROW without an error', async () => {
    assert.equal((await told("THROW 1, 'x', 1"))[0]?.[0], 35100)
    assert.equal((await told('THROW'))[0]?.[0], 10704)
  })
})

describe('what the sandbox does not have', () => {
  it('is refused by its name when it runs', async () => {
    const refused = {
      'GRANT SELECT ON Customers TO someone': [40510, /'GRANT' is not supported/],
      'CREATE USER someone': [40510, /'CREATE USER' is not supported/],
      'CREATE TABLE t (a int) WITH (SYSTEM_VERSIONING = ON)': [40517, /'SYSTEM_VERSIONING'/],
    } as const
    for (const [batch, [number, message]] of Object.entries(refused)) {
      const { sink } = await runRecorded(`IF 1 = 0 ${batch}`, shopHost())
      assert.deepEqual(sink.errors, [])
      const { sink: run } = await runRecorded(batch, shopHost())
      assert.equal(run.errors[0]?.number, number)
      assert.match(run.errors[0]?.message ?? '', message)
    }
  })
})
