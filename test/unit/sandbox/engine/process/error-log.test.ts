import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { ErrorLog, formatLogTime } from '../../../../../src/sandbox/engine/process/error-log.ts'
import { createScratchFolder, type ScratchFolder } from '../../../../support/scratch-folder.ts'

const NOON = new Date(2026, 2, 1, 12, 0, 0, 250)

describe('ErrorLog', () => {
  let scratch: ScratchFolder
  beforeEach(async () => {
    scratch = await createScratchFolder()
    mock.method(process.stdout, 'write', () => true)
  })
  afterEach(async () => {
    mock.restoreAll()
    await scratch[Symbol.asyncDispose]()
  })

  function openLog(): ErrorLog {
    return new ErrorLog(path.join(scratch.path, 'log', 'errorlog'), { now: () => NOON })
  }

  it('pads the source to twelve characters and puts the number of an error before its text', async () => {
    const log = openLog()
    log.write('Server', 'text')
    log.writeError('Logon', { number: 18456, severity: 14, state: 8 }, 'Login failed.')
    log.close()
    assert.deepEqual((await readFile(log.file, 'utf8')).split('\n'), [
      '2026-03-01 12:00:00.25 Server      text',
      '2026-03-01 12:00:00.25 Logon       Error: 18456, Severity: 14, State: 8.',
      '2026-03-01 12:00:00.25 Logon       Login failed.',
      '',
    ])
  })

  it('keeps six old logs, the newest as errorlog.1', async () => {
    const folder = path.join(scratch.path, 'log')
    await mkdir(folder)
    for (let age = 1; age <= 6; age += 1)
      await writeFile(path.join(folder, `errorlog.${age}`), `${age}`)
    await writeFile(path.join(folder, 'errorlog'), 'last')
    openLog().close()
    assert.equal(await readFile(path.join(folder, 'errorlog.1'), 'utf8'), 'last')
    assert.equal(await readFile(path.join(folder, 'errorlog.6'), 'utf8'), '5')
    assert.equal((await readdir(folder)).length, 7)
  })
})

describe('formatLogTime', () => {
  it('shows local time with hundredths of a second', () => {
    assert.equal(formatLogTime(new Date(2026, 0, 2, 3, 4, 5, 67)), '2026-01-02 03:04:05.06')
  })
})
