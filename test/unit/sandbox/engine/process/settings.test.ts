import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readSettings } from '../../../../../src/sandbox/engine/process/settings.ts'

const ACCEPTED = { ACCEPT_EULA: 'Y', MSSQL_SA_PASSWORD: 'Str0ng_Passw0rd' }

describe('readSettings', () => {
  it("has SQL Server's defaults", () => {
    const settings = readSettings(ACCEPTED)
    assert.equal(settings.tcpPort, 1433)
    assert.equal(settings.ipAddress, '0.0.0.0')
    assert.equal(settings.collation, 'SQL_Latin1_General_CP1_CI_AS')
    assert.equal(settings.languageId, 1033)
    assert.equal(settings.edition, 'Developer')
    assert.equal(settings.dataFolder, '/var/opt/mssql/data')
    assert.equal(settings.errorLogFile, '/var/opt/mssql/log/errorlog')
    assert.equal(settings.memoryLimitMb, undefined)
  })

  it('accepts the licence by any answer but a no', () => {
    for (const answer of ['Y', 'y', 'Yes', '1', 'true']) readSettings({ ACCEPT_EULA: answer })
    for (const answer of [undefined, '', 'N', 'no', '0', 'False']) {
      assert.throws(() => readSettings({ ACCEPT_EULA: answer }), {
        code: 'INVALID_CONFIG',
        message: /\(EULA\) must be accepted/,
      })
    }
  })

  it('prefers the newer name of the password, and tells an empty one from none', () => {
    assert.equal(readSettings({ ...ACCEPTED, SA_PASSWORD: 'old' }).saPassword, 'Str0ng_Passw0rd')
    assert.equal(readSettings({ ACCEPT_EULA: 'Y', SA_PASSWORD: 'old' }).saPassword, 'old')
    assert.equal(readSettings({ ACCEPT_EULA: 'Y', SA_PASSWORD: '' }).saPassword, '')
    assert.equal(readSettings({ ACCEPT_EULA: 'Y' }).saPassword, undefined)
  })

  it('takes a product key without repeating it in a message', () => {
    const key = 'ABCDE-12345-ABCDE-12345-ABCDE'
    assert.ok(!JSON.stringify(readSettings({ ...ACCEPTED, MSSQL_PID: key })).includes(key))
  })

  it('names the setting that is wrong', () => {
    const wrong = {
      MSSQL_TCP_PORT: '0',
      MSSQL_LCID: 'x',
      MSSQL_IP_ADDRESS: '1.2.3',
      MSSQL_PID: 'x',
    }
    for (const [name, value] of Object.entries(wrong)) {
      assert.throws(() => readSettings({ ...ACCEPTED, [name]: value }), {
        code: 'INVALID_CONFIG',
        message: new RegExp(`${name} is not valid: '${value}'`),
      })
    }
  })

  it('lists the services it is asked for and does not have', () => {
    const environment = { ...ACCEPTED, MSSQL_AGENT_ENABLED: 'true', MSSQL_ENABLE_HADR: '0' }
    assert.deepEqual(readSettings(environment).ignored, ['MSSQL_AGENT_ENABLED'])
  })
})
