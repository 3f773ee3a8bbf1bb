/*
 * Real clients against the real TDS server; the engine behind it is a stand-in that knows a few batch
 * texts by heart (test/unit/sandbox/tds/scripted-backend.ts).
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import mssql from 'mssql'
import { Connection, type ConnectionConfiguration, ISOLATION_LEVEL, Request, TYPES } from 'tedious'
import { createSelfSignedCertificate } from '../../src/sandbox/tds/index.ts'
import {
  BIG_RESULT_ROWS,
  PASSWORD,
  type ScriptedBackend,
  startScriptedServer,
  TYPE_SAMPLES,
} from '../unit/sandbox/tds/scripted-backend.ts'

const run = promisify(execFile)
const MIB = 1024 * 1024

type Started = Awaited<ReturnType<typeof startScriptedServer>>
type TediousOptions = NonNullable<ConnectionConfiguration['options']>

let started: Started
let backend: ScriptedBackend

before(async () => {
  started = await startScriptedServer()
  backend = started.backend
})

after(async () => {
  await started.server.close()
  assert.deepEqual(started.errors.filter(isUnexpected), [])
})

/** One test lets the engine fail on purpose. */
function isUnexpected(error: Error): boolean {
  return !(error instanceof TypeError)
}

async function connectTedious(
  options: TediousOptions = {},
  login: { password?: string; userName?: string } = {},
): Promise<Connection> {
  const connection = new Connection({
    server: '127.0.0.1',
    authentication: {
      type: 'default',
      options: { userName: login.userName ?? 'sa', password: login.password ?? PASSWORD },
    },
    options: { port: started.port, encrypt: false, trustServerCertificate: true, ...options },
  })
  // Errors after the login come as events too; requests report them.
  connection.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
  return connection
}

interface TediousResult {
  readonly rows: unknown[][]
  readonly rowCount: number | undefined
  readonly outputs: Record<string, unknown>
}

function runTedious(
  connection: Connection,
  text: string,
  options: { mode?: 'batch' | 'sql' | 'procedure'; prepare?: (request: Request) => void } = {},
): Promise<TediousResult> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    const outputs: Record<string, unknown> = {}
    const request = new Request(text, (error, rowCount) =>
      error ? reject(error) : resolve({ rows, rowCount, outputs }),
    )
    request.on('row', (cells: { value: unknown }[]) => rows.push(cells.map((cell) => cell.value)))
    request.on('returnValue', (name: string, value: unknown) => {
      outputs[name] = value
    })
    options.prepare?.(request)
    if (options.mode === 'sql') connection.execSql(request)
    else if (options.mode === 'procedure') connection.callProcedure(request)
    else connection.execSqlBatch(request)
  })
}

/** What tedious makes of the values of TYPE_SAMPLES, in their order. */
const TEDIOUS_VALUES: readonly unknown[] = [
  true,
  255,
  -32_768,
  -2_147_483_648,
  '-9223372036854775808',
  -12_345_678.9012,
  1e38,
  -1.2345,
  214_748.3647,
  1.5,
  0.1,
  new Date('2026-11-23T00:00:00Z'),
  new Date('1970-01-01T13:14:15.123Z'),
  new Date('2026-11-23T13:14:15.123Z'),
  new Date('2026-11-23T18:44:15.123Z'),
  new Date('2026-11-23T13:14:15.123Z'),
  new Date('2026-11-23T13:14:00Z'),
  'ab€  ',
  'Käse',
  'Käse'.repeat(3000),
  'old text é',
  '日本  ',
  'smile 😀',
  '日本'.repeat(5000),
  'old 日本',
  Buffer.of(0, 1, 0xfe, 0xff),
  Buffer.of(0, 1, 0xfe, 0xff),
  Buffer.alloc(20_000, 7),
  Buffer.of(0, 1, 0xfe, 0xff),
  '01234567-89AB-CDEF-0123-456789ABCDEF',
  Buffer.of(0, 0, 0, 0, 0, 0, 7, 0xd1),
  42,
  '<a b="ü"/>',
  Buffer.of(0x58),
  Buffer.of(0, 1, 0xfe, 0xff),
  Buffer.of(0, 1, 0xfe, 0xff),
]

/** Dates carry a `nanosecondsDelta` beside their milliseconds. */
function plainValue(value: unknown): unknown {
  return value instanceof Date ? new Date(value.getTime()) : value
}

describe('TDS server with tedious', () => {
  for (const encrypt of [true, false]) {
    it(`logs in with encrypt ${encrypt}`, async () => {
      const connection = await connectTedious({ encrypt })
      const { rows } = await runTedious(connection, 'select 1')
      assert.deepEqual(rows, [[1]])
      connection.close()
    })
  }

  it('logs in with strict encryption, where the client trusts the certificate', async () => {
    const certificate = await createSelfSignedCertificate('localhost')
    const strict = await startScriptedServer({ certificate: async () => certificate })
    const connection = await connectTedious({
      encrypt: 'strict',
      trustServerCertificate: false,
      port: strict.port,
      cryptoCredentialsDetails: { ca: certificate.cert },
    } as TediousOptions)
    assert.deepEqual((await runTedious(connection, 'select 1')).rows, [[1]])
    connection.close()
    await strict.server.close()
    assert.deepEqual(strict.errors, [])
  })

  it('tells a wrong password by error 18456', async () => {
    for (const encrypt of [true, false]) {
      await assert.rejects(connectTedious({ encrypt }, { password: 'wrong' }), (error: Error) => {
        assert.equal(error.message, "Login failed for user 'sa'.")
        return true
      })
    }
  })

  it('refuses a database that is not there', async () => {
    await assert.rejects(connectTedious({ database: 'missing' }), { code: 'ELOGIN' })
  })

  it('gives every type its value', async () => {
    const connection = await connectTedious()
    const { rows } = await runTedious(connection, 'types')
    assert.deepEqual(rows[0]?.map(plainValue), TEDIOUS_VALUES)
    connection.close()
  })

  it('gives NULL of every type', async () => {
    const connection = await connectTedious()
    const { rows } = await runTedious(connection, 'nulls')
    assert.deepEqual(rows, [TYPE_SAMPLES.map(() => null)])
    connection.close()
  })

  for (const tdsVersion of ['7_1', '7_2', '7_3_A', '7_4']) {
    it(`gives dates and long values in the way of TDS ${tdsVersion}`, async () => {
      const connection = await connectTedious({ tdsVersion })
      const [row = []] = (await runTedious(connection, 'types')).rows
      const isOld = tdsVersion < '7_3'
      assert.deepEqual(
        [11, 12, 13, 14].map((index) => plainValue(row[index])),
        isOld
          ? [
              '2026-11-23',
              '13:14:15.1234567',
              '2026-11-23 13:14:15.1234567',
              '2026-11-23 13:14:15.1234567 -05:30',
            ]
          : TEDIOUS_VALUES.slice(11, 15),
      )
      assert.deepEqual(
        [19, 23, 27, 32, 34].map((index) => row[index]),
        [
          TEDIOUS_VALUES[19],
          TEDIOUS_VALUES[23],
          TEDIOUS_VALUES[27],
          TEDIOUS_VALUES[32],
          TEDIOUS_VALUES[34],
        ],
      )
      connection.close()
    })
  }

  it('takes parameters of every kind', async () => {
    const connection = await connectTedious()
    const date = new Date('2026-11-23T13:14:15.123Z')
    const values: readonly (readonly [keyof typeof TYPES, unknown, unknown?])[] = [
      ['Bit', true],
      ['TinyInt', 200],
      ['SmallInt', -5],
      ['Int', 123_456],
      ['BigInt', '-9007199254740993'],
      ['Real', 1.5],
      ['Float', 0.1],
      ['Decimal', 12.34, { precision: 10, scale: 2 }],
      ['Numeric', -1.5, { precision: 38, scale: 3 }],
      ['Money', -1.2345],
      ['SmallMoney', 2.5],
      ['VarChar', 'Käse €'],
      ['VarChar', 'a'.repeat(9000)],
      ['NVarChar', '日本 😀'],
      ['NVarChar', '日'.repeat(9000)],
      ['Char', 'abc', { length: 3 }],
      ['NChar', '日本', { length: 2 }],
      ['Text', 'text é'],
      ['NText', 'ntext 日'],
      ['VarBinary', Buffer.of(1, 2)],
      ['VarBinary', Buffer.alloc(10_000, 3)],
      ['Binary', Buffer.of(1, 2, 3), { length: 3 }],
      ['Image', Buffer.of(9, 8)],
      ['Date', new Date('2026-11-23T00:00:00Z')],
      ['DateTime', date],
      ['SmallDateTime', new Date('2026-11-23T13:14:00Z')],
      ['DateTime2', date, { scale: 7 }],
      ['DateTimeOffset', date, { scale: 7 }],
      ['Time', new Date('1970-01-01T13:14:15.123Z'), { scale: 7 }],
      ['UniqueIdentifier', '01234567-89AB-CDEF-0123-456789ABCDEF'],
      ['NVarChar', null],
      ['Int', null],
      ['VarBinary', null],
    ]
    const { rows } = await runTedious(connection, 'select @p0', {
      mode: 'sql',
      prepare: (request) => {
        for (const [index, [type, value, options]] of values.entries()) {
          request.addParameter(`p${index}`, TYPES[type], value, options as { length?: number })
        }
      },
    })
    assert.deepEqual(
      rows[0]?.map(plainValue),
      values.map(([, value]) => value),
    )
    connection.close()
  })

  it('returns output parameters of a procedure', async () => {
    const connection = await connectTedious()
    const { outputs } = await runTedious(connection, 'sp_execute', {
      mode: 'procedure',
      prepare: (request) => {
        request.addParameter('handle', TYPES.Int, 1)
        request.addOutputParameter('text', TYPES.NVarChar, 'out 日')
        request.addOutputParameter('day', TYPES.Date, new Date('2026-11-23T00:00:00Z'))
      },
    })
    assert.equal(outputs['text'], 'out 日')
    assert.deepEqual(plainValue(outputs['day']), new Date('2026-11-23T00:00:00Z'))
    connection.close()
  })

  it('prepares, executes and unprepares', async () => {
    const connection = await connectTedious()
    const rows: unknown[] = []
    await new Promise<void>((resolve, reject) => {
      let completed = 0
      const request = new Request('select @a', (error) => {
        if (error) return reject(error)
        completed++
        if (completed === 1) connection.execute(request, { a: 22 })
        if (completed === 2) connection.unprepare(request)
        if (completed === 3) resolve()
      })
      request.addParameter('a', TYPES.Int, undefined)
      request.on('row', (cells: { value: unknown }[]) => rows.push(cells[0]?.value))
      request.on('prepared', () => connection.execute(request, { a: 11 }))
      connection.prepare(request)
    })
    assert.deepEqual(rows, [11, 22])
    connection.close()
  })

  it('tells errors with number, state, class, line and server', async () => {
    const connection = await connectTedious()
    await assert.rejects(runTedious(connection, 'error'), {
      message: "Invalid object name 'nowhere'.",
      number: 208,
      state: 3,
      class: 16,
      lineNumber: 5,
      serverName: 'SCRIPTED',
    })
    assert.deepEqual((await runTedious(connection, 'select 1')).rows, [[1]])
    connection.close()
  })

  it('tells information messages', async () => {
    const connection = await connectTedious()
    const messages: string[] = []
    connection.on('infoMessage', (info: { message: string }) => messages.push(info.message))
    await runTedious(connection, 'info')
    assert.deepEqual(messages, ['hello'])
    connection.close()
  })

  it('tells the change of the database', async () => {
    const connection = await connectTedious()
    const names: string[] = []
    connection.on('databaseChange', (name: string) => names.push(name))
    await runTedious(connection, 'use other')
    assert.deepEqual(names, ['other'])
    connection.close()
  })

  it('runs transactions', async () => {
    const connection = await connectTedious()
    type Done = (error?: Error | null) => void
    const finished = (start: (done: Done) => void): Promise<void> =>
      new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())))
    const serializable = ISOLATION_LEVEL['SERIALIZABLE']
    await finished((done) => connection.beginTransaction(done, 'työ', serializable))
    await finished((done) => connection.saveTransaction(done, 'point'))
    await finished((done) => connection.commitTransaction(done))
    await finished((done) => connection.beginTransaction(done))
    await finished((done) => connection.rollbackTransaction(done))
    assert.deepEqual(
      backend.transactions.map(({ kind, name, isolationLevel }) => [kind, name, isolationLevel]),
      [
        ['begin', 'työ', serializable],
        ['save', 'point', 0],
        ['commit', '', 0],
        ['begin', '', ISOLATION_LEVEL['READ_COMMITTED']],
        ['rollback', '', 0],
      ],
    )
    connection.close()
  })

  it('resets a connection: the database of the login is back', async () => {
    const connection = await connectTedious({ database: 'shop' })
    const names: string[] = []
    connection.on('databaseChange', (name: string) => names.push(name))
    await runTedious(connection, 'use other')
    await new Promise<void>((resolve, reject) => {
      connection.reset((error) => (error ? reject(error) : resolve()))
    })
    assert.deepEqual(names, ['other', 'shop'])
    assert.deepEqual(backend.resets, [{ keepTransaction: false }])
    connection.close()
  })

  for (const packetSize of [512, 32_767]) {
    it(`speaks in packets of ${packetSize} bytes`, async () => {
      const connection = await connectTedious({ packetSize })
      const text = 'é日'.repeat(50_000)
      const { rows } = await runTedious(connection, 'select @t', {
        mode: 'sql',
        prepare: (request) => request.addParameter('t', TYPES.NVarChar, text),
      })
      assert.equal(rows[0]?.[0], text)
      assert.deepEqual(
        (await runTedious(connection, 'types')).rows[0]?.map(plainValue),
        TEDIOUS_VALUES,
      )
      connection.close()
    })
  }

  for (const encrypt of [false, true]) {
    it(`sends ${BIG_RESULT_ROWS} rows with encrypt ${encrypt} in flat memory`, async () => {
      const connection = await connectTedious({ encrypt })
      const { heapUsed, external } = process.memoryUsage()
      backend.peakBytes = 0
      let count = 0
      await new Promise<void>((resolve, reject) => {
        const request = new Request('big', (error) => (error ? reject(error) : resolve()))
        request.on('row', () => {
          count++
          // A reader that stops now and then: the server has to wait for it.
          if (count % 50_000 === 0) {
            request.pause()
            setTimeout(() => request.resume(), 20)
          }
        })
        connection.execSqlBatch(request)
      })
      assert.equal(count, BIG_RESULT_ROWS)
      // 200,000 rows are 33 MB on the wire; the garbage of the client is in this process too.
      const grown = (backend.peakBytes - heapUsed - external) / MIB
      assert.ok(grown < 120, `grew by ${grown.toFixed(0)} MiB`)
      connection.close()
    })
  }

  for (const text of ['endless', 'hang']) {
    it(`cancels '${text}' and goes on`, async () => {
      const connection = await connectTedious()
      backend.aborted.length = 0
      await assert.rejects(
        runTedious(connection, text, {
          prepare: (request) => setTimeout(() => request.cancel(), 100),
        }),
        { code: 'ECANCEL' },
      )
      assert.deepEqual(backend.aborted, [text])
      assert.deepEqual((await runTedious(connection, 'select 1')).rows, [[1]])
      connection.close()
    })
  }

  it('cancels a request while it is being sent', async () => {
    const connection = await connectTedious()
    await assert.rejects(
      runTedious(connection, `-- ${'x'.repeat(2_000_000)}`, {
        prepare: (request) => setImmediate(() => request.cancel()),
      }),
      { code: 'ECANCEL' },
    )
    assert.deepEqual((await runTedious(connection, 'select 1')).rows, [[1]])
    connection.close()
  })

  it('ends a connection whose engine has a fault, and only that one', async () => {
    const [broken, whole] = [await connectTedious(), await connectTedious()]
    await assert.rejects(runTedious(broken, 'throw'), { number: 3624, class: 20 })
    assert.ok(started.errors.some((error) => error.message === 'the engine has a fault'))
    assert.deepEqual((await runTedious(whole, 'select 1')).rows, [[1]])
    whole.close()
    broken.close()
  })

  it('ends a killed session with error 596', async () => {
    const connection = await connectTedious()
    await assert.rejects(runTedious(connection, 'kill me'), { number: 596, class: 21 })
    connection.close()
  })
})

describe('TDS server with mssql', () => {
  it('returns several record sets over one pooled connection', async () => {
    const pool = new mssql.ConnectionPool({
      server: '127.0.0.1',
      port: started.port,
      user: 'sa',
      password: PASSWORD,
      options: { trustServerCertificate: true },
      pool: { max: 1 },
    })
    await pool.connect()
    const result = await pool.request().batch('several')
    assert.deepEqual(
      (result.recordsets as { n: number }[][]).map((set) => set.map((row) => row.n)),
      [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    )
    assert.deepEqual(result.rowsAffected, [2, 2, 2, 5])
    const { recordset } = await pool.request().input('a', mssql.Int, 5).query('select @a')
    assert.deepEqual(recordset, [{ a: 5 }])
    await pool.close()
  })
})

const TSQL = '/usr/bin/tsql'

describe('TDS server with FreeTDS tsql', { skip: existsSync(TSQL) ? false : 'no tsql' }, () => {
  for (const version of ['7.1', '7.2', '7.3', '7.4']) {
    it(`shows results, messages and errors in TDS ${version}`, async () => {
      const { stdout, stderr } = await runTsql(['types', 'info', 'error'], { TDSVER: version })
      for (const text of ['Käse', '日本日本', 'smile 😀', '-12345678.9012', 'old 日本']) {
        assert.ok(stdout.includes(text), `${text} in ${stdout}`)
      }
      const output = stdout + stderr
      assert.match(output, /Msg 208 \(severity 16, state 3\) from SCRIPTED Line 5:/)
      assert.match(output, /Invalid object name 'nowhere'\./)
      assert.match(output, /hello/)
    })
  }

  it('hears that its password is wrong', async () => {
    const { stdout, stderr } = await runTsql([], {}, 'wrong')
    assert.match(stdout + stderr, /Msg 18456.*Login failed for user 'sa'\./s)
  })
})

async function runTsql(
  batches: readonly string[],
  env: Record<string, string> = {},
  password = PASSWORD,
): Promise<{ stdout: string; stderr: string }> {
  const args = ['-H', '127.0.0.1', '-p', String(started.port), '-U', 'sa', '-P', password]
  const child = run(TSQL, args, {
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
    timeout: 20_000,
    maxBuffer: 64 * MIB,
  })
  child.child.stdin?.end([...batches.map((text) => `${text}\ngo`), 'exit', ''].join('\n'))
  // tsql ends with status 1 after a failed login.
  return child.catch((error: { stdout: string; stderr: string }) => error)
}

const PYTHON = '/usr/bin/python3'
const PYTHON_SCRIPT = `
import decimal, datetime, sys, pymssql
port, password = sys.argv[1:3]
conn = pymssql.connect(server='127.0.0.1', port=port, user='sa', password=password, database='master')
cursor = conn.cursor()
cursor.execute('types')
row = cursor.fetchone()
assert row[3] == -2147483648, row[3]
assert row[5] == decimal.Decimal('-12345678.9012'), row[5]
assert row[15] == datetime.datetime(2026, 11, 23, 13, 14, 15, 123000), row[15]
assert row[18] == 'K\\u00e4se', row[18]
assert row[22] == 'smile \\U0001f600', row[22]
assert row[25] == b'\\x00\\x01\\xfe\\xff', row[25]
cursor.execute('nulls')
assert all(value is None for value in cursor.fetchone())
cursor.execute('several')
assert cursor.fetchall() == [(1,), (10,)]
assert cursor.nextset() and cursor.fetchall() == [(2,), (20,)]
try:
    cursor.execute('error')
    cursor.nextset()
    raise SystemExit('no error')
except pymssql.Error as error:
    assert error.args[0] == 208, error.args
cursor.execute('big')
assert sum(1 for _ in cursor) == ${BIG_RESULT_ROWS}
conn.close()
print('passed')
`
const hasPymssql = await run(PYTHON, ['-c', 'import pymssql']).then(
  () => true,
  () => false,
)

describe('TDS server with pymssql', { skip: hasPymssql ? false : 'no pymssql' }, () => {
  it('logs in, reads types, result sets and errors', async () => {
    const { stdout } = await run(PYTHON, ['-c', PYTHON_SCRIPT, String(started.port), PASSWORD], {
      timeout: 60_000,
    })
    assert.equal(stdout.trim(), 'passed')
  })
})

const JTDS = '/usr/share/java/jtds.jar'
const JAVA = '/usr/bin/java'
const JAVA_SOURCE = `
import java.math.BigDecimal;
import java.sql.*;

public class Client {
  static void check(Object expected, Object found) {
    if (!expected.equals(found)) throw new AssertionError(expected + " expected, not " + found);
  }

  public static void main(String[] args) throws Exception {
    Class.forName("net.sourceforge.jtds.jdbc.Driver");
    String url = "jdbc:jtds:sqlserver://127.0.0.1:" + args[0] + "/master";
    for (String options : new String[] {"", ";ssl=require", ";packetSize=512", ";prepareSQL=2",
        ";sendStringParametersAsUnicode=false"}) {
      try (Connection connection = DriverManager.getConnection(url + options, "sa", args[1])) {
        readTypes(connection);
        bindParameters(connection);
        readSeveral(connection);
        readErrors(connection);
      }
    }
    try {
      DriverManager.getConnection(url, "sa", "wrong");
      throw new AssertionError("logged in with a wrong password");
    } catch (SQLException error) {
      check(18456, error.getErrorCode());
    }
    cancel(url, args[1]);
    System.out.println("passed");
  }

  static void readTypes(Connection connection) throws SQLException {
    ResultSet row = connection.createStatement().executeQuery("types");
    row.next();
    check(-2147483648, row.getInt(4));
    check(new BigDecimal("-12345678.9012"), row.getBigDecimal(6));
    check("2026-11-23 13:14:15.123", row.getTimestamp(16).toString());
    check("K\\u00e4se", row.getString(19));
    check("smile \\ud83d\\ude00", row.getString(23));
    check(10000, row.getString(24).length());
    check((byte) 0xfe, row.getBytes(26)[2]);
    check("01234567-89AB-CDEF-0123-456789ABCDEF", row.getString(30));
    row = connection.createStatement().executeQuery("nulls");
    row.next();
    for (int column = 1; column <= ${TYPE_SAMPLES.length}; column++) {
      if (row.getObject(column) != null) throw new AssertionError("column " + column);
    }
  }

  static void bindParameters(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement("select ?, ?, ?, ?, ?");
    for (int turn = 0; turn < 2; turn++) {
      statement.setString(1, "K\\u00e4se");
      statement.setInt(2, turn);
      statement.setBigDecimal(3, new BigDecimal("1.25"));
      statement.setNull(4, Types.VARCHAR);
      statement.setTimestamp(5, Timestamp.valueOf("2026-11-23 13:14:15.12"));
      ResultSet row = statement.executeQuery();
      row.next();
      check("K\\u00e4se", row.getString(1));
      check(turn, row.getInt(2));
      check(0, row.getBigDecimal(3).compareTo(new BigDecimal("1.25")));
      if (row.getString(4) != null) throw new AssertionError("not null");
    }
  }

  static void readSeveral(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.execute("several");
    int sum = 0;
    do {
      ResultSet rows = statement.getResultSet();
      while (rows.next()) sum += rows.getInt(1);
    } while (statement.getMoreResults());
    check(66, sum);
    check(5, statement.getUpdateCount());
  }

  static void readErrors(Connection connection) throws SQLException {
    try {
      Statement statement = connection.createStatement();
      statement.execute("error");
      statement.getMoreResults();
      throw new AssertionError("no error");
    } catch (SQLException error) {
      check(208, error.getErrorCode());
    }
  }

  static void cancel(String url, String password) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, "sa", password)) {
      Statement statement = connection.createStatement();
      statement.setQueryTimeout(1);
      try {
        statement.executeQuery("hang");
        throw new AssertionError("not cancelled");
      } catch (SQLException error) {
        check("HYT00", error.getSQLState());
      }
      readTypes(connection);
    }
  }
}
`
const hasJtds = existsSync(JTDS) && existsSync('/usr/bin/javac')

describe('TDS server with jTDS', { skip: hasJtds ? false : 'no jTDS or no JDK' }, () => {
  it('logs in, reads types, result sets and errors, binds parameters, cancels', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'slipway-jtds-'))
    try {
      const source = path.join(folder, 'Client.java')
      await writeFile(source, JAVA_SOURCE)
      const { stdout } = await run(
        JAVA,
        ['-Dfile.encoding=UTF-8', '-cp', JTDS, source, String(started.port), PASSWORD],
        { timeout: 90_000 },
      )
      assert.equal(stdout.trim(), 'passed')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
