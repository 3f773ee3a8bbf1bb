import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { TdsSession } from '../../../../../src/sandbox/tds/index.ts'
import { answerOf, EngineInProcess } from '../../../../support/engine-session.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'

const TAKE = (timeoutMs: number, owner = 'Session') =>
  `DECLARE @r int; EXEC @r = sp_getapplock 'job', 'Exclusive', '${owner}', ${timeoutMs}; SELECT @r`

async function statusOf(session: TdsSession, batch: string): Promise<unknown> {
  const { results, errors } = await answerOf(session, batch)
  assert.deepEqual(errors, [])
  return results[0]?.rows[0]?.[0]
}

describe('sp_getapplock', () => {
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

  it('keeps others out until the time is up', async () => {
    const [one, other] = [await engine.openSession('master'), await engine.openSession('master')]
    assert.equal(await statusOf(one, TAKE(0)), 0)
    assert.equal(await statusOf(other, TAKE(0)), -1)
    assert.equal(await statusOf(other, TAKE(20)), -1)
    one.close()
    assert.equal(await statusOf(other, TAKE(0)), 0)
    other.close()
  })

  it('waits for the release', async () => {
    const [one, other] = [await engine.openSession('master'), await engine.openSession('master')]
    assert.equal(await statusOf(one, TAKE(0)), 0)
    const waiting = statusOf(other, TAKE(-1))
    assert.equal(
      await statusOf(
        one,
        "WAITFOR DELAY '00:00:00.100'; DECLARE @r int; EXEC @r = sp_releaseapplock 'job', 'Session'; SELECT @r",
      ),
      0,
    )
    assert.equal(await waiting, 1)
    one.close()
    other.close()
  })
})
