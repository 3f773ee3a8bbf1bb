import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseBatch } from '../../../../../src/sandbox/tsql/syntax/index.ts'

const T = { kind: 'table', name: { name: 't' } }

/** Text, and the statement with the fields that matter. */
const CHANGES: readonly (readonly [text: string, statement: object])[] = [
  [
    'INSERT INTO dbo.t (a, b) VALUES (1, 2), (3, (SELECT 4))',
    {
      kind: 'insert',
      target: { name: { schema: 'dbo', name: 't' } },
      columns: ['a', 'b'],
      source: {
        kind: 'values',
        rows: [
          [{}, {}],
          [{}, { kind: 'subquery' }],
        ],
      },
    },
  ],
  [
    'INSERT t SELECT a FROM u UNION SELECT 2',
    { kind: 'insert', target: T, columns: [], source: { kind: 'query' } },
  ],
  [
    'INSERT TOP (5) INTO t WITH (TABLOCK) (a) OUTPUT inserted.a INTO @o (SELECT 1)',
    {
      kind: 'insert',
      top: { percent: false },
      target: { hints: ['TABLOCK'] },
      columns: ['a'],
      output: { into: { target: { kind: 'table-variable', name: '@o' }, columns: [] } },
      source: { kind: 'query' },
    },
  ],
  [
    'INSERT INTO t EXEC p 1, 2',
    { kind: 'insert', source: { kind: 'execute', execute: { procedure: { name: 'p' } } } },
  ],
  ['INSERT INTO t DEFAULT VALUES', { kind: 'insert', source: { kind: 'default-values' } }],
  [
    'INSERT @t VALUES (DEFAULT)',
    {
      target: { kind: 'table-variable', name: '@t' },
      source: { rows: [[{ kind: 'literal', literalType: 'default' }]] },
    },
  ],
  [
    'UPDATE t SET a = CASE WHEN b = 1 THEN 2 ELSE 3 END, c += (SELECT 1) WHERE d = 1',
    {
      kind: 'update',
      target: T,
      set: [
        { column: ['a'], operator: '=', value: { kind: 'case' } },
        { column: ['c'], operator: '+=' },
      ],
      from: [],
      where: { kind: 'comparison' },
    },
  ],
  [
    'UPDATE TOP (1) x SET @v = x.a = 1, @w = 2 OUTPUT deleted.a FROM t x JOIN u ON 1=1',
    {
      kind: 'update',
      set: [{ variable: '@v', column: ['x', 'a'] }, { variable: '@w' }],
      output: { items: [{ kind: 'expression' }] },
      from: [{ kind: 'join' }],
    },
  ],
  [
    "UPDATE t SET a.WRITE(N'x', 0, NULL)",
    { set: [{ column: ['a'], write: { length: { literalType: 'null' } } }] },
  ],
  ['DELETE FROM t WHERE a IN (SELECT 1)', { kind: 'delete', target: T, where: { kind: 'in' } }],
  ['DELETE t OUTPUT deleted.*', { kind: 'delete', output: { items: [{ kind: 'star' }] } }],
  ['DELETE x FROM t x', { kind: 'delete', from: [{ alias: 'x' }] }],
  [
    ';WITH c AS (SELECT 1 a) DELETE FROM c',
    { kind: 'delete', with: [{ name: 'c' }], target: { name: { name: 'c' } } },
  ],
  ['TRUNCATE TABLE t', { kind: 'truncate', table: { name: 't' } }],
  ['SET IDENTITY_INSERT dbo.t ON', { kind: 'identity-insert', table: { name: 't' }, isOn: true }],
  [
    'MERGE t AS x USING u ON x.a = u.a WHEN MATCHED AND u.b > 0 THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1) WHEN NOT MATCHED BY SOURCE THEN DELETE OUTPUT $action;',
    {
      kind: 'merge',
      target: T,
      alias: 'x',
      clauses: [
        { when: 'matched', condition: { kind: 'comparison' }, action: { kind: 'update' } },
        { when: 'not-matched-by-target', action: { kind: 'insert', columns: ['a'] } },
        { when: 'not-matched-by-source', action: { kind: 'delete' } },
      ],
    },
  ],
]

describe('parseBatch, of statements that change rows', () => {
  for (const [text, statement] of CHANGES) {
    it(`reads ${text}`, () => {
      const parsed = parseBatch(`${text} SELECT 1`, { quotedIdentifier: true }).statements
      assert.equal(parsed.length, 2)
      assert.partialDeepStrictEqual(parsed[0], statement)
      assert.equal(parsed[1]?.kind, 'select-statement')
    })
  }
})
