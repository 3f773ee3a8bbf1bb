import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseBatch } from '../../../../../src/sandbox/tsql/syntax/index.ts'

function statementsOf(text: string) {
  return parseBatch(text, { quotedIdentifier: true }).statements
}

/** A definition and what of it matters, followed by another statement that is not part of it. */
const DEFINITIONS: readonly (readonly [text: string, node: object])[] = [
  [
    'CREATE TABLE #t (a int PRIMARY KEY, b int REFERENCES u(a) ON DELETE CASCADE)',
    {
      kind: 'create-table',
      name: { name: '#t' },
      elements: [
        { name: 'a', constraints: [{ constraint: { kind: 'primary-key', columns: [] } }] },
        { name: 'b', constraints: [{ constraint: { kind: 'foreign-key', onDelete: 'cascade' } }] },
      ],
    },
  ],
  [
    `CREATE TABLE [dbo].[Orders](
      [Id] [int] IDENTITY(1,1) NOT FOR REPLICATION NOT NULL,
      [Code] [nvarchar](50) COLLATE Latin1_General_CI_AS NULL,
      [Total]  AS ([Price]*[Quantity]) PERSISTED NOT NULL,
      [Created] datetime2 NOT NULL CONSTRAINT [DF_Created] DEFAULT (getdate()),
      CONSTRAINT [PK_Orders] PRIMARY KEY CLUSTERED ([Id] ASC, [Code] DESC)
        WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF, IGNORE_DUP_KEY = OFF, ALLOW_ROW_LOCKS = ON, FILLFACTOR = 80) ON [PRIMARY],
    ) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]`,
    {
      elements: [
        { name: 'Id', identity: { seed: '1', increment: '1' }, nullable: false },
        { name: 'Code', collation: 'Latin1_General_CI_AS', nullable: true },
        { name: 'Total', computed: { text: '([Price]*[Quantity])', isPersisted: true } },
        {
          name: 'Created',
          constraints: [
            { name: 'DF_Created', constraint: { kind: 'default', text: '(getdate())' } },
          ],
        },
        {
          kind: 'constraint',
          name: 'PK_Orders',
          constraint: {
            kind: 'primary-key',
            clustered: true,
            columns: [
              { name: 'Id', descending: false },
              { name: 'Code', descending: true },
            ],
          },
        },
      ],
    },
  ],
  [
    'CREATE TABLE t (a int DEFAULT 0 NOT NULL CHECK (a > 0 AND a < 9), timestamp, INDEX i UNIQUE (a) WHERE a > 1)',
    {
      elements: [
        {
          name: 'a',
          nullable: false,
          constraints: [
            { constraint: { kind: 'default', text: '0' } },
            { constraint: { kind: 'check', text: 'a > 0 AND a < 9' } },
          ],
        },
        { name: 'timestamp', type: { name: 'timestamp' } },
        { kind: 'index', name: 'i', unique: true, filterText: 'a > 1' },
      ],
    },
  ],
  [
    'CREATE UNIQUE CLUSTERED INDEX i ON t (a DESC) INCLUDE (b) WHERE a > 1 WITH (DROP_EXISTING = ON, ONLINE = ON (WAIT_AT_LOW_PRIORITY (MAX_DURATION = 1)))',
    {
      kind: 'create-index',
      dropExisting: true,
      index: { name: 'i', unique: true, clustered: true, include: ['b'], filterText: 'a > 1' },
    },
  ],
  [
    'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (a) ON DELETE SET NULL ON UPDATE CASCADE',
    {
      kind: 'alter-table',
      change: {
        kind: 'add',
        withCheck: true,
        elements: [{ name: 'f', constraint: { onDelete: 'set-null', onUpdate: 'cascade' } }],
      },
    },
  ],
  [
    'ALTER TABLE t WITH NOCHECK ADD a int NOT NULL DEFAULT 1 WITH VALUES, DEFAULT 2 FOR b',
    {
      change: {
        withCheck: false,
        elements: [
          { name: 'a', constraints: [{ constraint: { withValues: true } }] },
          { constraint: { kind: 'default', column: 'b' } },
        ],
      },
    },
  ],
  ['ALTER TABLE t ALTER COLUMN a bigint NOT NULL', { change: { kind: 'alter-column' } }],
  [
    'ALTER TABLE t DROP CONSTRAINT c, COLUMN IF EXISTS a, b',
    {
      change: {
        items: [
          { type: 'constraint', name: 'c' },
          { type: 'column', name: 'a', ifExists: true },
          { type: 'column', name: 'b' },
        ],
      },
    },
  ],
  ['ALTER TABLE t NOCHECK CONSTRAINT ALL', { change: { names: [], isEnabled: false } }],
  ['DISABLE TRIGGER r ON t', { change: { kind: 'switch-triggers', names: ['r'] } }],
  ['ALTER INDEX ALL ON t REBUILD WITH (ONLINE = OFF)', { kind: 'alter-index', action: 'rebuild' }],
  ['DROP INDEX IF EXISTS i ON t, t.j', { indexes: [{ name: 'i' }, { name: 'j' }] }],
  ['DROP TABLE IF EXISTS t, dbo.u', { kind: 'drop', type: 'table', ifExists: true }],
  ['DROP PROC p', { kind: 'drop', type: 'procedure' }],
  [
    'CREATE TYPE dbo.Name FROM nvarchar(50) NOT NULL',
    { definition: { kind: 'alias', nullable: false } },
  ],
  ['CREATE TYPE T AS TABLE (a int)', { definition: { elements: [{ name: 'a' }] } }],
  [
    'CREATE SEQUENCE s AS bigint START WITH -5 INCREMENT BY 2 NO MAXVALUE CYCLE CACHE 50',
    { kind: 'create-sequence', start: '-5', increment: '2', maximum: '', cycle: true },
  ],
  ['CREATE SYNONYM s FOR other.dbo.t', { target: { database: 'other', name: 't' } }],
  ['DECLARE @t TABLE (a int)', { kind: 'declare-table', name: '@t' }],
]

/** Clauses the sandbox does not have: refused by name, and only when the statement runs. */
const REFUSED: readonly (readonly [text: string, feature: string])[] = [
  ['CREATE TABLE t (a int) WITH (SYSTEM_VERSIONING = ON)', 'SYSTEM_VERSIONING'],
  ['CREATE TABLE t (a datetime2 GENERATED ALWAYS AS ROW START)', 'GENERATED'],
  ['CREATE TABLE t (a int) ON scheme (a)', 'PARTITION SCHEME'],
  ['ALTER TABLE t SWITCH TO u', 'SWITCH PARTITION'],
]

describe('parseBatch of definitions', () => {
  for (const [text, node] of DEFINITIONS) {
    it(`reads ${text.replaceAll(/\s+/g, ' ')}`, () => {
      const [definition, ...others] = statementsOf(`${text} PRINT 1`)
      assert.partialDeepStrictEqual(definition, node)
      assert.deepEqual(
        others.map(({ kind }) => kind),
        ['print'],
      )
    })
  }

  for (const [text, feature] of REFUSED) {
    it(`refuses ${feature} by name`, () => {
      assert.partialDeepStrictEqual(statementsOf(`${text}; PRINT 1`), [
        { kind: 'write', feature },
        { kind: 'print' },
      ])
    })
  }

  it('keeps the whole batch as the text of a module', () => {
    const text = '-- why\nCREATE PROC dbo.p AS SELECT 1 SELECT 2'
    assert.partialDeepStrictEqual(statementsOf(text.replace('CREATE', 'CREATE OR ALTER')), [
      { kind: 'module', action: 'create-or-alter', type: 'procedure', name: { name: 'p' }, text },
    ])
  })

  for (const [text, statement] of [
    ['SELECT 1 CREATE VIEW v AS SELECT 1 a', 'CREATE VIEW'],
    ['PRINT 1; ALTER PROC p AS RETURN', 'CREATE/ALTER PROCEDURE'],
    ['PRINT 1; CREATE SCHEMA s', 'CREATE SCHEMA'],
  ] as const) {
    it(`wants ${statement} first in its batch`, () => {
      assert.throws(() => statementsOf(text), {
        number: 111,
        message: `'${statement}' must be the first statement in a query batch.`,
      })
    })
  }
})
