import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import { callFunction } from './call-function.ts'

/** [call, text] or [call, text, type] */
const CALLS: readonly (readonly [call: string, text: string, type?: string])[] = [
  ["LEN('abc  ')", '3', 'int'],
  ["LEN('  abc')", '5'],
  ["LEN('')", '0'],
  ['LEN(NULL)', 'NULL'],
  ["LEN(N'\u{1F600}')", '2'],
  ["DATALENGTH('abc ')", '4', 'int'],
  ["DATALENGTH(N'abc')", '6'],
  ['DATALENGTH(12)', '4'],
  ['DATALENGTH(1.5)', '5'],
  ["LEFT('abcdef', 2)", 'ab', 'varchar(2)'],
  ["LEFT('ab', 5)", 'ab', 'varchar(2)'],
  ['LEFT(12345, 2)', '12'],
  ["RIGHT(N'abcdef', 2)", 'ef', 'nvarchar(2)'],
  ["RIGHT('abc', 0)", ''],
  ["SUBSTRING('abcdef', 2, 3)", 'bcd', 'varchar(3)'],
  ["SUBSTRING('abcdef', 0, 3)", 'ab'],
  ["SUBSTRING('abcdef', 5, 100)", 'ef'],
  ["SUBSTRING('abcdef', 9, 1)", ''],
  ['SUBSTRING(0x010203, 2, 1)', '0x02', 'varbinary(1)'],
  ["UPPER('aé')", 'AÉ'],
  ["LOWER('ABC')", 'abc'],
  ["REVERSE('abc')", 'cba'],
  ["REPLICATE('ab', 3)", 'ababab', 'varchar(6)'],
  ["REPLICATE('ab', -1)", 'NULL'],
  ['SPACE(3)', '   '],
  ["STUFF('abcdef', 2, 3, 'ijklmn')", 'aijklmnef'],
  ["STUFF('abc', 4, 1, 'x')", 'NULL'],
  ["STUFF('abc', 2, 1, NULL)", 'ac'],
  ['STR(123.45, 6, 1)', ' 123.5', 'varchar(6)'],
  ['STR(123.45, 2, 2)', '**'],
  ['STR(5)', '         5'],
  ['CHAR(65)', 'A', 'char(1)'],
  ['CHAR(128)', '€'],
  ['CHAR(256)', 'NULL'],
  ['NCHAR(8364)', '€', 'nchar(1)'],
  ["ASCII('A')", '65'],
  ["ASCII('')", 'NULL'],
  ["UNICODE(N'Å')", '197'],
  ["CHARINDEX('BC', 'abcd')", '2', 'int'],
  ["CHARINDEX('a', 'banana', 3)", '4'],
  ["CHARINDEX('', 'abc')", '0'],
  ["CHARINDEX('x', 'abc')", '0'],
  ["PATINDEX('%[0-9]%', 'ab1c2')", '3'],
  ["PATINDEX('b%', 'abc')", '0'],
  ["PATINDEX('%ter%', 'interesting data')", '3'],
  ["REPLACE('abcdefghicde', 'CDE', 'xxx')", 'abxxxfghixxx', 'varchar(8000)'],
  ["REPLACE(N'äÄa', 'ä', 'x')", 'xxa', 'nvarchar(4000)'],
  ["REPLACE('abc', '', 'x')", 'abc'],
  ["TRANSLATE('2*[3+4]/{7-2}', '[]{}', '()()')", '2*(3+4)/(7-2)'],
  ["LTRIM('  a ')", 'a '],
  ["RTRIM('  a ')", '  a'],
  ["LTRIM('123abc.', '123abc')", '.'],
  ["TRIM('  a ')", 'a'],
  ["TRIM(BOTH:'.,! ', '     #     test    .')", '#     test'],
  ["TRIM(LEADING:'.', '..a..')", 'a..'],
  ["CONCAT('a', NULL, 1)", 'a1'],
  ["CONCAT('Happy ', 'Birthday ', 11, '/', '25')", 'Happy Birthday 11/25'],
  ["CONCAT_WS(',', 'a', NULL, 'b')", 'a,b'],
  ["QUOTENAME('abc[]def')", '[abc[]]def]', 'nvarchar(258)'],
  ["QUOTENAME('a''b', '''')", "'a''b'"],
  ["QUOTENAME('a', 'x')", 'NULL'],
  ["SOUNDEX('Smith')", 'S530', 'varchar(4)'],
  ["SOUNDEX('Smythe')", 'S530'],
  ["SOUNDEX('Robert')", 'R163'],
  ["DIFFERENCE('Smithers', 'Smythers')", '4'],
  ["STRING_ESCAPE('\\ / \"', 'json')", '\\\\ \\/ \\"'],
]

const ERRORS: readonly (readonly [call: string, number: number, message: string])[] = [
  ["LEFT('a', -1)", 537, 'Invalid length parameter passed to the LEFT or SUBSTRING function.'],
  ["RIGHT('a', -1)", 536, 'Invalid length parameter passed to the right function.'],
  [
    "TRANSLATE('a', 'ab', 'x')",
    9828,
    'The second and third arguments of the TRANSLATE built-in function must contain an equal number of characters.',
  ],
]

describe('findScalarFunction: string functions', () => {
  for (const [call, text, type] of CALLS) {
    it(`${call} is ${text}`, () => {
      const result = callFunction(call)
      assert.equal(result.text, text)
      if (type !== undefined) assert.equal(result.type, type)
    })
  }

  for (const [call, number, message] of ERRORS) {
    it(`${call} is error ${number}`, () => {
      assert.throws(() => callFunction(call), { name: SqlError.prototype.name, number, message })
    })
  }
})
