import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import {
  buildDatabase,
  type DatabaseDefinition,
  DatabaseReader,
  PageFile,
  scriptDatabase,
} from '../../../../src/mdf/index.ts'
import { createScratchFolder } from '../../../support/scratch-folder.ts'

/** The statements of a database that is built from a definition, behind the session's settings. */
async function built(definition: Omit<DatabaseDefinition, 'name' | 'files'>): Promise<string[]> {
  await using folder = await createScratchFolder()
  const files = ['one.mdf', 'two.ndf'].map((name) => path.join(folder.path, name))
  await buildDatabase({
    name: 'built',
    ...definition,
    files: files.map((file, index) => ({ path: file, ...(index > 0 && { filegroup: 'SLOW' }) })),
  })
  const reader = DatabaseReader.open(files.map((file) => PageFile.open(file)))
  try {
    return Array.from(scriptDatabase(reader)).slice(2)
  } finally {
    reader.close()
  }
}

describe('scriptDatabase of a database built on the spot', () => {
  it('gives back tables with all that belongs to them', async () => {
    const statements = await built({
      schemas: [{ name: 'sales' }],
      aliasTypes: [{ schema: 'sales', name: 'Phone', type: 'varchar(20)', isNullable: true }],
      tables: [
        {
          schema: 'sales',
          name: 'Customer',
          columns: [
            { name: 'Id', type: 'int', isNullable: false, identity: { seed: 10n, increment: 5n } },
            { name: 'Name', type: 'nvarchar(50)', collation: 'Latin1_General_BIN2' },
            { name: 'Phone', type: 'sales.Phone' },
            {
              name: 'Since',
              type: 'datetime2(3)',
              default: { text: '(getdate())', name: 'DF_Since' },
            },
            { name: 'Guid', type: 'uniqueidentifier', isRowGuid: true },
            { name: 'Gone', type: 'int', isDropped: true },
            { name: 'Twice', type: 'int', computed: { text: '([Id]*(2))' } },
          ],
          primaryKey: { name: 'PK_Customer', columns: ['Id'] },
          uniqueConstraints: [
            { name: 'UQ_Name', columns: ['Name', { name: 'Since', isDescending: true }] },
          ],
          indexes: [
            {
              name: 'IX_Phone',
              columns: ['Phone'],
              included: ['Name'],
              fillFactor: 80,
              filegroup: 'SLOW',
              filter: { text: '([Phone] IS NOT NULL)', includes: ([, , phone]) => phone !== null },
            },
          ],
          checks: [
            { name: 'CK_Id', text: '([Id]>(0))', isNotTrusted: true },
            { name: 'CK_Name', text: "([Name]<>N'')", column: 'Name', isDisabled: true },
          ],
        },
        {
          name: 'Order',
          filegroup: 'SLOW',
          columns: [
            { name: 'Id', type: 'bigint', isNullable: false },
            { name: 'CustomerId', type: 'int' },
            { name: 'Amount', type: 'decimal(10, 2)', isSparse: true },
          ],
          foreignKeys: [
            {
              name: 'FK_Order_Customer',
              columns: ['CustomerId'],
              referencedSchema: 'sales',
              referencedTable: 'Customer',
              onDelete: 'SET_NULL',
              onUpdate: 'CASCADE',
            },
          ],
        },
      ],
      extendedProperties: [
        { name: 'about', value: "it's", schema: 'sales', object: 'Customer', column: 'Name' },
      ],
    })
    assert.deepEqual(statements, [
      'CREATE SCHEMA [sales]',
      'CREATE TYPE [sales].[Phone] FROM varchar(20) NULL',
      [
        'CREATE TABLE [sales].[Customer] (',
        '  [Id] int IDENTITY(10, 5) NOT NULL,',
        '  [Name] nvarchar(50) COLLATE Latin1_General_BIN2 NULL,',
        '  [Phone] [sales].[Phone] NULL,',
        '  [Since] datetime2(3) NULL CONSTRAINT [DF_Since] DEFAULT (getdate()),',
        '  [Guid] uniqueidentifier ROWGUIDCOL NULL,',
        '  [Twice] AS ([Id]*(2)),',
        '  CONSTRAINT [PK_Customer] PRIMARY KEY CLUSTERED ([Id]),',
        '  CONSTRAINT [UQ_Name] UNIQUE NONCLUSTERED ([Name], [Since] DESC)',
        ')',
      ].join('\n'),
      [
        'CREATE TABLE [dbo].[Order] (',
        '  [Id] bigint NOT NULL,',
        '  [CustomerId] int NULL,',
        '  [Amount] decimal(10, 2) SPARSE NULL',
        ') /* ON [SLOW] */',
      ].join('\n'),
      'CREATE NONCLUSTERED INDEX [IX_Phone] ON [sales].[Customer] ([Phone]) INCLUDE ([Name]) WHERE ([Phone] IS NOT NULL) WITH (FILLFACTOR = 80) /* ON [SLOW] */',
      'ALTER TABLE [sales].[Customer] WITH NOCHECK ADD CONSTRAINT [CK_Id] CHECK ([Id]>(0))',
      "ALTER TABLE [sales].[Customer] WITH NOCHECK ADD CONSTRAINT [CK_Name] CHECK ([Name]<>N'')",
      'ALTER TABLE [sales].[Customer] NOCHECK CONSTRAINT [CK_Name]',
      'ALTER TABLE [dbo].[Order] WITH CHECK ADD CONSTRAINT [FK_Order_Customer] FOREIGN KEY ([CustomerId]) REFERENCES [sales].[Customer] ([Id]) ON DELETE SET NULL ON UPDATE CASCADE',
      "EXEC sys.sp_addextendedproperty @name = N'about', @value = N'it''s', @level0type = N'SCHEMA', @level0name = N'sales', @level1type = N'TABLE', @level1name = N'Customer', @level2type = N'COLUMN', @level2name = N'Name'",
    ])
  })

  it('gives back modules in an order that runs, users and roles', async () => {
    const statements = await built({
      tables: [{ name: 'T', columns: [{ name: 'Id', type: 'int' }] }],
      principals: [
        { name: 'readers', type: 'role' },
        { name: 'ann', type: 'user', memberOf: ['readers'] },
      ],
      modules: [
        {
          type: 'TR',
          name: 'OnT',
          text: 'CREATE TRIGGER OnT ON T AFTER INSERT AS RETURN',
          triggerTable: 'T',
        },
        { type: 'P', name: 'Do', text: 'CREATE PROCEDURE Do @n int AS SELECT * FROM A' },
        {
          type: 'V',
          name: 'A',
          text: 'CREATE VIEW A AS SELECT Id FROM B',
          columns: [{ name: 'Id', type: 'int' }],
        },
        {
          type: 'V',
          name: 'B',
          text: 'CREATE VIEW B AS SELECT Id FROM T',
          columns: [{ name: 'Id', type: 'int' }],
        },
      ],
    })
    assert.deepEqual(
      statements.map((statement) => statement.split('\n').at(-1)),
      [
        'CREATE ROLE [readers]',
        '  CREATE USER [ann] FOR LOGIN [ann] WITH DEFAULT_SCHEMA = [dbo]',
        'CREATE TABLE [dbo].[T] (\n  [Id] int NULL\n)'.split('\n').at(-1),
        'CREATE VIEW B AS SELECT Id FROM T',
        'CREATE VIEW A AS SELECT Id FROM B',
        'CREATE PROCEDURE Do @n int AS SELECT * FROM A',
        'CREATE TRIGGER OnT ON T AFTER INSERT AS RETURN',
        "EXEC sys.sp_addrolemember N'readers', N'ann'",
      ],
    )
  })
})
