import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryHost, runRecorded } from '../../../../support/memory-host.ts'
import { plain } from '../../../../support/sql-cases.ts'

const ADD = `CREATE PROCEDURE Add_Up @a int, @b int = 5, @sum nvarchar(10) = NULL OUTPUT AS
BEGIN
  SET @sum = CAST(@a + @b AS nvarchar(10))
  SELECT @a AS a, @b AS b, OBJECT_NAME(@@PROCID), @@NESTLEVEL
  IF @a > 100 RETURN 7
  SELECT 1 / @a
END`

async function answers(setup: readonly string[], batch: string) {
  const host = new MemoryHost()
  for (const text of setup) {
    const { sink } = await runRecorded(text, host)
    assert.deepEqual(sink.errors, [])
  }
  const { sink } = await runRecorded(batch, host)
  return {
    sink,
    rows: sink.results.map(({ rows }) => rows.map((row) => row.map(plain))),
    errors: sink.errors.map(({ number, procedure, line }) => [number, procedure, line]),
  }
}

describe('EXEC of a procedure', () => {
  it('passes arguments by position and by name, with defaults and OUTPUT', async () => {
    const batch = `DECLARE @status int, @text nvarchar(10)
      EXEC @status = Add_Up 101, @sum = @text OUTPUT
      SELECT @status, @text
      EXEC add_up @b = 2, @a = 1`
    const { rows, errors } = await answers([ADD], batch)
    assert.deepEqual(errors, [])
    assert.deepEqual(rows, [[[101, 5, 'Add_Up', 1]], [[7, '106']], [[1, 2, 'Add_Up', 1]], [[1]]])
  })

  const misuses = [
    ['EXEC Add_Up', 201],
    ['EXEC Add_Up 1, 2, NULL, 4', 8144],
    ['EXEC Add_Up @c = 1', 8145],
    ['EXEC Add_Up 1, @a = 2', 8143],
    ['DECLARE @x int; EXEC Add_Up @x OUTPUT', 8162],
    ["EXEC Add_Up 'x'", 245],
    ['EXEC Nothing', 2812],
  ] as const
  for (const [batch, number] of misuses) {
    it(`answers ${number} to ${batch}`, async () => {
      assert.equal((await answers([ADD], batch)).errors[0]?.[0], number)
    })
  }

  it('reports errors with the procedure and its own line, and goes on', async () => {
    const { rows, errors } = await answers([ADD], 'PRINT 1\n\n EXEC Add_Up 0; SELECT 2')
    assert.deepEqual(errors, [[8134, 'Add_Up', 6]])
    assert.deepEqual(rows.at(-1), [[2]])
  })

  it('hands its errors to the TRY of a caller', async () => {
    const batch = `BEGIN TRY EXEC Add_Up 0 END TRY
      BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_PROCEDURE(), ERROR_LINE() END CATCH`
    const { rows, errors } = await answers([ADD], batch)
    assert.deepEqual([rows.at(-1), errors], [[[8134, 'Add_Up', 6]], []])
  })

  it('keeps what it sets and makes to itself', async () => {
    const procedure = 'CREATE PROC p AS SET NOCOUNT ON; CREATE TABLE #t (a int)'
    const { errors, sink } = await answers([procedure], 'EXEC p; SELECT 1; SELECT * FROM #t')
    assert.deepEqual(
      errors.map(([number]) => number),
      [208],
    )
    assert.equal(sink.dones.at(-2)?.rowCount, 1)
  })

  it('shows it the temporary tables of its caller', async () => {
    const { errors } = await answers(
      ['CREATE PROC p AS SELECT * FROM #t'],
      'CREATE TABLE #t (a int); EXEC p',
    )
    assert.deepEqual(errors, [])
  })

  it('tells when it leaves a transaction open', async () => {
    const { errors, rows } = await answers(
      ['CREATE PROC p AS BEGIN TRAN'],
      'EXEC p; SELECT @@TRANCOUNT; ROLLBACK',
    )
    assert.deepEqual([errors[0]?.[0], rows], [266, [[[1]]]])
  })

  it('ends with 217 when procedures call each other without end', async () => {
    const { errors } = await answers(['CREATE PROC p AS EXEC p'], 'EXEC p')
    assert.equal(errors[0]?.[0], 217)
  })
})
