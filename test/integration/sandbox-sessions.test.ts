import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import sql from 'mssql'
import { connectToSandbox, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'

describe('sessions of the sandbox engine', () => {
  let scratch: ScratchFolder
  let engine: SandboxProcess
  let connection: sql.ConnectionPool

  before(async () => {
    scratch = await createScratchFolder()
    engine = await startSandbox({ folder: scratch.path })
    connection = await connectToSandbox(engine)
  })
  after(async () => {
    await connection.close()
    await engine.stop()
    await scratch[Symbol.asyncDispose]()
  })

  it('refuses a wrong password, with the reason in the log only', async () => {
    await assert.rejects(connectToSandbox(engine, { password: 'wrong' }), {
      message: "Login failed for user 'sa'.",
    })
    assert.match(engine.output, /Error: 18456, Severity: 14, State: 8\./)
    assert.match(
      engine.output,
      /Reason: Password did not match that for the login provided\. \[CLIENT: 127\.0\.0\.1\]/,
    )
    assert.ok(!engine.output.includes('wrong'))
  })

  it('refuses a database that does not exist', async () => {
    await assert.rejects(connectToSandbox(engine, { database: 'nothing' }), {
      message: /Login failed for user 'sa'\.|Cannot open database "nothing"/,
    })
    assert.match(engine.output, /Failed to open the explicitly specified database 'nothing'/)
  })

  it('gives a session the lowest free id from 51, and its names', async () => {
    const { recordset } = await connection.query(`
      SELECT session_id, login_name, program_name, status FROM sys.dm_exec_sessions
      WHERE session_id = @@SPID`)
    assert.deepEqual(
      [...recordset],
      [{ session_id: 51, login_name: 'sa', program_name: 'node-mssql', status: 'running' }],
    )
  })

  it('changes the database with USE, and tells the client', async () => {
    const messages: string[] = []
    const request = connection.request()
    request.on('info', ({ message }) => messages.push(message))
    const { recordset } = await request.batch('USE tempdb; SELECT DB_NAME() AS name; USE master')
    assert.deepEqual([...recordset], [{ name: 'tempdb' }])
    assert.deepEqual(messages, [
      "Changed database context to 'tempdb'.",
      "Changed database context to 'master'.",
    ])
    await assert.rejects(connection.batch('USE nothing'), { number: 911 })
  })

  it('runs parameterized statements, and returns output parameters', async () => {
    const { recordset, output } = await connection
      .request()
      .input('number', sql.Int, 20)
      .input('text', sql.NVarChar(20), 'Ünïcode')
      .output('double', sql.Int)
      .query('SET @double = @number * 2; SELECT @number + 1 AS next, @text AS text')
    assert.deepEqual([...recordset], [{ next: 21, text: 'Ünïcode' }])
    assert.deepEqual(output, { double: 40 })
  })

  it('prepares, executes and unprepares a statement', async () => {
    const statement = new sql.PreparedStatement(connection)
    statement.input('number', sql.Int)
    await statement.prepare('SELECT @number * 3 AS triple')
    for (const number of [2, 7]) {
      const { recordset } = await statement.execute({ number })
      assert.deepEqual([...recordset], [{ triple: number * 3 }])
    }
    await statement.unprepare()
  })

  it('runs no statement when it is only prepared or described', async () => {
    await connection.batch('CREATE TABLE ##prepared (a int)')
    const statement = new sql.PreparedStatement(connection)
    statement.input('a', sql.Int)
    await statement.prepare('INSERT ##prepared VALUES (@a); SELECT @@ROWCOUNT AS n')
    const count = async () =>
      (await connection.query('SELECT COUNT(*) AS n FROM ##prepared')).recordset[0].n
    assert.deepEqual((await statement.execute({ a: 1 })).recordset, [{ n: 1 }])
    await statement.unprepare()
    assert.equal(await count(), 1)
    await connection.batch('SET FMTONLY ON; DELETE ##prepared; SET FMTONLY OFF')
    assert.equal(await count(), 1)
    await connection.batch('DROP TABLE ##prepared')
  })

  it('begins transactions with the level a client asks for', async () => {
    const transaction = new sql.Transaction(connection)
    await transaction.begin(sql.ISOLATION_LEVEL.SERIALIZABLE)
    const { recordset } = await transaction
      .request()
      .query(
        'SELECT transaction_isolation_level AS level FROM sys.dm_exec_sessions WHERE session_id = @@SPID',
      )
    const options = await transaction.request().query('DBCC USEROPTIONS')
    await transaction.commit()
    assert.deepEqual(recordset, [{ level: 4 }])
    const last = options.recordset.at(-1)
    assert.deepEqual(last, { 'Set Option': 'isolation level', Value: 'serializable' })
  })

  it('answers the errors of a prepared statement when it is prepared', async () => {
    const statement = new sql.PreparedStatement(connection)
    const error = await statement.prepare('SELECT * FROM nothing').catch((thrown) => thrown)
    assert.ok(error.originalError instanceof AggregateError)
    assert.deepEqual(
      error.originalError.errors.map(({ number }: { number: number }) => number),
      [208, 8180],
    )
  })

  it('calls a function by name and returns its result', async () => {
    await connection.batch('USE tempdb')
    await connection.batch(
      'CREATE FUNCTION dbo.twice(@n int, @by int = 2) RETURNS int AS BEGIN RETURN @n * @by END',
    )
    const call = connection.request().input('n', sql.Int, 21)
    const { output } = await call.execute('dbo.twice')
    assert.deepEqual(output, { '': 42 })
    await connection.batch('DROP FUNCTION dbo.twice; USE master')
  })

  it('runs its own procedures by name, and answers 2812 for others', async () => {
    const { recordset } = await connection.request().execute('sp_who')
    assert.equal(recordset.length, 1)
    await assert.rejects(connection.request().execute('nothing'), { number: 2812 })
    await assert.rejects(connection.request().execute('sp_cursoropen'), { number: 214 })
  })

  it('answers 8179 for a handle it did not give', async () => {
    await assert.rejects(
      connection.request().input('handle', sql.Int, 999).execute('sp_unprepare'),
      { number: 8179 },
    )
  })

  it('counts transactions that the client begins and ends', async () => {
    const transaction = new sql.Transaction(connection)
    await transaction.begin(sql.ISOLATION_LEVEL.SERIALIZABLE)
    const during = await transaction.request().query('SELECT @@TRANCOUNT AS n')
    await transaction.rollback()
    const afterwards = await connection.query('SELECT @@TRANCOUNT AS n')
    assert.deepEqual([during.recordset[0].n, afterwards.recordset[0].n], [1, 0])
  })
})
