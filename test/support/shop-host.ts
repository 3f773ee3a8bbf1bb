import { MemoryHost, type MemoryHostOptions } from './memory-host.ts'

/** Four customers and five orders, with every gap a join or an aggregate can fall into. */
export function shopHost(options: Omit<MemoryHostOptions, 'tables'> = {}): MemoryHost {
  return new MemoryHost({
    ...options,
    tables: {
      Customers: {
        columns: { Id: 'int identity', Name: 'nvarchar(40)', City: 'nvarchar(20)?' },
        rows: [
          [1, 'Ann', 'Oslo'],
          [2, 'Bob', null],
          [3, 'Cid', 'Rome'],
          [4, 'Dan', 'Oslo'],
        ],
      },
      Orders: {
        columns: { Id: 'int', CustomerId: 'int', Amount: 'int?' },
        computed: { Doubled: '([Amount]*(2))', Broken: '([dbo].[missing]([Amount]))' },
        rows: [
          [10, 1, 5],
          [11, 1, 7],
          [12, 3, null],
          [13, 3, 9],
          [14, 9, 1],
        ],
      },
      Notes: {
        columns: { Id: 'int', Body: 'ntext?' },
        rows: [
          [1, 'first'],
          [2, null],
        ],
      },
      Empty: { columns: { Id: 'int' }, rows: [] },
    },
    views: {
      Spending: `CREATE VIEW dbo.Spending AS
        SELECT c.Name, o.Amount FROM Customers c JOIN Orders o ON o.CustomerId = c.Id`,
      Named: 'CREATE VIEW Named (Who) WITH SCHEMABINDING AS SELECT Name FROM dbo.Customers',
      Loop: 'CREATE VIEW Loop AS SELECT * FROM Loop',
      Stale: 'CREATE VIEW Stale AS SELECT Gone FROM Customers',
      ...options.views,
    },
  })
}
