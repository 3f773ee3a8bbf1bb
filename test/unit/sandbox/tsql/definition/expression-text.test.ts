import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { expressionText } from '../../../../../src/sandbox/tsql/definition/index.ts'
import { parseExpression } from '../../../../../src/sandbox/tsql/index.ts'

/** As sys.default_constraints, sys.check_constraints and sys.computed_columns of SQL Server have them. */
const TEXTS: Readonly<Record<string, string>> = {
  '0': '(0)',
  '((0))': '(0)',
  '-1': '(-1)',
  "N'it''s'": "N'it''s'",
  NULL: 'NULL',
  'GETDATE()': 'getdate()',
  CURRENT_TIMESTAMP: 'getdate()',
  'DateAdd(DAY, 1, GetDate())': 'dateadd(day,(1),getdate())',
  'dbo.Next(a)': '[dbo].[Next]([a])',
  'Price * (Quantity + 1)': '[Price]*([Quantity]+(1))',
  'a - (b - c)': '[a]-([b]-[c])',
  'CAST(a AS decimal(10, 2))': 'CONVERT([decimal](10,2),[a])',
  "CASE WHEN a > 1 THEN 'x' ELSE 'y' END": "case when [a]>(1) then 'x' else 'y' end",
  'a > 0 AND (b < 5 OR c IS NULL)': '[a]>(0) AND ([b]<(5) OR [c] IS NULL)',
  'a BETWEEN 1 AND 10': '[a]>=(1) AND [a]<=(10)',
  "a IN ('x', 'y')": "[a]='y' OR [a]='x'",
  "a LIKE '%@%' AND b IN (1, 2)": "[a] like '%@%' AND ([b]=(2) OR [b]=(1))",
  'NOT a IS NOT NULL': 'NOT [a] IS NOT NULL',
}

describe('expressionText', () => {
  for (const [written, kept] of Object.entries(TEXTS)) {
    it(`keeps ${written} as ${kept}`, () => {
      assert.equal(expressionText(parseExpression(written)), kept)
      assert.equal(expressionText(parseExpression(kept)), kept)
    })
  }

  it('knows no other form of what it cannot print', () => {
    assert.equal(expressionText(parseExpression('EXISTS (SELECT 1)')), undefined)
  })
})
