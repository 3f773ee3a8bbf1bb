import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  Decimal,
  type ScriptSource,
  SqlVariant,
  scriptDatabase,
} from '../../../../src/mdf/index.ts'
import { columnOf, databaseOf, indexOf, keyOf, objectOf } from './catalog-of.ts'

/** The batches behind the header and the session's settings. */
function statements(source: ScriptSource): string[] {
  return Array.from(scriptDatabase(source)).slice(2)
}

function header(source: ScriptSource): string {
  const [first] = scriptDatabase(source)
  return first ?? ''
}

const TABLE = objectOf(101, 'U', 'T')
const ID = columnOf(101, 1, 'Id')

describe('scriptDatabase', () => {
  it('says what it was made from and what it needs', () => {
    const [first] = scriptDatabase(databaseOf({}), { source: 'a.mdf\nDROP' })
    assert.equal(
      first,
      [
        '-- The schema of sample, from a.mdf DROP',
        '-- SQL Server 2019 (internal version 904), compatibility level 150',
        '-- To be run in an empty database of the collation SQL_Latin1_General_CP1_CI_AS, which columns do not repeat',
      ].join('\n'),
    )
  })

  it('delimits names whatever is in them', () => {
    const source = databaseOf({
      objects: [objectOf(101, 'U', 'a]b')],
      columns: [columnOf(101, 1, "x].[y'")],
    })
    assert.deepEqual(statements(source), [
      "CREATE TABLE [dbo].[a]]b] (\n  [x]].[y'] int NOT NULL\n)",
    ])
  })

  it('writes what a column can be', () => {
    const varchar = { name: 'varchar', maxLength: -1, precision: 0, scale: 0 } as const
    const text = { ...varchar, collationId: 0x3400_d008 }
    const source = databaseOf({
      objects: [TABLE],
      columns: [
        columnOf(101, 1, 'a', { type: { ...text, collationId: 0xf008 } }),
        columnOf(101, 2, 'b', { type: text, isNullable: true, isSparse: true }),
        columnOf(101, 3, 'c', { isComputed: true, isPersisted: true }),
        columnOf(101, 4, 'd', { isComputed: true, isNullable: true }),
        columnOf(101, 5, 'e', { identity: { seed: -5n, increment: 2n, lastValue: null } }),
        columnOf(101, 6, 'f', { systemTypeId: 231, userTypeId: 256, isNullable: true }),
      ],
      catalog: { computedText: () => '(1)+(2)' },
    })
    assert.deepEqual(statements(source), [
      [
        'CREATE TABLE [dbo].[T] (',
        '  [a] varchar(max) COLLATE Latin1_General_CI_AI NOT NULL,',
        '  [b] varchar(max) SPARSE NULL,',
        '  [c] AS ((1)+(2)) PERSISTED NOT NULL,',
        '  [d] AS ((1)+(2)),',
        '  [e] int IDENTITY(-5, 2) NOT NULL,',
        '  [f] sysname NULL',
        ')',
      ].join('\n'),
    ])
  })

  it('writes types that this reader has no values of by their names', () => {
    const systemType = (userTypeId: number, name: string) => ({
      userTypeId,
      name,
      schemaId: 4,
      systemTypeId: userTypeId,
      type: ID.type,
      isNullable: true,
      defaultObjectId: 0,
      ruleObjectId: 0,
    })
    const source = databaseOf({
      objects: [TABLE],
      columns: [
        columnOf(101, 1, 'j', { systemTypeId: 244, userTypeId: 244 }),
        columnOf(101, 2, 'v', { systemTypeId: 255, userTypeId: 255 }),
        columnOf(101, 3, 'x', { systemTypeId: 250, userTypeId: 250 }),
      ],
      catalog: { userTypes: [systemType(244, 'json'), systemType(255, 'vector')] },
      details: { vectorDimensions: () => 3 },
    })
    assert.deepEqual(statements(source), [
      'CREATE TABLE [dbo].[T] (\n  [j] json NOT NULL,\n  [v] vector(3) NOT NULL,\n  [x] varbinary(max) /* number 250 */ NOT NULL\n)',
    ])
    assert.match(
      header(source),
      /the type number 250 of \[dbo\]\.\[T\]\.\[x\], written as varbinary\(max\)/,
    )
  })

  it('gives indexes their options, included columns and filter', () => {
    const source = databaseOf({
      objects: [TABLE],
      columns: [ID, columnOf(101, 2, 'Name')],
      indexes: [
        indexOf(101, 0, '', { type: 'HEAP', columns: [] }),
        indexOf(101, 2, 'I', {
          isUnique: true,
          isPadded: true,
          fillFactor: 80,
          ignoresDuplicateKeys: true,
          allowsRowLocks: false,
          allowsPageLocks: false,
          hasFilter: true,
          isDisabled: true,
          dataSpaceId: 2,
          columns: [
            keyOf(1, { isDescending: true }),
            { ...keyOf(2), keyOrdinal: 0, isIncluded: true },
          ],
        }),
      ],
      catalog: {
        filterText: () => '([Id]>(0))',
        filegroups: [{ filegroupId: 2, name: 'SLOW' }],
      },
    })
    assert.deepEqual(statements(source).slice(1), [
      'CREATE UNIQUE NONCLUSTERED INDEX [I] ON [dbo].[T] ([Id] DESC) INCLUDE ([Name]) WHERE ([Id]>(0)) WITH (PAD_INDEX = ON, FILLFACTOR = 80, IGNORE_DUP_KEY = ON, ALLOW_ROW_LOCKS = OFF, ALLOW_PAGE_LOCKS = OFF) /* ON [SLOW] */',
      'ALTER INDEX [I] ON [dbo].[T] DISABLE',
    ])
  })

  it('keeps disabled and untrusted constraints so, under their names', () => {
    const check = {
      objectId: 102,
      name: 'CK',
      schemaId: 1,
      parentObjectId: 101,
      columnId: 0,
      text: '([Id]>(0)) OR ([Id]<(0))',
      isDisabled: true,
      isNotTrusted: true,
      isSystemNamed: true,
    }
    const source = databaseOf({
      objects: [TABLE, objectOf(102, 'C', 'CK', { isNotForReplication: true })],
      columns: [ID],
      catalog: { checkConstraints: [check] },
    })
    assert.deepEqual(statements(source).slice(1), [
      'ALTER TABLE [dbo].[T] WITH NOCHECK ADD CONSTRAINT [CK] CHECK NOT FOR REPLICATION (([Id]>(0)) OR ([Id]<(0)))',
      'ALTER TABLE [dbo].[T] NOCHECK CONSTRAINT [CK]',
    ])
  })

  it('partitions tables on PRIMARY and says where they were', () => {
    const type = ID.type
    const source = databaseOf({
      objects: [TABLE],
      columns: [ID],
      indexes: [
        indexOf(101, 0, '', {
          type: 'HEAP',
          dataSpaceId: 65_601,
          columns: [{ ...keyOf(1), keyOrdinal: 0, partitionOrdinal: 1 }],
        }),
      ],
      catalog: {
        filegroups: [
          { filegroupId: 1, name: 'PRIMARY' },
          { filegroupId: 2, name: 'OLD' },
        ],
        partitions: () =>
          [0, 2, 0].map((compression, index) => ({
            rowsetId: BigInt(index),
            objectId: 101,
            indexId: 0,
            partitionNumber: index + 1,
            rowCount: 0,
            compression,
          })),
      },
      details: {
        partitionFunctions: [
          {
            functionId: 65_536,
            name: 'pf',
            type,
            isRangeRight: true,
            boundaries: [new SqlVariant(type, 10), new SqlVariant(type, 20)],
          },
        ],
        partitionSchemes: [
          { dataSpaceId: 65_601, name: 'ps', functionId: 65_536, filegroupIds: [2, 1, 1] },
        ],
      },
    })
    assert.deepEqual(statements(source), [
      'CREATE PARTITION FUNCTION [pf] (int) AS RANGE RIGHT FOR VALUES (10, 20)',
      '-- its filegroups were [OLD], [PRIMARY], [PRIMARY]\nCREATE PARTITION SCHEME [ps] AS PARTITION [pf] ALL TO ([PRIMARY])',
      'CREATE TABLE [dbo].[T] (\n  [Id] int NOT NULL\n) ON [ps]([Id]) WITH (DATA_COMPRESSION = PAGE ON PARTITIONS (2))',
    ])
  })

  it('makes a function before the table whose column calls it', () => {
    const source = databaseOf({
      objects: [TABLE, objectOf(102, 'FN', 'Twice')],
      columns: [ID, columnOf(101, 2, 'Double', { isComputed: true, isNullable: true })],
      texts: { 102: 'CREATE FUNCTION dbo.Twice(@n int) RETURNS int AS BEGIN RETURN @n * 2 END' },
      catalog: { computedText: () => '([dbo].[Twice]([Id]))' },
    })
    assert.deepEqual(
      statements(source).map((batch) => batch.slice(0, 15)),
      ['CREATE FUNCTION', 'CREATE TABLE [d'],
    )
  })

  it('makes views after the views they read, and cuts cycles', () => {
    const source = databaseOf({
      objects: [objectOf(101, 'V', 'A'), objectOf(102, 'V', 'B'), objectOf(103, 'V', 'C')],
      texts: {
        101: "CREATE VIEW A AS SELECT 'C' AS x /* [C] */ FROM [dbo].[B]",
        102: 'CREATE VIEW B AS SELECT 1 AS x FROM C',
        103: 'CREATE VIEW C AS SELECT 1 AS x FROM c',
      },
    })
    assert.deepEqual(
      statements(source).map((batch) => batch.slice(0, 13)),
      ['CREATE VIEW C', 'CREATE VIEW B', 'CREATE VIEW A'],
    )
  })

  it('gives a renamed or moved module its present name', () => {
    const source = databaseOf({
      objects: [objectOf(101, 'P', 'New'), objectOf(102, 'V', 'Same')],
      texts: {
        101: '-- CREATE PROC Old\ncreate or alter PROC [Old] AS SELECT 1',
        102: 'CREATE VIEW dbo."same" AS SELECT 1 AS x',
      },
    })
    assert.deepEqual(statements(source), [
      'CREATE VIEW dbo."same" AS SELECT 1 AS x',
      '-- CREATE PROC Old\ncreate or alter PROC [dbo].[New] /* was Old */ AS SELECT 1',
    ])
  })

  it('names encrypted modules in their place and in the header', () => {
    const source = databaseOf({ objects: [objectOf(101, 'P', 'Secret')], texts: { 101: null } })
    const reason = '[dbo].[Secret] is missing: it was made WITH ENCRYPTION'
    assert.deepEqual(statements(source), [`-- ${reason}`])
    assert.match(
      header(source),
      /Left out .*\n-- - \[dbo\]\.\[Secret\]: it was made WITH ENCRYPTION/,
    )
  })

  it('says that a type had a collation that no CREATE TYPE can give it', () => {
    const phone = {
      userTypeId: 257,
      name: 'Phone',
      schemaId: 1,
      systemTypeId: 167,
      type: { name: 'varchar', maxLength: 20, precision: 0, scale: 0, collationId: 0xf008 },
      isNullable: true,
      defaultObjectId: 0,
      ruleObjectId: 102,
    } as const
    const source = databaseOf({
      objects: [objectOf(102, 'R', 'digits')],
      texts: { 102: "CREATE RULE digits AS @v NOT LIKE '%[^0-9]%'" },
      catalog: { userTypes: [phone] },
    })
    assert.deepEqual(statements(source), [
      'CREATE TYPE [dbo].[Phone] FROM varchar(20) NULL',
      "CREATE RULE digits AS @v NOT LIKE '%[^0-9]%'",
      "EXEC sys.sp_bindrule N'[dbo].[digits]', N'[dbo].[Phone]'",
    ])
    assert.match(
      header(source),
      /the collation Latin1_General_CI_AI of the type \[dbo\]\.\[Phone\]/,
    )
  })

  it('makes table types, whose constraints have no names', () => {
    const userType = {
      userTypeId: 257,
      name: 'Ids',
      schemaId: 1,
      systemTypeId: 243,
      type: ID.type,
      isNullable: false,
      defaultObjectId: 0,
      ruleObjectId: 0,
    }
    const source = databaseOf({
      objects: [objectOf(101, 'TT', 'TT_Ids_1A2B', { schemaId: 4 })],
      columns: [ID],
      indexes: [
        indexOf(101, 1, 'PK_TT', { type: 'CLUSTERED', isPrimaryKey: true, isUnique: true }),
        indexOf(101, 2, 'I', { isUnique: true }),
      ],
      catalog: { userTypes: [userType] },
      details: { tableTypes: [{ userType, objectId: 101 }] },
    })
    assert.deepEqual(statements(source), [
      'CREATE TYPE [dbo].[Ids] AS TABLE (\n  [Id] int NOT NULL,\n  PRIMARY KEY CLUSTERED ([Id]),\n  INDEX [I] UNIQUE NONCLUSTERED ([Id])\n)',
    ])
  })

  it('leaves a graph’s own columns and indexes to the server', () => {
    const source = databaseOf({
      objects: [TABLE, objectOf(102, 'U', 'Knows')],
      columns: [
        columnOf(101, 1, 'graph_id_1A'),
        columnOf(101, 2, '$node_id_1A', { isComputed: true }),
        columnOf(101, 3, 'Name'),
        ...[1, 2, 3].map((columnId) => columnOf(102, columnId, `graph_${columnId}`)),
      ],
      indexes: [indexOf(101, 2, 'GRAPH_UNIQUE_INDEX_1A')],
      details: {
        columnMarks: (objectId, columnId) => (objectId === 102 || columnId < 3 ? ['graph'] : []),
      },
    })
    assert.deepEqual(statements(source), [
      'CREATE TABLE [dbo].[T] (\n  [Name] int NOT NULL\n) AS NODE',
      'CREATE TABLE [dbo].[Knows] AS EDGE',
    ])
  })

  it('makes synonyms before what reads them, and names those without a target', () => {
    const source = databaseOf({
      objects: [
        objectOf(101, 'V', 'Reader'),
        objectOf(102, 'SN', 'Alias'),
        objectOf(103, 'SN', 'Lost'),
      ],
      texts: { 101: 'CREATE VIEW Reader AS SELECT * FROM Alias' },
      details: { synonymTarget: (id) => (id === 102 ? '[other].[dbo].[T]' : undefined) },
    })
    assert.deepEqual(statements(source), [
      'CREATE SYNONYM [dbo].[Alias] FOR [other].[dbo].[T]',
      'CREATE VIEW Reader AS SELECT * FROM Alias',
    ])
    assert.match(header(source), /the synonym \[dbo\]\.\[Lost\]/)
  })

  it('disables triggers, and makes database triggers last of all', () => {
    const source = databaseOf({
      objects: [
        objectOf(103, 'TR', 'Ddl'),
        TABLE,
        objectOf(102, 'TR', 'Dml', { parentObjectId: 101, isDisabled: true }),
      ],
      columns: [ID],
      texts: {
        102: 'CREATE TRIGGER Dml ON T AFTER INSERT AS RETURN',
        103: 'CREATE TRIGGER Ddl ON DATABASE FOR CREATE_TABLE AS RETURN',
      },
      details: {
        permissions: [
          {
            class: 1,
            majorId: 101,
            minorId: 1,
            granteeId: 0,
            grantorId: 1,
            type: 'SL',
            state: 'W',
          },
        ],
      },
      catalog: { principals: [{ ...PUBLIC }] },
    })
    assert.deepEqual(statements(source).slice(1), [
      'CREATE TRIGGER Dml ON T AFTER INSERT AS RETURN',
      'DISABLE TRIGGER [dbo].[Dml] ON [dbo].[T]',
      'GRANT SELECT ON OBJECT::[dbo].[T] ([Id]) TO [public] WITH GRANT OPTION',
      'CREATE TRIGGER Ddl ON DATABASE FOR CREATE_TABLE AS RETURN',
    ])
  })

  it('changes the session’s settings for a module and back', () => {
    const source = databaseOf({
      objects: [
        objectOf(101, 'P', 'P', { usesAnsiNulls: false, usesQuotedIdentifier: false }),
        objectOf(102, 'TR', 'Ddl', { isDisabled: true }),
      ],
      texts: {
        101: 'CREATE PROC P AS RETURN',
        102: 'CREATE TRIGGER Ddl ON DATABASE FOR DROP_TABLE AS RETURN',
      },
    })
    assert.deepEqual(statements(source), [
      'SET ANSI_NULLS OFF\nSET QUOTED_IDENTIFIER OFF',
      'CREATE PROC P AS RETURN',
      'SET ANSI_NULLS ON\nSET QUOTED_IDENTIFIER ON',
      'CREATE TRIGGER Ddl ON DATABASE FOR DROP_TABLE AS RETURN',
      'DISABLE TRIGGER [Ddl] ON DATABASE',
    ])
  })

  it('makes temporal tables and links them with their history', () => {
    const source = databaseOf({
      objects: [TABLE, objectOf(102, 'U', 'History')],
      columns: [
        ID,
        columnOf(101, 2, 'From', { generatedAlways: 'ROW START', isHidden: true }),
        columnOf(101, 3, 'To', { generatedAlways: 'ROW END' }),
        columnOf(102, 1, 'Id'),
      ],
      details: { historyTable: () => 102 },
    })
    const batches = statements(source)
    assert.match(batches[0] ?? '', /\[From\] int GENERATED ALWAYS AS ROW START HIDDEN NOT NULL/)
    assert.match(batches[0] ?? '', /\n {2}PERIOD FOR SYSTEM_TIME \(\[From\], \[To\]\)\n/)
    assert.equal(
      batches.at(-1),
      'ALTER TABLE [dbo].[T] SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [dbo].[History]))',
    )
  })

  it('passes values of other types than nvarchar and int through a variable', () => {
    const type = { name: 'decimal', maxLength: 5, precision: 5, scale: 2, collationId: 0 } as const
    const source = databaseOf({
      catalog: {
        extendedProperties: [
          {
            class: 0,
            majorId: 0,
            minorId: 0,
            name: 'v',
            value: new SqlVariant(type, new Decimal(-150n, 2)),
          },
        ],
      },
    })
    assert.deepEqual(statements(source), [
      "DECLARE @value sql_variant\nSET @value = CAST(-1.50 AS decimal(5, 2))\nEXEC sys.sp_addextendedproperty @name = N'v', @value = @value",
    ])
  })

  it('makes users with the login of their name or none, roles, and schemas with their owners', () => {
    const user = { ...PUBLIC, principalId: 5, name: "O'Neill", type: 'S', defaultSchema: 'dbo' }
    const role = { ...PUBLIC, principalId: 6, name: 'readers' }
    const source = databaseOf({
      catalog: {
        principals: [PUBLIC, user, role],
        schemas: [{ schemaId: 5, name: 'sales', principalId: 5 }],
        roleMembers: [{ rolePrincipalId: 6, memberPrincipalId: 5 }],
      },
    })
    assert.deepEqual(statements(source), [
      [
        "IF SUSER_ID(N'O''Neill') IS NULL OR EXISTS (SELECT * FROM sys.database_principals WHERE sid = SUSER_SID(N'O''Neill'))",
        "  CREATE USER [O'Neill] WITHOUT LOGIN WITH DEFAULT_SCHEMA = [dbo]",
        'ELSE',
        "  CREATE USER [O'Neill] FOR LOGIN [O'Neill] WITH DEFAULT_SCHEMA = [dbo]",
      ].join('\n'),
      'CREATE ROLE [readers]',
      'CREATE SCHEMA [sales]',
      "EXEC sys.sp_addrolemember N'readers', N'O''Neill'",
      "ALTER AUTHORIZATION ON SCHEMA::[sales] TO [O'Neill]",
    ])
  })

  it('makes tables of memory on disk and leaves out what needs them', () => {
    const source = databaseOf({
      objects: [objectOf(101, 'U', 'T', { isMemoryOptimized: true }), objectOf(102, 'P', 'Native')],
      columns: [ID],
      indexes: [
        indexOf(101, 2, 'PK', { type: 'NONCLUSTERED HASH', isPrimaryKey: true, isUnique: true }),
      ],
      texts: {
        102: 'CREATE PROC Native WITH NATIVE_COMPILATION, SCHEMABINDING AS BEGIN ATOMIC WITH (x) END',
      },
    })
    assert.deepEqual(statements(source), [
      '-- memory-optimized\nCREATE TABLE [dbo].[T] (\n  [Id] int NOT NULL,\n  CONSTRAINT [PK] PRIMARY KEY NONCLUSTERED ([Id])\n)',
      '-- [dbo].[Native] is missing: it is natively compiled, for tables in memory',
    ])
    assert.match(
      header(source),
      /\[dbo\]\.\[T\] is memory-optimized, and the script makes it a table on disk/,
    )
  })

  it('names what it leaves out', () => {
    const source = databaseOf({
      objects: [objectOf(101, 'AF', 'Concatenate'), objectOf(102, 'SO', 'Numbers')],
      details: {
        assemblies: ['Clr'],
        fullTextIndexed: [101],
        otherEntities: [{ kind: 'certificate', name: 'C' }],
      },
    })
    assert.deepEqual(statements(source), ['CREATE SEQUENCE [dbo].[Numbers]'])
    assert.match(header(source), /\[dbo\]\.\[Concatenate\] \(object type AF\)/)
    assert.match(header(source), /the full-text index on \[dbo\]\.\[Concatenate\]/)
    assert.match(header(source), /the certificate \[C\]/)
    assert.match(header(source), /the assembly \[Clr\]/)
    assert.match(header(source), /bounds of the sequence \[dbo\]\.\[Numbers\]/)
  })
})

const PUBLIC = {
  principalId: 0,
  name: 'public',
  type: 'R',
  sid: new Uint8Array(0),
  defaultSchema: '',
  createDate: TABLE.createDate,
  modifyDate: TABLE.modifyDate,
}
