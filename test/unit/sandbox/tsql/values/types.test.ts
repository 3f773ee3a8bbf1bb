import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import type { Literal } from '../../../../../src/sandbox/tsql/syntax/index.ts'
import {
  arithmetic,
  type BinaryOperator,
  commonType,
  compareValues,
  compileLike,
  convert,
  formatValue,
  hashKeyOf,
  literalOf,
  typeText,
} from '../../../../../src/sandbox/tsql/values/index.ts'
import { COLLATION, typeFromText } from './type-from-text.ts'

describe('resolveTypeName', () => {
  const names = [
    ['integer', 'int'],
    ['dec', 'decimal(18,0)'],
    ['numeric(10, 2)', 'numeric(10,2)'],
    ['character varying(7)', 'varchar(7)'],
    ['national char varying(7)', 'nvarchar(7)'],
    ['sysname', 'nvarchar(128)'],
    ['rowversion', 'timestamp'],
    ['double precision', 'float'],
    ['float(24)', 'real'],
    ['varchar', 'varchar(30)'],
    ['nvarchar(max)', 'nvarchar(max)'],
    ['datetime2', 'datetime2(7)'],
  ] as const
  for (const [written, type] of names) {
    it(`reads ${written} as ${type}`, () => assert.equal(typeText(typeFromText(written)), type))
  }

  const refused = [
    ['nonsense', 243],
    ['decimal(39, 0)', 2750],
    ['decimal(5, 6)', 192],
    ['varchar(8001)', 131],
    ['time(8)', 1002],
  ] as const
  for (const [written, number] of refused) {
    it(`refuses ${written} with ${number}`, () => {
      assert.throws(
        () => typeFromText(written),
        (error) => error instanceof SqlError && error.number === number,
      )
    })
  }
})

describe('literalOf', () => {
  const literals = [
    ['integer', '2147483647', 'int'],
    ['integer', '2147483648', 'numeric(10,0)'],
    ['decimal', '1.50', 'numeric(3,2)'],
    ['decimal', '0.5', 'numeric(1,1)'],
    ['float', '1e3', 'float'],
    ['money', '12.5', 'money'],
    ['string', 'abc', 'varchar(3)'],
    ['unicode-string', 'abc', 'nvarchar(3)'],
    ['string', '', 'varchar(1)'],
    ['binary', '0102', 'varbinary(2)'],
  ] as const
  for (const [literalType, text, type] of literals) {
    it(`gives ${literalType} ${text} the type ${type}`, () => {
      const literal: Literal = { kind: 'literal', literalType, text, line: 1 }
      assert.equal(typeText(literalOf(literal, COLLATION).type), type)
    })
  }
})

describe('commonType', () => {
  const unions = [
    ['int', 'bigint', 'bigint'],
    ['int', 'varchar(5)', 'int'],
    ['varchar(5)', 'nvarchar(3)', 'nvarchar(5)'],
    ['char(5)', 'char(9)', 'char(9)'],
    ['char(5)', 'varchar(2)', 'varchar(5)'],
    ['varchar(5)', 'varchar(max)', 'varchar(max)'],
    ['decimal(5,2)', 'decimal(6,4)', 'decimal(7,4)'],
    ['decimal(5,2)', 'int', 'decimal(12,2)'],
    ['decimal(38,0)', 'decimal(38,10)', 'decimal(38,0)'],
    ['date', 'datetime', 'datetime'],
    ['datetime', 'datetime2(3)', 'datetime2(3)'],
    ['money', 'float', 'float'],
  ] as const
  for (const [left, right, type] of unions) {
    it(`of ${left} and ${right} is ${type}`, () => {
      assert.equal(typeText(commonType([typeFromText(left), typeFromText(right)])), type)
    })
  }

  it('refuses types that have nothing in common', () => {
    assert.throws(() => commonType([typeFromText('date'), typeFromText('int')]), {
      number: 206,
      message: 'Operand type clash: int is incompatible with date',
    })
  })
})

describe('arithmetic', () => {
  const results: readonly (readonly [
    left: string,
    leftType: string,
    operator: BinaryOperator,
    right: string,
    rightType: string,
    result: string,
    resultType: string,
  ])[] = [
    ['7', 'int', '/', '2', 'int', '3', 'int'],
    ['-7', 'int', '/', '2', 'int', '-3', 'int'],
    ['-7', 'int', '%', '3', 'int', '-1', 'int'],
    ['1', 'decimal(10,2)', '/', '3', 'int', '0.3333333333333', 'numeric(21,13)'],
    ['1.5', 'decimal(5,2)', '*', '1.25', 'decimal(5,2)', '1.8750', 'numeric(11,4)'],
    ['1.5', 'decimal(5,2)', '+', '1.25', 'decimal(5,3)', '2.750', 'numeric(7,3)'],
    ['1', 'money', '/', '3', 'money', '0.33', 'money'],
    ['5', 'int', '&', '3', 'int', '1', 'int'],
    ['5', 'int', '^', '3', 'int', '6', 'int'],
    ['a', 'varchar(3)', '+', 'b', 'nvarchar(4)', 'ab', 'nvarchar(7)'],
    ['5', 'varchar(3)', '+', '2', 'int', '7', 'int'],
    ['2020-01-01', 'datetime', '+', '1', 'int', 'Jan  2 2020 12:00AM', 'datetime'],
  ]
  for (const [left, leftType, operator, right, rightType, result, resultType] of results) {
    it(`${leftType} ${left} ${operator} ${rightType} ${right} is ${result}`, () => {
      const types = [typeFromText(leftType), typeFromText(rightType)] as const
      const text = typeFromText('varchar(max)')
      const operation = arithmetic(operator, ...types)
      const value = operation.evaluate(
        convert(left, text, types[0]),
        convert(right, text, types[1]),
      )
      assert.equal(typeText(operation.type).replace('decimal', 'numeric'), resultType)
      assert.equal(formatValue(value, operation.type), result)
    })
  }

  it('reports overflow and division by zero as SQL Server does', () => {
    const int = typeFromText('int')
    assert.throws(() => arithmetic('+', int, int).evaluate(2_147_483_647, 1), {
      number: 8115,
      message: 'Arithmetic overflow error converting expression to data type int.',
    })
    assert.throws(() => arithmetic('/', int, int).evaluate(1, 0), {
      number: 8134,
      message: 'Divide by zero error encountered.',
    })
  })
})

describe('compareValues and hashKeyOf', () => {
  const nvarchar = typeFromText('nvarchar(20)')
  const pairs = [
    ['abc', 'ABC  ', 0],
    ['abc', 'abd', -1],
    ['a', 'ä', -1],
    ['ß', 'ss', 0],
    ['2', '10', 1],
  ] as const
  for (const [left, right, order] of pairs) {
    it(`orders '${left}' and '${right}'`, () => {
      assert.equal(Math.sign(compareValues(left, right, nvarchar)), order)
      assert.equal(Math.sign(compareValues(right, left, nvarchar)), -order || 0)
      assert.equal(hashKeyOf(left, nvarchar) === hashKeyOf(right, nvarchar), order === 0)
    })
  }

  it('orders uniqueidentifiers by their last six bytes first', () => {
    const low = 'FFFFFFFF-FFFF-FFFF-FFFF-000000000001'
    const high = '00000000-0000-0000-0000-000000000002'
    assert.ok(compareValues(low, high, typeFromText('uniqueidentifier')) < 0)
  })
})

describe('compileLike', () => {
  const matches = [
    ['abc', 'A%', true],
    ['abc', '_b_', true],
    ['abc', '[a-c]bc', true],
    ['abc', '[^a-c]bc', false],
    ['a%c', 'a[%]c', true],
    ['abc', 'a[%]c', false],
    ['10%', '10!%', true],
    ['', '%', true],
    ['abc', '', false],
  ] as const
  for (const [text, pattern, result] of matches) {
    it(`'${text}' LIKE '${pattern}' is ${result}`, () => {
      assert.equal(compileLike(pattern, '!', COLLATION)(text), result)
    })
  }

  it('takes no exponential time', () => {
    const matcher = compileLike(`${'%a'.repeat(30)}%b`, undefined, COLLATION)
    const start = performance.now()
    assert.equal(matcher('a'.repeat(5000)), false)
    assert.ok(performance.now() - start < 1000)
  })
})
