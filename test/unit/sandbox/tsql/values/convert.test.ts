import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlVariant } from '../../../../../src/mdf/index.ts'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import { convert, formatValue, tryConvert } from '../../../../../src/sandbox/tsql/values/index.ts'
import { typeFromText } from './type-from-text.ts'

/** The text first becomes a value of `from`, then of `to`; `style` is CONVERT's for the second step. */
function converted(text: string, from: string, to: string, style?: number): string {
  const source = typeFromText(from)
  const target = typeFromText(to)
  const isBinary = /binary/.test(from)
  const value = convert(text, typeFromText('nvarchar(max)'), source, {
    explicit: true,
    ...(isBinary ? { style: 1 } : {}),
  })
  const options = style === undefined ? {} : { style }
  return formatValue(convert(value, source, target, { explicit: true, ...options }), target)
}

const CONVERSIONS: readonly (readonly [
  text: string,
  from: string,
  to: string,
  result: string,
  style?: number,
])[] = [
  ['12', 'varchar(5)', 'int', '12'],
  [' -12 ', 'varchar(5)', 'int', '-12'],
  ['', 'varchar(5)', 'int', '0'],
  ['true', 'varchar(5)', 'bit', '1'],
  ['2', 'int', 'bit', '1'],
  ['12.345', 'varchar(9)', 'decimal(5,2)', '12.35'],
  ['-12.345', 'varchar(9)', 'decimal(5,2)', '-12.35'],
  ['10.6496', 'decimal(9,4)', 'int', '10'],
  ['-10.6496', 'decimal(9,4)', 'int', '-10'],
  ['10.6496', 'money', 'int', '11'],
  ['10.3496847', 'decimal(9,7)', 'money', '10.35'],
  ['1e2', 'varchar(5)', 'float', '100'],
  ['$1,234.5678', 'varchar(20)', 'money', '1234.57'],
  ['1234567.8956', 'money', 'varchar(20)', '1234567.90'],
  ['1234567.8956', 'money', 'varchar(20)', '1,234,567.90', 1],
  ['1234567.8956', 'money', 'varchar(20)', '1234567.8956', 2],
  ['1000000', 'float', 'varchar(20)', '1e+006'],
  ['0.1', 'float', 'varchar(20)', '0.1'],
  ['1.5', 'float', 'varchar(30)', '1.5000000e+000', 1],
  ['1.5', 'float', 'varchar(30)', '1.500000000000000e+000', 2],
  ['12345', 'int', 'varchar(3)', '*'],
  ['hello', 'varchar(9)', 'varchar(3)', 'hel'],
  ['ab', 'varchar(9)', 'char(4)', 'ab  '],
  ['a€漢', 'nvarchar(9)', 'varchar(9)', 'a€?'],
  ['2020-01-31', 'varchar(20)', 'datetime', 'Jan 31 2020 12:00AM'],
  ['', 'varchar(20)', 'datetime', 'Jan  1 1900 12:00AM'],
  ['20200131 13:14:15.998', 'varchar(30)', 'datetime', 'Jan 31 2020  1:14PM'],
  ['Jan 5, 2001 3 PM', 'varchar(30)', 'datetime2(0)', '2001-01-05 15:00:00'],
  ['5-Feb-49', 'varchar(30)', 'date', '2049-02-05'],
  ['12/31/50', 'varchar(30)', 'date', '1950-12-31'],
  ['2020-02-28T23:59:59.9999999', 'varchar(30)', 'datetime2(3)', '2020-02-29 00:00:00.000'],
  ['12:30', 'varchar(30)', 'time(0)', '12:30:00'],
  ['2020-01-01 10:20 +02:00', 'varchar(30)', 'datetimeoffset(0)', '2020-01-01 10:20:00 +02:00'],
  ['2007-05-08 12:35:29.998', 'datetime2(3)', 'smalldatetime', 'May  8 2007 12:35PM'],
  ['2007-05-08 12:35:30', 'datetime2(0)', 'smalldatetime', 'May  8 2007 12:36PM'],
  ['43000', 'int', 'datetime', 'Sep 24 2017 12:00AM'],
  ['2020-01-31 13:14:15.997', 'datetime', 'varchar(30)', '01/31/2020', 101],
  ['2020-01-31 13:14:15.997', 'datetime', 'varchar(30)', '31.01.20', 4],
  ['2020-01-31 13:14:15.997', 'datetime', 'varchar(30)', '20200131', 112],
  ['2020-01-31 13:14:15.997', 'datetime', 'varchar(30)', '13:14:15:997', 114],
  ['2020-01-31 13:14:15.997', 'datetime', 'varchar(30)', '2020-01-31 13:14:15', 120],
  ['2020-01-31 13:14:15.997', 'datetime', 'varchar(30)', '2020-01-31 13:14:15.997', 121],
  ['2020-01-31 13:14:15', 'datetime', 'varchar(30)', '2020-01-31T13:14:15', 126],
  ['2006-12-31 01:02:03.457', 'datetime', 'varchar(30)', '10/12/1427  1:02:03:457AM', 131],
  ['31/01/2020', 'varchar(30)', 'date', '2020-01-31', 103],
  ['5', 'int', 'varbinary(4)', '0x00000005'],
  ['5', 'int', 'binary(2)', '0x0005'],
  ['0x0102', 'varbinary(9)', 'int', '258'],
  ['0x41', 'varbinary(9)', 'varchar(9)', 'A'],
  ['0x41AB', 'varbinary(9)', 'varchar(9)', '0x41AB', 1],
  ['0x41AB', 'varbinary(9)', 'varchar(9)', '41AB', 2],
  ['123.45', 'decimal(10,2)', 'varbinary(20)', '0x0A02000139300000'],
  [
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    'varchar(36)',
    'uniqueidentifier',
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  ],
  [
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    'uniqueidentifier',
    'varbinary(16)',
    '0xFF19966F868B11D0B42D00C04FC964FF',
  ],
]

const FAILURES: readonly (readonly [
  text: string,
  from: string,
  to: string,
  number: number,
  message: string,
])[] = [
  [
    'abc',
    'varchar(9)',
    'int',
    245,
    "Conversion failed when converting the varchar value 'abc' to data type int.",
  ],
  [
    '99999999999',
    'varchar(20)',
    'int',
    248,
    "The conversion of the varchar value '99999999999' overflowed an int column.",
  ],
  [
    '300',
    'varchar(9)',
    'tinyint',
    244,
    "The conversion of the varchar value '300' overflowed an INT1 column. Use a larger integer column.",
  ],
  ['300', 'int', 'tinyint', 220, 'Arithmetic overflow error for data type tinyint, value = 300.'],
  [
    '3000000000',
    'bigint',
    'int',
    8115,
    'Arithmetic overflow error converting expression to data type int.',
  ],
  ['x', 'varchar(9)', 'decimal(5,2)', 8114, 'Error converting data type varchar to numeric.'],
  [
    '1234.5',
    'varchar(9)',
    'decimal(5,2)',
    8115,
    'Arithmetic overflow error converting varchar to data type numeric.',
  ],
  ['x', 'varchar(9)', 'float', 8114, 'Error converting data type varchar to float.'],
  [
    'x',
    'varchar(9)',
    'money',
    235,
    'Cannot convert a char value to money. The value has incorrect syntax.',
  ],
  [
    'x',
    'varchar(9)',
    'datetime',
    241,
    'Conversion failed when converting date and/or time from character string.',
  ],
  [
    '2020-02-30',
    'varchar(10)',
    'datetime',
    242,
    'The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.',
  ],
  [
    '0001-01-01',
    'datetime2(7)',
    'datetime',
    242,
    'The conversion of a datetime2 data type to a datetime data type resulted in an out-of-range value.',
  ],
  [
    'x',
    'varchar(9)',
    'uniqueidentifier',
    8169,
    'Conversion failed when converting from a character string to uniqueidentifier.',
  ],
  [
    '2020-01-01',
    'date',
    'int',
    529,
    'Explicit conversion from data type date to int is not allowed.',
  ],
  [
    '123456',
    'decimal(9,0)',
    'varchar(3)',
    8115,
    'Arithmetic overflow error converting numeric to data type varchar.',
  ],
]

describe('convert', () => {
  for (const [text, from, to, result, style] of CONVERSIONS) {
    it(`gives ${result} for ${from} '${text}' as ${to}${style === undefined ? '' : `, ${style}`}`, () => {
      assert.equal(converted(text, from, to, style), result)
    })
  }

  for (const [text, from, to, number, message] of FAILURES) {
    it(`fails with ${number} for ${from} '${text}' as ${to}`, () => {
      assert.throws(() => converted(text, from, to), { name: 'SqlError', number, message })
    })
  }

  it('refuses unasked what only CAST may do', () => {
    assert.throws(() => convert('a', typeFromText('varchar(1)'), typeFromText('varbinary(1)')), {
      number: 257,
      message:
        'Implicit conversion from data type varchar to varbinary is not allowed. Use the CONVERT function to run this query.',
    })
  })

  it('reads day before month when DATEFORMAT says so', () => {
    const value = convert('01/02/2020', typeFromText('varchar(10)'), typeFromText('date'), {
      dateFormat: 'dmy',
    })
    assert.equal(formatValue(value, typeFromText('date')), '2020-02-01')
  })

  it('keeps the type of what becomes a sql_variant', () => {
    const int = typeFromText('int')
    const variant = convert(7, int, typeFromText('sql_variant'))
    assert.ok(variant instanceof SqlVariant)
    assert.equal(variant.type.name, 'int')
    assert.equal(convert(variant, typeFromText('sql_variant'), int, { explicit: true }), 7)
  })
})

describe('tryConvert', () => {
  it('gives NULL for a value that does not convert', () => {
    assert.equal(tryConvert('x', typeFromText('varchar(1)'), typeFromText('int')), null)
  })

  it('still refuses types that never convert', () => {
    const date = convert('2020-01-01', typeFromText('varchar(10)'), typeFromText('date'))
    assert.throws(
      () => tryConvert(date, typeFromText('date'), typeFromText('int')),
      (error) => error instanceof SqlError && error.number === 529,
    )
  })
})
