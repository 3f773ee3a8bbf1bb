import path from 'node:path'
import {
  type BuiltDatabase,
  buildDatabase,
  type DatabaseDefinition,
  Decimal,
  type RowDefinition,
  type RowValues,
  SqlDateTime,
  type SqlValue,
  SqlVariant,
  type TableDefinition,
} from '../../src/mdf/index.ts'

/** The sample database, built in a folder. */
export interface SampleDatabase {
  readonly database: BuiltDatabase
  readonly definition: DatabaseDefinition
  readonly mdfPath: string
  readonly ndfPath: string
  readonly ldfPath: string
  /** Object id of `schema.name`. */
  objectId(name: string): number
  /**
   * The rows of `schema.name` as a scan gives them: stored columns in the order of their ids, rows in
   * storage order, without those that are deleted.
   */
  rows(name: string): readonly RowValues[]
}

const NAME = 'Sample'
const LAST_DAY = 3_652_058
const LAST_TICK = 863_999_999_999
const INT = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 } as const
const NVARCHAR = {
  name: 'nvarchar',
  maxLength: 8,
  precision: 0,
  scale: 0,
  collationId: 0x3400d008,
} as const

/** Bytes that differ from place to place. */
export function pattern(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 7 + (index >> 8)) & 0xff)
}

/** Name, type, least, greatest and a plain value of each type. */
const TYPES: readonly (readonly [type: string, ...values: SqlValue[]])[] = [
  ['bit', false, true, true],
  ['tinyint', 0, 255, 7],
  ['smallint', -32_768, 32_767, 7],
  ['int', -2_147_483_648, 2_147_483_647, 7],
  ['bigint', -(2n ** 63n), 2n ** 63n - 1n, 7n],
  [
    'decimal(38, 10)',
    new Decimal(-(10n ** 38n) + 1n, 10),
    new Decimal(10n ** 38n - 1n, 10),
    new Decimal(0n, 10),
  ],
  [
    'numeric(9, 2)',
    new Decimal(-999_999_999n, 2),
    new Decimal(999_999_999n, 2),
    new Decimal(150n, 2),
  ],
  ['money', new Decimal(-(2n ** 63n), 4), new Decimal(2n ** 63n - 1n, 4), new Decimal(12_345n, 4)],
  [
    'smallmoney',
    new Decimal(-(2n ** 31n), 4),
    new Decimal(2n ** 31n - 1n, 4),
    new Decimal(5_000n, 4),
  ],
  ['real', Math.fround(-3.4e38), Math.fround(3.4e38), 1.5],
  ['float', -Number.MAX_VALUE, Number.MAX_VALUE, 0.1],
  ['date', new SqlDateTime(0, 0), new SqlDateTime(LAST_DAY, 0), new SqlDateTime(738_885, 0)],
  [
    'time(7)',
    new SqlDateTime(0, 0),
    new SqlDateTime(0, LAST_TICK),
    new SqlDateTime(0, 450_000_000_000),
  ],
  [
    'datetime2(7)',
    new SqlDateTime(0, 0),
    new SqlDateTime(LAST_DAY, LAST_TICK),
    new SqlDateTime(738_885, 36_000_000_000),
  ],
  [
    'datetimeoffset(7)',
    new SqlDateTime(1, 0, -840),
    new SqlDateTime(LAST_DAY - 1, LAST_TICK, 840),
    new SqlDateTime(738_885, 0, 120),
  ],
  [
    'datetime',
    new SqlDateTime(639_905, 0),
    new SqlDateTime(LAST_DAY, 863_999_966_667),
    new SqlDateTime(738_885, 36_000_000_000),
  ],
  [
    'smalldatetime',
    new SqlDateTime(693_595, 0),
    new SqlDateTime(759_130, 863_400_000_000),
    new SqlDateTime(738_885, 36_000_000_000),
  ],
  ['char(5)', '     ', 'zzzzz', 'ab   '],
  ['varchar(100)', '', 'é'.repeat(100), 'plain'],
  ['nchar(3)', '   ', '漢字か', 'ab '],
  ['nvarchar(100)', '', '漢'.repeat(100), 'plain'],
  ['binary(4)', new Uint8Array(4), new Uint8Array(4).fill(0xff), Uint8Array.of(1, 2, 0, 0)],
  ['varbinary(50)', new Uint8Array(0), pattern(50, 1), Uint8Array.of(0, 0)],
  [
    'uniqueidentifier',
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  ],
  [
    'rowversion',
    Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1),
    Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd2),
    Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd3),
  ],
  ['sql_variant', new SqlVariant(INT, -1), new SqlVariant(NVARCHAR, 'text'), null],
  ['hierarchyid', new Uint8Array(0), Uint8Array.of(0x58), Uint8Array.of(0x5a, 0xc0)],
  ['text', '', 'é'.repeat(20_000), 'short'],
  ['ntext', '', '漢'.repeat(9_000), 'short'],
  ['image', new Uint8Array(0), pattern(50_000, 2), Uint8Array.of(1)],
  ['varchar(max)', '', 'x'.repeat(30_000), 'short'],
  ['nvarchar(max)', '', '漢'.repeat(9_000), 'short'],
  ['varbinary(max)', new Uint8Array(0), pattern(100_000, 3), Uint8Array.of(1)],
  ['xml', '<a/>', `<r>${'<i n="1">text</i>'.repeat(500)}</r>`, null],
]

/** One column of each type, keyed by an int: lowest, highest and plain values, then only NULLs. */
function allTypes(): TableDefinition {
  const columns = TYPES.map(([type], index) => ({ name: `C${index + 1}`, type }))
  const plain = TYPES.map(([type]) =>
    type === 'rowversion' ? Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd4) : null,
  )
  return {
    name: 'AllTypes',
    columns: [{ name: 'Id', type: 'int', identity: {} }, ...columns],
    primaryKey: { name: 'PK_AllTypes', columns: ['Id'] },
    filegroup: 'DATA',
    rows: [
      ...[1, 2, 3].map((place) => [place, ...TYPES.map((entry) => entry[place] ?? null)]),
      [4, ...plain],
    ],
  }
}

const CUSTOMERS = 400
const ORDERS = 2500

function customers(): TableDefinition {
  return {
    schema: 'Sales',
    name: 'Customers',
    columns: [
      { name: 'CustomerId', type: 'int', identity: { seed: 1n, increment: 1n } },
      { name: 'Name', type: 'nvarchar(60)', isNullable: false },
      { name: 'Phone', type: 'dbo.Phone' },
      { name: 'Code', type: 'char(8)', isNullable: false },
      {
        name: 'RowGuid',
        type: 'uniqueidentifier',
        isNullable: false,
        isRowGuid: true,
        default: { text: '(newid())' },
      },
      { name: 'Initial', type: 'nvarchar(1)', computed: { text: '(left([Name],(1)))' } },
      { name: 'Length', type: 'int', computed: { text: '(len([Name]))', isPersisted: true } },
    ],
    primaryKey: { columns: ['CustomerId'] },
    uniqueConstraints: [{ name: 'UQ_Customers_Code', columns: ['Code'] }],
    indexes: [
      {
        name: 'IX_Customers_Name',
        columns: [{ name: 'Name', isDescending: true }],
        included: ['Phone'],
      },
    ],
    rows: Array.from({ length: CUSTOMERS }, (_, index) => {
      const id = CUSTOMERS - index
      const name = `Customer ${id}`
      const guid = `00000000-0000-0000-0000-${id.toString().padStart(12, '0')}`
      const phone = id % 3 === 0 ? null : `+49 30 ${1000 + id}`
      return [id, name, phone, `C${id.toString().padStart(7, '0')}`, guid, name.length]
    }),
  }
}

function orders(): TableDefinition {
  return {
    schema: 'Sales',
    name: 'Orders',
    columns: [
      { name: 'OrderId', type: 'bigint', isNullable: false },
      { name: 'CustomerId', type: 'int', isNullable: false },
      {
        name: 'Placed',
        type: 'datetime2(3)',
        isNullable: false,
        default: { name: 'DF_Orders_Placed', text: '(sysutcdatetime())' },
      },
      { name: 'Total', type: 'decimal(12, 2)', isNullable: false },
      { name: 'IsOpen', type: 'bit', isNullable: false, default: { text: '((1))' } },
      { name: 'Note', type: 'nvarchar(200)', isSparse: true },
    ],
    primaryKey: { name: 'PK_Orders', columns: ['OrderId'], isClustered: false },
    indexes: [
      { name: 'CX_Orders_CustomerId', columns: ['CustomerId'], isClustered: true, fillFactor: 80 },
      {
        name: 'IX_Orders_Open',
        columns: ['Placed'],
        filter: { text: '([IsOpen]=(1))', includes: (values) => values[4] === true },
      },
    ],
    checks: [{ name: 'CK_Orders_Total', text: '([Total]>=(0))', column: 'Total' }],
    foreignKeys: [
      {
        name: 'FK_Orders_Customers',
        columns: ['CustomerId'],
        referencedTable: 'Customers',
        onDelete: 'CASCADE',
      },
    ],
    rows: Array.from({ length: ORDERS }, (_, index) => {
      const placed = new SqlDateTime(738_885 + (index % 300), index * 10_000)
      const note = index % 50 === 0 ? `note of ${index}` : null
      return [
        BigInt(index + 1),
        1 + ((index * 7) % CUSTOMERS),
        placed,
        new Decimal(BigInt(index) * 25n, 2),
        index % 4 === 0,
        note,
      ]
    }),
  }
}

/** A heap with forwarded and deleted rows, and an index over their addresses. */
function heap(): TableDefinition {
  return {
    name: 'Heap',
    columns: [
      { name: 'Id', type: 'int', isNullable: false },
      { name: 'Name', type: 'varchar(300)' },
    ],
    indexes: [{ name: 'IX_Heap_Id', columns: ['Id'], isUnique: true }],
    rows: Array.from({ length: 600 }, (_, index) => ({
      values: [index, index % 5 === 0 ? null : `row ${index} `.repeat(index % 17)],
      isForwarded: index % 11 === 3,
      isGhost: index % 13 === 5,
    })),
  }
}

/** Rows with columns outside of them, a column that is gone and columns that came later. */
function overflowAndChanged(): TableDefinition[] {
  return [
    {
      name: 'Overflow',
      columns: [
        { name: 'Id', type: 'int', isNullable: false },
        { name: 'First', type: 'varchar(8000)' },
        { name: 'Second', type: 'nvarchar(4000)' },
        { name: 'Third', type: 'varbinary(8000)' },
      ],
      primaryKey: { name: 'PK_Overflow', columns: ['Id'] },
      rows: [1, 2, 3].map((id) => [
        id,
        'f'.repeat(id * 2600),
        's'.repeat(id * 1300),
        pattern(id * 2600, id),
      ]),
    },
    {
      name: 'Changed',
      columns: [
        { name: 'Id', type: 'int', isNullable: false },
        { name: 'Gone', type: 'nvarchar(20)', isDropped: true },
        { name: 'Kept', type: 'varchar(20)' },
        { name: 'Later', type: 'int', isNullable: false, addedLater: { value: 42 } },
        { name: 'LaterText', type: 'nvarchar(20)', addedLater: {} },
      ],
      primaryKey: { name: 'PK_Changed', columns: ['Id'] },
      rows: [1, 2, 3].map((id) => [id, `gone ${id}`, `kept ${id}`]),
    },
    {
      name: 'Empty',
      columns: [{ name: 'Id', type: 'int', isNullable: false }],
      primaryKey: { columns: ['Id'] },
    },
  ]
}

function sampleDefinition(folder: string): DatabaseDefinition {
  const size = 1024 * 1024
  return {
    name: NAME,
    files: [
      { path: path.join(folder, `${NAME}.mdf`), sizeBytes: size },
      { path: path.join(folder, `${NAME}_data.ndf`), filegroup: 'DATA', sizeBytes: size },
    ],
    log: { path: path.join(folder, `${NAME}_log.ldf`), sizeBytes: size },
    recoveryModel: 'SIMPLE',
    schemas: [{ name: 'Sales' }],
    principals: [
      { name: 'reporting', type: 'role' },
      { name: 'ann', type: 'user', memberOf: ['reporting', 'db_datareader'] },
    ],
    aliasTypes: [{ name: 'Phone', type: 'nvarchar(25)' }],
    tables: [allTypes(), customers(), orders(), heap(), ...overflowAndChanged()],
    modules: [
      {
        type: 'V',
        schema: 'Sales',
        name: 'OpenOrders',
        text: 'CREATE VIEW Sales.OpenOrders AS SELECT OrderId, CustomerId, Total FROM Sales.Orders WHERE IsOpen = 1',
        columns: [
          { name: 'OrderId', type: 'bigint', isNullable: false },
          { name: 'CustomerId', type: 'int', isNullable: false },
          { name: 'Total', type: 'decimal(12, 2)', isNullable: false },
        ],
      },
      {
        type: 'P',
        schema: 'Sales',
        name: 'OrdersOf',
        text: 'CREATE PROCEDURE Sales.OrdersOf @customer int AS SELECT OrderId, Total FROM Sales.Orders WHERE CustomerId = @customer ORDER BY OrderId',
        parameters: [{ name: '@customer', type: 'int' }],
      },
      {
        type: 'FN',
        name: 'Twice',
        text: 'CREATE FUNCTION dbo.Twice (@n int) RETURNS int AS BEGIN RETURN 2 * @n END',
        parameters: [
          { name: '', type: 'int' },
          { name: '@n', type: 'int' },
        ],
      },
      {
        type: 'TR',
        schema: 'Sales',
        name: 'OrdersChanged',
        triggerTable: 'Orders',
        triggerEvents: ['INSERT', 'UPDATE'],
        text: 'CREATE TRIGGER Sales.OrdersChanged ON Sales.Orders AFTER INSERT, UPDATE AS SET NOCOUNT ON -- 漢字',
      },
    ],
    extendedProperties: [
      { name: 'MS_Description', value: 'A database with everything' },
      { name: 'MS_Description', value: 'Who buys', schema: 'Sales', object: 'Customers' },
      {
        name: 'MS_Description',
        value: 'As on the door',
        schema: 'Sales',
        object: 'Customers',
        column: 'Name',
      },
    ],
  }
}

/**
 * Builds a database with all types and their boundary values, heaps and trees, large values, rows longer
 * than a page, two filegroups, constraints and modules: for tests that need real files.
 */
export async function buildSampleDatabase(folder: string): Promise<SampleDatabase> {
  const definition = sampleDefinition(folder)
  const database = await buildDatabase(definition)
  const [mdfPath = '', ndfPath = '', ldfPath = ''] = database.paths
  const tableNamed = (name: string) => {
    const index = database.tables.findIndex((table) => `${table.schema}.${table.name}` === name)
    const [built, table] = [database.tables[index], definition.tables?.[index]]
    if (built === undefined || table === undefined)
      throw new RangeError(`there is no table ${name}`)
    return { built, table }
  }
  return {
    database,
    definition,
    mdfPath,
    ndfPath,
    ldfPath,
    objectId: (name) => tableNamed(name).built.objectId,
    rows: (name) => scannedRows(tableNamed(name).table),
  }
}

/** Sample tables are clustered by their first column, or by the second with a number behind it. */
function scannedRows(table: TableDefinition): RowValues[] {
  const isGone = table.columns
    .filter(({ computed }) => computed === undefined || computed.isPersisted === true)
    .map(({ isDropped }) => isDropped === true)
  const later = table.columns.flatMap(({ addedLater }) =>
    addedLater === undefined ? [] : [addedLater.value ?? null],
  )
  const given = table.rows ?? []
  if (Symbol.asyncIterator in given) throw new RangeError(`${table.name} has no list of rows`)
  const rows = Array.from(given).flatMap((row) => {
    if (isRowValues(row)) return [row]
    return row.isGhost === true ? [] : [row.values]
  })
  const key = (table.indexes ?? []).some(({ isClustered }) => isClustered) ? 1 : 0
  if (table.name !== 'Heap') rows.sort((left, right) => Number(left[key]) - Number(right[key]))
  return rows.map((row) => [...row.filter((_, index) => isGone[index] !== true), ...later])
}

function isRowValues(row: RowValues | RowDefinition): row is RowValues {
  return Array.isArray(row)
}
