import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import {
  connectToSandbox,
  findFreePort,
  type SandboxOptions,
  type SandboxProcess,
  spawnSandbox,
  startSandbox,
} from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

type Connection = Awaited<ReturnType<typeof connectToSandbox>>

describe('the sandbox engine process', () => {
  let scratch: ScratchFolder
  const engines: SandboxProcess[] = []
  const connections: Connection[] = []

  beforeEach(async () => {
    scratch = await createScratchFolder()
  })
  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close()
    for (const engine of engines.splice(0)) await engine.kill()
    await scratch[Symbol.asyncDispose]()
  })

  async function start(options: Partial<SandboxOptions> = {}): Promise<SandboxProcess> {
    const engine = await startSandbox({ folder: scratch.path, ...options })
    engines.push(engine)
    return engine
  }

  async function connect(engine: SandboxProcess, password?: string): Promise<Connection> {
    const connection = await connectToSandbox(engine, password === undefined ? {} : { password })
    connections.push(connection)
    return connection
  }

  /** Runs an engine that is expected to give up; its exit status and what it printed. */
  async function refusal(
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<{ readonly status: number | null; readonly output: string }> {
    const engine = await spawnSandbox({ folder: scratch.path, environment })
    engines.push(engine)
    const status = await engine.waitForExit()
    return { status, output: engine.output }
  }

  it("writes SQL Server's log lines in SQL Server's order, to standard output and to a file", async () => {
    const engine = await start()
    const expected = [
      'Microsoft SQL Server 2022',
      'UTC adjustment:',
      'Server process ID is',
      'Logging SQL Server messages in file',
      "Starting up database 'master'.",
      'Server name is',
      'A self-generated certificate was successfully loaded for encryption.',
      'Server is listening on [ 127.0.0.1 <ipv4>',
      'SQL Server is now ready for client connections.',
      'Recovery is complete.',
      'The default language (LCID 1033)',
    ]
    await engine.waitFor('The default language')
    const positions = expected.map((text) => engine.output.indexOf(text))
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    )
    assert.ok(!positions.includes(-1))
    const file = await readFile(path.join(scratch.path, 'log', 'errorlog'), 'utf8')
    assert.equal(file, engine.output)
    assert.match(file, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d\d Server {6}Microsoft/)
  })

  it('says what it is before a client asks', async () => {
    const engine = await start()
    assert.match(engine.output, /Slipway sandbox engine/)
    assert.match(engine.output, /not Microsoft SQL Server/)
  })

  it('lets sa in once it said that recovery is complete', async () => {
    const engine = await start()
    const connection = await connect(engine)
    const { recordset } = await connection.query('SELECT 1 AS one')
    assert.deepEqual([...recordset], [{ one: 1 }])
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends within a second on ${signal}, with status 0 and a line in the log`, async () => {
      const engine = await start()
      await connect(engine)
      const before = performance.now()
      engine.child.kill(signal)
      assert.equal(await engine.waitForExit(), 0)
      assert.ok(performance.now() - before < 1000)
      assert.match(engine.output, /SQL Server is terminating because of a system shutdown\./)
    })
  }

  it('ends with status 0 after SHUTDOWN', async () => {
    const engine = await start()
    const connection = await connect(engine)
    await connection.batch('SHUTDOWN').catch(() => undefined)
    assert.equal(await engine.waitForExit(), 0)
  })

  it('keeps the logs of earlier starts', async () => {
    for (let count = 0; count < 3; count += 1) await (await start()).stop()
    const logs = await readdir(path.join(scratch.path, 'log'))
    assert.deepEqual(logs.toSorted(), ['errorlog', 'errorlog.1', 'errorlog.2'])
  })

  it('does not start without the EULA', async () => {
    for (const answer of [undefined, 'N']) {
      const { status, output } = await refusal({ ACCEPT_EULA: answer })
      assert.equal(status, 1)
      assert.match(output, /The SQL Server End-User License Agreement \(EULA\) must be accepted/)
    }
  })

  it('does not start with a password that is missing, too short or too simple', async () => {
    const cases: readonly (readonly [string | undefined, RegExp])[] = [
      [undefined, /it is too short\. The password must be at least 8 characters\.\.\n/],
      ['Ab1!', /it is too short\. The password must be at least 8 characters\.\.\n/],
      ['abcdefgh', /it is not complex enough\. The password must .* and Symbols\.\.\n/],
    ]
    for (const [password, text] of cases) {
      const { status, output } = await refusal({ MSSQL_SA_PASSWORD: password })
      assert.equal(status, 1)
      assert.match(
        output,
        /ERROR: Unable to set system administrator password: Password validation failed\./,
      )
      assert.match(output, text)
      assert.match(output, /An error occurred during server setup\./)
    }
  })

  it('takes the older name of the password variable', async () => {
    const password = 'An0ther_Passw0rd'
    const engine = await start({
      environment: { MSSQL_SA_PASSWORD: undefined, SA_PASSWORD: password },
    })
    await connect(engine, password)
  })

  it('starts with an empty password, and lets nobody in', async () => {
    const engine = await start({ environment: { MSSQL_SA_PASSWORD: '' } })
    await assert.rejects(connect(engine, 'x'), /Login failed for user 'sa'\./)
    assert.match(engine.output, /Reason: An error occurred while evaluating the password\./)
  })

  it('keeps its first password over a restart, whatever the variable says later', async () => {
    await (await start()).stop()
    const engine = await start({ environment: { MSSQL_SA_PASSWORD: 'Later_Passw0rd' } })
    await connect(engine)
    await assert.rejects(connect(engine, 'Later_Passw0rd'), {
      code: 'ELOGIN',
    })
  })

  it("gives up with SQL Server's errors when the port is taken", async () => {
    const port = await findFreePort()
    const occupant = createServer().listen(port, '127.0.0.1')
    await once(occupant, 'listening')
    const { status, output } = await refusal({ MSSQL_TCP_PORT: String(port) })
    occupant.close()
    assert.equal(status, 1)
    assert.match(output, /Error: 26023, Severity: 16, State: 1\./)
    assert.match(output, /Tcp port is already in use\./)
    assert.match(output, /listening on .* failed with 10048/)
    assert.match(output, /Error: 17120, Severity: 16, State: 1\./)
  })

  it('refuses settings it does not understand, by their names', async () => {
    const wrong: Readonly<Record<string, string>> = {
      MSSQL_TCP_PORT: '70000',
      MSSQL_IP_ADDRESS: 'somewhere',
      MSSQL_COLLATION: 'No_Such_Collation',
      MSSQL_MEMORY_LIMIT_MB: 'much',
      MSSQL_PID: 'Platinum',
    }
    for (const [name, value] of Object.entries(wrong)) {
      const { status, output } = await refusal({ [name]: value })
      assert.equal(status, 1, name)
      assert.match(output, new RegExp(`The setting ${name} is not valid: '${value}'`))
    }
  })

  it('does not share its data folder with another engine', async () => {
    await start()
    const { status, output } = await refusal({})
    assert.equal(status, 1)
    assert.match(output, /OS error: 32\(The process cannot access the file/)
  })

  it('starts again in the data folder of an engine that was killed', async () => {
    await (await start()).kill()
    await start()
  })

  it('says so when the default collation is another one', async () => {
    const engine = await start({ environment: { MSSQL_COLLATION: 'Latin1_General_CS_AS' } })
    await engine.waitFor('The default collation was successfully changed.')
    const connection = await connect(engine)
    const { recordset } = await connection.query("SELECT SERVERPROPERTY('Collation') AS name")
    assert.equal(recordset[0].name, 'Latin1_General_CS_AS')
  })
})
