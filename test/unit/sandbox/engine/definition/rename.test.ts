import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { TdsSession } from '../../../../../src/sandbox/tds/index.ts'
import { answerOf, EngineInProcess } from '../../../../support/engine-session.ts'
import { createScratchFolder, type ScratchFolder } from '../../../../support/scratch-folder.ts'

describe('rename', () => {
  let folder: ScratchFolder
  let engine: EngineInProcess
  let session: TdsSession

  before(async () => {
    folder = await createScratchFolder()
    engine = await EngineInProcess.start(folder.path)
    session = await engine.openSession('tempdb')
    await answerOf(
      session,
      `CREATE TABLE t (a int CONSTRAINT pk PRIMARY KEY, b int CHECK (b > 0), c int);
      CREATE INDEX i ON t (c); CREATE TYPE n FROM int; CREATE TABLE u (a int)`,
    )
  })

  after(async () => {
    session.close()
    await engine.stop()
    await folder[Symbol.asyncDispose]()
  })

  const renamed = [
    ["'t.c', 'd', 'COLUMN'", "SELECT name FROM sys.columns WHERE name = 'd'"],
    ["'dbo.t.i', 'j', 'INDEX'", "SELECT name FROM sys.indexes WHERE name = 'j'"],
    ["'pk', 'qk'", "SELECT name FROM sys.indexes WHERE name = 'qk'"],
    ["'n', 'm', 'USERDATATYPE'", "SELECT name FROM sys.types WHERE name = 'm'"],
    ["'dbo.t', 'v', 'OBJECT'", "SELECT name FROM sys.tables WHERE name = 'v'"],
  ] as const
  for (const [args, query] of renamed) {
    it(`gives another name: ${args}`, async () => {
      const { errors, messages } = await answerOf(session, `EXEC sp_rename ${args}`)
      assert.deepEqual(errors, [])
      assert.equal(messages[0]?.number, 15477)
      assert.equal((await answerOf(session, query)).results[0]?.rows.length, 1)
    })
  }

  const refused = [
    ["'nothing', 'x'", 15225],
    ["'v.nothing', 'x', 'COLUMN'", 15248],
    ["'v.b', 'x', 'COLUMN'", 15336],
    ["'v.d', 'a', 'COLUMN'", 15335],
    ["'v', 'u'", 15335],
    ["'v', 'x', 'PLANET'", 15249],
  ] as const
  for (const [args, number] of refused) {
    it(`answers ${number} to ${args}`, async () => {
      const { errors } = await answerOf(session, `EXEC sp_rename ${args}`)
      assert.equal(errors[0]?.number, number)
    })
  }

  it('is taken back by ROLLBACK', async () => {
    await answerOf(session, "BEGIN TRAN; EXEC sp_rename 'v', 'w'; ROLLBACK")
    assert.deepEqual((await answerOf(session, 'SELECT a FROM v')).errors, [])
  })
})
