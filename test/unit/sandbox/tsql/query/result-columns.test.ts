import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeBatch } from '../../../../../src/sandbox/tsql/index.ts'
import { runRecorded, typeOf } from '../../../../support/memory-host.ts'
import { shopHost } from '../../../../support/shop-host.ts'

type Summary = readonly [name: string, type: string, nullable: boolean]

const SHAPES: Readonly<Record<string, readonly Summary[]>> = {
  "SELECT 1, 'abc' AS t, NULL AS n": [
    ['', 'int', false],
    ['t', 'varchar', false],
    ['n', 'int', true],
  ],
  'SELECT Id, Name, City FROM Customers': [
    ['Id', 'int', false],
    ['Name', 'nvarchar', false],
    ['City', 'nvarchar', true],
  ],
  'SELECT o.Id FROM Customers c LEFT JOIN Orders o ON o.CustomerId = c.Id': [['Id', 'int', true]],
  'SELECT City, COUNT(*) n, COUNT_BIG(*) FROM Customers GROUP BY City': [
    ['City', 'nvarchar', true],
    ['n', 'int', false],
    ['', 'bigint', false],
  ],
  'SELECT Id FROM Customers GROUP BY ROLLUP (Id)': [['Id', 'int', true]],
  'SELECT 1 AS a UNION ALL SELECT NULL': [['a', 'int', true]],
  'SELECT ISNULL(City, Name) FROM Customers': [['', 'nvarchar', false]],
  'SELECT Id FROM Customers FOR JSON PATH': [
    ['JSON_F52E2B61-18A1-11d1-B105-00805F49916B', 'nvarchar', true],
  ],
}

describe('columns of a result set', () => {
  for (const [batch, expected] of Object.entries(SHAPES)) {
    it(`are named and typed: ${batch}`, async () => {
      const { sink } = await runRecorded(batch, shopHost())
      const columns = sink.results[0]?.columns ?? []
      assert.deepEqual(
        columns.map(({ name, type, nullable }) => [name, type.name, nullable]),
        expected,
      )
    })
  }

  it('tell identity and computed columns, and the table of text columns', async () => {
    const { sink } = await runRecorded(
      'SELECT c.Id, o.Doubled, n.Body, 1 + 1 AS x FROM Customers c, Orders o, Notes n',
      shopHost(),
    )
    const [id, doubled, body, sum] = sink.results[0]?.columns ?? []
    assert.deepEqual([id?.identity, id?.computed, id?.tableName], [true, false, undefined])
    assert.deepEqual([doubled?.identity, doubled?.computed], [false, true])
    assert.deepEqual(body?.tableName, ['test', 'dbo', 'Notes'])
    assert.equal(sum?.computed, true)
  })
})

describe('describeBatch', () => {
  it('gives the first result set without running anything', () => {
    const host = shopHost()
    const parameters = [{ name: '@p', type: typeOf('int'), value: null }]
    const text = 'DECLARE @a int = 1; IF @a = 2 SELECT Name FROM Customers WHERE Id = @p'
    const columns = describeBatch(text, host, parameters)
    assert.deepEqual(
      columns?.map(({ name }) => name),
      ['Name'],
    )
    assert.deepEqual(host.scans, [])
  })

  it('gives nothing for a batch that only assigns or calls', () => {
    assert.equal(describeBatch('DECLARE @a int; SELECT @a = 1', shopHost(), []), undefined)
    assert.equal(describeBatch('EXEC something', shopHost(), []), undefined)
  })

  it('throws what is wrong with the query', () => {
    assert.throws(() => describeBatch('SELECT * FROM Nope', shopHost(), []), { number: 208 })
    assert.throws(() => describeBatch('SELECT @p', shopHost(), []), { number: 137 })
  })
})

/** The columns each query reads of Orders. */
const READS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'SELECT COUNT(*) FROM Orders': [[]],
  'SELECT Id FROM Orders': [['Id']],
  'SELECT Id FROM Orders WHERE Amount > 1': [['Id', 'Amount']],
  'SELECT Doubled FROM Orders': [['Amount']],
  'SELECT 1 FROM Orders WHERE 1 = 1 ORDER BY CustomerId': [['CustomerId']],
  // Clients ask this for the columns alone.
  'SELECT * FROM Orders WHERE 1 = 0': [],
  'SELECT x.Id FROM (SELECT Id, Amount + 1 AS more FROM Orders) x': [['Id']],
  'SELECT 1 WHERE EXISTS (SELECT * FROM Orders)': [[]],
  'SELECT Amount FROM Spending': [['CustomerId', 'Amount']],
  // Read once, then looked up for each of the four customers.
  'SELECT (SELECT MAX(Amount) FROM Orders o WHERE o.CustomerId = c.Id) FROM Customers c': [
    ['CustomerId', 'Amount'],
  ],
  'SELECT Id FROM Customers c WHERE EXISTS (SELECT * FROM Orders o WHERE o.CustomerId = c.Id)': [
    ['CustomerId'],
  ],
  'SELECT Id FROM Customers WHERE Id IN (SELECT CustomerId FROM Orders)': [['CustomerId']],
  'SELECT Name, (SELECT COUNT(*) FROM Orders) FROM Customers': [[]],
}

describe('what a query reads', () => {
  for (const [batch, expected] of Object.entries(READS)) {
    it(`is no more than needed: ${batch}`, async () => {
      const host = shopHost()
      const { sink } = await runRecorded(batch, host)
      assert.deepEqual(sink.errors, [])
      const reads = host.scans.filter(({ table }) => table === 'Orders')
      assert.deepEqual(
        reads.map(({ columns }) => columns),
        expected,
      )
    })
  }
})
