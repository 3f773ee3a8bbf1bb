import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { callFunction } from './call-function.ts'

const CALLS: readonly (readonly [call: string, text: string, type?: string])[] = [
  ['ABS(-5)', '5', 'int'],
  ['ABS(-1.25)', '1.25', 'numeric(3,2)'],
  ['SIGN(-3)', '-1'],
  ['CEILING(123.45)', '124', 'numeric(5,0)'],
  ['CEILING(-123.45)', '-123'],
  ['FLOOR(-123.45)', '-124'],
  ['ROUND(123.9994, 3)', '123.9990'],
  ['ROUND(748.58, -1)', '750.00'],
  ['ROUND(150.75, 0, 1)', '150.00'],
  ['ROUND(-2.5, 0)', '-3.0'],
  ['POWER(2, 10)', '1024', 'int'],
  ['SQRT(16)', '4', 'float'],
  ['SQUARE(3)', '9'],
  ['EXP(0)', '1'],
  ['LOG(1)', '0'],
  ['LOG(8, 2)', '3'],
  ['LOG10(1000)', '3'],
  ['ATN2(0, 1)', '0'],
  ['PI()', '3.14159'],
  ["DATEADD(day:1, '2020-02-28')", 'Feb 29 2020 12:00AM', 'datetime'],
  ["DATEADD(month:1, '2020-01-31')", 'Feb 29 2020 12:00AM'],
  ["DATEADD(yy:-1, '2020-02-29')", 'Feb 28 2019 12:00AM'],
  ["DATEDIFF(day:'2020-01-01', '2020-03-01')", '60', 'int'],
  ["DATEDIFF(year:'2005-12-31 23:59:59.9999999', '2006-01-01')", '1'],
  ["DATEDIFF(week:'2020-01-04', '2020-01-05')", '1'],
  ["DATEDIFF_BIG(ms:'2000-01-01', '2020-01-01')", '631152000000', 'bigint'],
  ["DATEPART(weekday:'2020-01-01')", '4'],
  ["DATEPART(iso_week:'2021-01-03')", '53'],
  ["DATEPART(quarter:'2020-05-01')", '2'],
  ["DATEPART(dayofyear:'2020-12-31')", '366'],
  ["DATENAME(month:'2020-05-01')", 'May'],
  ["DATENAME(weekday:'2020-01-01')", 'Wednesday'],
  ["YEAR('2020-05-07')", '2020', 'int'],
  ["MONTH('2020-05-07')", '5'],
  ["DAY('2020-05-07')", '7'],
  ["EOMONTH('2020-02-03')", '2020-02-29', 'date'],
  ["EOMONTH('2020-01-31', 1)", '2020-02-29'],
  ['DATEFROMPARTS(2010, 12, 31)', '2010-12-31', 'date'],
  ['TIMEFROMPARTS(23, 59, 59, 5, 1)', '23:59:59.5', 'time(1)'],
  ["ISDATE('2020-02-30')", '0'],
  ["ISDATE('2020-02-29')", '1'],
  ["SWITCHOFFSET('2020-01-01 00:00:00 +00:00', '-08:00')", '2019-12-31 16:00:00.0000000 -08:00'],
]

const ERRORS: readonly (readonly [call: string, number: number])[] = [
  ['SQRT(-1)', 3623],
  ['LOG(0)', 3623],
  ['POWER(2, 31)', 232],
  ['DATEFROMPARTS(2010, 13, 1)', 289],
  ["DATEADD(year:9999, '2020-01-01')", 517],
  ["DATEDIFF(ms:'2000-01-01', '2020-01-01')", 535],
]

describe('findScalarFunction: mathematical and date functions', () => {
  for (const [call, text, type] of CALLS) {
    it(`${call} is ${text}`, () => {
      const result = callFunction(call)
      assert.equal(result.text, text)
      if (type !== undefined) assert.equal(result.type, type)
    })
  }

  for (const [call, number] of ERRORS) {
    it(`${call} is error ${number}`, () => {
      assert.throws(() => callFunction(call), { name: 'SqlError', number })
    })
  }
})
