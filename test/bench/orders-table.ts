import { Decimal, type RowValues, SqlDateTime, type TableDefinition } from '../../src/mdf/index.ts'

/** Orders with ids from 1 to `count`, the primary key, and a second index. */
export function ordersTable(count: number): TableDefinition {
  return {
    name: 'Orders',
    columns: [
      { name: 'OrderId', type: 'int' },
      { name: 'CustomerId', type: 'int' },
      { name: 'OrderedAt', type: 'datetime2(3)' },
      { name: 'Status', type: 'tinyint' },
      { name: 'Total', type: 'decimal(12, 2)' },
      { name: 'IsPaid', type: 'bit' },
      { name: 'City', type: 'nvarchar(40)' },
      { name: 'Note', type: 'varchar(100)' },
    ],
    primaryKey: { columns: ['OrderId'] },
    indexes: [{ name: 'IX_Customer', columns: ['CustomerId'] }],
    rowsAreSorted: true,
    rows: orderRows(count),
  }
}

function* orderRows(count: number): Generator<RowValues> {
  const cities = ['Köln', 'Göteborg', 'São Paulo', 'London', 'Saint John’s']
  for (let id = 1; id <= count; id++) {
    yield [
      id,
      (id * 7919) % 50_000,
      new SqlDateTime(738_000 + (id % 1000), (id % 86_400) * 10_000_000),
      id % 5,
      new Decimal(BigInt((id * 37) % 1_000_000), 2),
      id % 3 === 0,
      cities[id % cities.length] ?? '',
      id % 4 === 0 ? null : `order number ${id}, to be delivered at the door`,
    ]
  }
}
