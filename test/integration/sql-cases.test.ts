import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { answerOf, EngineInProcess } from '../support/engine-session.ts'
import { buildSampleDatabase } from '../support/sample-database.ts'
import { createScratchFolder } from '../support/scratch-folder.ts'
import { answerLines, readSqlCases } from '../support/sql-case-file.ts'

// Real: the engine with its sessions and a database of several files. Stands in: a sink that keeps what
// the TDS server would send.
const FOLDER = path.join(import.meta.dirname, '..', 'sql')
const FEWEST = 1500

describe('SQL behaviour, as cases', () => {
  const files = globSync('*.sql', { cwd: FOLDER }).sort()
  const cases = files.flatMap((file) => readSqlCases(path.join(FOLDER, file)))
  let scratch: Awaited<ReturnType<typeof createScratchFolder>>
  let engine: EngineInProcess

  before(async () => {
    scratch = await createScratchFolder()
    engine = await EngineInProcess.start(scratch.path)
    const { database } = await buildSampleDatabase(scratch.path)
    const files = database.paths.map((file) => `(FILENAME = '${file}')`).join(', ')
    const session = await engine.openSession('master')
    const sink = await answerOf(session, `CREATE DATABASE Sample ON ${files} FOR ATTACH`)
    assert.deepEqual(sink.errors, [])
    session.close()
  })
  after(async () => {
    await engine.stop()
    await scratch[Symbol.asyncDispose]()
  })

  it(`has ${FEWEST} of them or more`, () => {
    assert.ok(cases.length >= FEWEST, `${cases.length}`)
  })

  for (const { file, line, rule, batch, expected } of cases) {
    const [first = ''] = batch.split('\n')
    it(`${path.basename(file)}:${line} ${first}`, async () => {
      const session = await engine.openSession('Sample')
      try {
        const sink = await answerOf(session, batch)
        const [error] = sink.errors
        assert.deepEqual(answerLines(sink, expected), expected, `${rule}\n${error?.message ?? ''}`)
      } finally {
        session.close()
      }
    })
  }
})
