import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { type Connection, Request, TYPES } from 'tedious'
import { SA_PASSWORD, type SandboxProcess, startSandbox } from '../support/sandbox-engine.ts'
import { createScratchFolder, type ScratchFolder } from '../support/scratch-folder.ts'
import { connectTedious, runTedious } from '../support/tedious-client.ts'

const execute = promisify(execFile)

let folder: ScratchFolder
let engine: SandboxProcess

before(async () => {
  folder = await createScratchFolder()
  engine = await startSandbox({ folder: folder.path })
})

after(async () => {
  assert.equal(await engine?.stop(), 0)
  await folder?.[Symbol.asyncDispose]()
})

describe('server cursors by RPC', () => {
  let connection: Connection

  before(async () => {
    connection = await connectTedious(engine.port)
    const values = Array.from({ length: 5 }, (_, index) => `(${index + 1}, 'n${index + 1}')`)
    await runTedious(
      connection,
      `CREATE TABLE #c (id int PRIMARY KEY, name varchar(10)); INSERT #c VALUES ${values}`,
    )
  })

  after(() => connection?.close())

  type Sent = readonly [name: string, value: unknown, isOutput?: boolean]

  interface CallAnswer {
    readonly rows: unknown[][]
    readonly outputs: Record<string, unknown>
    readonly status: unknown
  }

  /** Strings go as nvarchar, numbers as int. */
  function call(procedure: string, ...sent: readonly Sent[]): Promise<CallAnswer> {
    return new Promise((resolve, reject) => {
      const rows: unknown[][] = []
      const outputs: Record<string, unknown> = {}
      let status: unknown
      const request = new Request(procedure, (error) =>
        error ? reject(error) : resolve({ rows, outputs, status }),
      )
      for (const [name, value, isOutput] of sent) {
        const type = typeof value === 'string' ? TYPES.NVarChar : TYPES.Int
        if (isOutput) request.addOutputParameter(name, type, value)
        else request.addParameter(name, type, value)
      }
      request.on('row', (cells: { value: unknown }[]) => rows.push(cells.map(({ value }) => value)))
      request.on('returnValue', (name: string, value: unknown) => {
        outputs[name] = value
      })
      request.on('doneProc', (_count: unknown, _more: unknown, returned: unknown) => {
        status = returned
      })
      connection.callProcedure(request)
    })
  }

  const KEYSET = 1
  const FAST_FORWARD = 0x10
  const PARAMETERIZED = 0x1000
  const AUTO_FETCH = 0x2000
  const AUTO_CLOSE = 0x4000
  const QUERY = 'SELECT id, name FROM #c ORDER BY id'

  async function open(text: string, scroll: number, concurrency = 1): Promise<CallAnswer> {
    return call(
      'sp_cursoropen',
      ['cursor', null, true],
      ['stmt', text],
      ['scrollopt', scroll, true],
      ['ccopt', concurrency, true],
      ['rowcount', 2, true],
    )
  }

  const fetch = async (cursor: unknown, type: number, row: number, count: number) =>
    (await call('sp_cursorfetch', ['c', cursor], ['t', type], ['r', row], ['n', count])).rows

  it('fetch blocks of rows with their status', async () => {
    const { outputs, rows } = await open(QUERY, KEYSET)
    const { cursor, ...others } = outputs
    assert.deepEqual(others, { scrollopt: KEYSET, ccopt: 1, rowcount: 5 })
    assert.deepEqual(rows, [])
    assert.deepEqual(await fetch(cursor, 2, 0, 2), [
      [1, 'n1', 1],
      [2, 'n2', 1],
    ])
    const ids = async (type: number, row: number, count: number) =>
      (await fetch(cursor, type, row, count)).map(([id]) => id)
    assert.deepEqual(await ids(2, 0, 2), [3, 4])
    assert.deepEqual(await ids(2, 0, 2), [5])
    assert.deepEqual(await ids(2, 0, 2), [])
    assert.deepEqual(await ids(4, 0, 2), [4, 5])
    assert.deepEqual(await ids(4, 0, 2), [2, 3])
    assert.deepEqual(await ids(4, 0, 2), [1, 2])
    assert.deepEqual(await ids(4, 0, 2), [])
    assert.deepEqual(await ids(0x10, 2, 2), [2, 3])
    const back = await call('sp_cursorfetch', ['c', cursor], ['t', 4], ['r', 0], ['n', 2])
    assert.deepEqual([back.rows.map(([id]) => id), back.status], [[1, 2], 2])
    assert.deepEqual(await ids(0x10, -2, 2), [4, 5])
    assert.deepEqual(await ids(0x20, -1, 1), [3])
    assert.deepEqual(await ids(8, 0, 3), [3, 4, 5])
    assert.deepEqual(await ids(0x80, 0, 0), [3, 4, 5])
    const info = await call(
      'sp_cursorfetch',
      ['c', cursor],
      ['t', 0x100],
      ['r', 0, true],
      ['n', 0, true],
    )
    assert.deepEqual(info.outputs, { r: 3, n: 5 })
    assert.equal((await call('sp_cursorclose', ['c', cursor])).status, 0)
    await assert.rejects(fetch(cursor, 2, 0, 1), { number: 16909 })
  })

  it('change, delete, insert and refresh rows', async () => {
    const { outputs } = await open(QUERY, KEYSET, 8)
    const { cursor } = outputs
    assert.equal(outputs['ccopt'], 8)
    await fetch(cursor, 1, 0, 3)
    const change = (type: number, row: number, ...values: readonly Sent[]) =>
      call('sp_cursor', ['c', cursor], ['o', type], ['r', row], ['t', ''], ...values)
    assert.equal((await change(1, 2, ['name', 'two'])).status, 0)
    assert.equal((await change(2, 3)).status, 0)
    assert.equal((await change(4, 0, ['id', 9], ['name', 'nine'])).status, 0)
    await assert.rejects(change(4, 0, ['id', 9]), { number: 2627 })
    assert.deepEqual((await change(8, 0)).rows, [
      [1, 'n1', 1],
      [2, 'two', 1],
      [null, null, 2],
    ])
    await call('sp_cursorclose', ['c', cursor])
    assert.deepEqual(
      (await runTedious(connection, QUERY)).map(([id]) => id),
      [1, 2, 4, 5, 9],
    )
  })

  it('send rows with the open and close themselves at the end', async () => {
    const scroll = FAST_FORWARD | AUTO_FETCH | AUTO_CLOSE
    const first = await open(QUERY, scroll)
    assert.equal(first.rows.length, 2)
    await call('sp_cursorclose', ['c', first.outputs['cursor']])
    const whole = await open('SELECT TOP (1) id FROM #c', scroll)
    assert.deepEqual([whole.rows.length, whole.outputs['cursor'], whole.status], [1, 0, 16])
  })

  it('are prepared and executed with parameters', async () => {
    const declarations = ['params', '@low int'] as const
    const prepared = await call(
      'sp_cursorprepare',
      ['handle', null, true],
      declarations,
      ['stmt', 'SELECT id FROM #c WHERE id > @low'],
      ['options', 1],
      ['scrollopt', KEYSET | PARAMETERIZED, true],
      ['ccopt', 1, true],
    )
    const { handle } = prepared.outputs
    assert.equal(prepared.outputs['scrollopt'], KEYSET)
    const executed = await call(
      'sp_cursorexecute',
      ['handle', handle],
      ['cursor', null, true],
      ['scrollopt', KEYSET, true],
      ['ccopt', 1, true],
      ['rowcount', 0, true],
      ['low', 4],
    )
    assert.equal(executed.outputs['rowcount'], 2)
    assert.equal((await call('sp_cursorunprepare', ['handle', handle])).status, 0)
    const both = await call(
      'sp_cursorprepexec',
      ['handle', null, true],
      ['cursor', null, true],
      declarations,
      ['stmt', 'SELECT id FROM #c WHERE id > @low'],
      ['scrollopt', KEYSET, true],
      ['ccopt', 1, true],
      ['rowcount', 0, true],
      ['low', 1],
    )
    assert.equal(both.outputs['rowcount'], 4)
    assert.deepEqual((await fetch(both.outputs['cursor'], 8, 0, 1))[0]?.[0], 9)
  })

  it('are refused for what is no query', async () => {
    await assert.rejects(open('DELETE #c', KEYSET), { number: 16937 })
    await assert.rejects(open('SELECT x FROM #c', KEYSET), { number: 207 })
    await assert.rejects(fetch(180150001, 2, 0, 1), { number: 16909, message: /abcdef1/ })
  })
})

const JTDS = '/usr/share/java/jtds.jar'
const JAVA_SOURCE = `
import java.sql.*;
public class Cursors {
  static void check(boolean ok, String what) { if (!ok) throw new AssertionError(what); }
  public static void main(String[] args) throws Exception {
    Class.forName("net.sourceforge.jtds.jdbc.Driver");
    String url = "jdbc:jtds:sqlserver://127.0.0.1:" + args[0] + "/tempdb" + (args.length > 2 ? ";" + args[2] : "");
    Connection c = DriverManager.getConnection(url, "sa", args[1]);
    Statement s = c.createStatement();
    s.execute("create table #j (id int primary key, name varchar(20) null, price decimal(9,2) null)");
    for (int i = 1; i <= 10; i++) s.executeUpdate("insert #j values (" + i + ", 'n" + i + "', " + i + ".5)");
    int[] types = { ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.TYPE_SCROLL_SENSITIVE };
    for (int type : types) {
      Statement st = c.createStatement(type, ResultSet.CONCUR_READ_ONLY);
      ResultSet r = st.executeQuery("select id, name from #j order by id");
      check(r.getMetaData().getColumnCount() == 2, "columns " + r.getMetaData().getColumnCount());
      check(r.next() && r.getInt(1) == 1, "first");
      check(r.last() && r.getInt(1) == 10, "last");
      check(r.previous() && r.getInt(1) == 9, "previous");
      check(r.absolute(3) && r.getInt(1) == 3 && "n3".equals(r.getString(2)), "absolute");
      check(r.relative(2) && r.getInt(1) == 5, "relative");
      check(r.absolute(-2) && r.getInt(1) == 9, "absolute -2");
      check(r.getRow() == 9, "row " + r.getRow());
      r.beforeFirst(); check(r.next() && r.getInt(1) == 1, "before first");
      r.afterLast(); check(r.previous() && r.getInt(1) == 10, "after last");
      check(!r.next(), "end");
      check(r.first() && r.getInt(1) == 1, "first again");
      r.close(); st.close();
    }
    Statement u = c.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
    ResultSet r = u.executeQuery("select id, name, price from #j order by id");
    check(r.getConcurrency() == ResultSet.CONCUR_UPDATABLE, "updatable");
    r.absolute(2); r.updateString(2, "two"); r.updateBigDecimal(3, new java.math.BigDecimal("2.25")); r.updateRow();
    r.absolute(3); r.deleteRow();
    r.moveToInsertRow(); r.updateInt(1, 11); r.updateString(2, "eleven"); r.insertRow(); r.moveToCurrentRow();
    r.absolute(2); check("two".equals(r.getString(2)), "updated seen " + r.getString(2));
    r.close();
    r = s.executeQuery("select id, name, price from #j where id in (2,3,11) order by id");
    check(r.next() && r.getInt(1) == 2 && "two".equals(r.getString(2)) && r.getDouble(3) == 2.25, "update");
    check(r.next() && r.getInt(1) == 11 && "eleven".equals(r.getString(2)) && !r.next(), "insert");
    r.close();
    {
      PreparedStatement p = c.prepareStatement("select id, name from #j where id > ? order by id", ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
      for (int k = 4; k < 7; k++) {
        p.setInt(1, k); r = p.executeQuery();
        check(r.last(), "prepared last"); check(r.getInt(1) == 11, "prepared " + r.getInt(1));
        check(r.first() && r.getInt(1) == k + 1, "prepared first");
        r.close();
      }
      p.close();
    }
    Statement n = c.createStatement();
    n.setCursorName("mine");
    r = n.executeQuery("select id from #j order by id");
    int count = 0; while (r.next()) count++;
    check(count == 10, "named " + count);
    r.close();
    Statement f = c.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
    r = f.executeQuery("select id, name from #j");
    while (r.next()) if (r.getInt(1) == 5) { r.updateString(2, "five"); r.updateRow(); }
    r.close();
    r = s.executeQuery("select name from #j where id = 5"); r.next(); check("five".equals(r.getString(1)), "forward update");
    try { Statement w = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
      w.executeQuery("select nothing from #j"); throw new AssertionError("no error"); }
    catch (SQLException e) { check(e.getErrorCode() == 207, "error " + e); }
    c.close();
    System.out.println("passed");
  }
}
`

const hasJtds = existsSync(JTDS) && existsSync('/usr/bin/javac')

describe("server cursors with jTDS' result sets", { skip: hasJtds ? false : 'no jTDS' }, () => {
  it('scroll, update, delete and insert, with every way to prepare', async () => {
    await writeFile(path.join(folder.path, 'Cursors.java'), JAVA_SOURCE)
    const source = path.join(folder.path, 'Cursors.java')
    await execute('javac', ['-cp', JTDS, '-d', folder.path, source])
    for (const option of ['prepareSQL=0', 'prepareSQL=2', 'prepareSQL=3']) {
      const args = [
        '-cp',
        `${JTDS}:${folder.path}`,
        'Cursors',
        String(engine.port),
        SA_PASSWORD,
        option,
      ]
      const { stdout } = await execute('java', args, { timeout: 60_000 })
      assert.equal(stdout.trim(), 'passed')
    }
  })
})
