import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('expressions', () => {
  itAnswers(shopHost, {
    "SELECT CASE City WHEN N'Oslo' THEN 'o' ELSE '-' END FROM Customers": [
      ['o'],
      ['-'],
      ['-'],
      ['o'],
    ],
    'SELECT CASE WHEN Id > 3 THEN 1 END FROM Customers': [[null], [null], [null], [1]],
    "SELECT IIF(1 > 2, 'a', 'b'), CHOOSE(2, 'x', 'y'), CHOOSE(9, 'x'), NULLIF(1, 1), NULLIF(1, 2)":
      [['b', 'y', null, null, 1]],
    'SELECT COALESCE(City, Name) FROM Customers WHERE Id = 2': [['Bob']],
    // ISNULL takes the first argument's type, COALESCE the common one.
    "SELECT ISNULL(CAST(NULL AS varchar(2)), 'abcdef'), COALESCE(CAST(NULL AS varchar(2)), 'abcdef')":
      [['ab', 'abcdef']],
    'SELECT COALESCE(NULL, 1 / NULLIF(1, 0), 1 / 0)': [[1]],
    'SELECT CASE WHEN 1 = 1 THEN 1 ELSE 1 / 0 END': [[1]],
    'SELECT 7 / 2, 7 % 2, -7 / 2, 7 / 2.0': [[3, 1, -3, '3.500000']],
    "SELECT 'a' + 'b', 1 + '2', '1' + 2": [['ab', 3, 3]],
    'SELECT NULL + 1, -NULL': [[null, null]],
    'SELECT 6 & 3, 6 | 3, 6 ^ 3, ~6': [[2, 7, 5, -7]],
    "SELECT CAST('12' AS int) + 1, CONVERT(varchar(3), 12345678901)": 8115,
    "SELECT TRY_CAST('x' AS int), TRY_CONVERT(int, '5')": [[null, 5]],
    "SELECT 1 WHERE 'a' = 'A' COLLATE Latin1_General_CI_AS": [[1]],
    "SELECT 1 WHERE 'a' = 'A' COLLATE Latin1_General_CS_AS": [],
    "SELECT 1 WHERE 'a ' = 'a'": [[1]],
    'SELECT 1 WHERE NULL = NULL': [],
    'SELECT 1 WHERE NOT (NULL = 1)': [],
    'SELECT 1 WHERE NULL = 1 OR 1 = 1': [[1]],
    'SELECT 1 WHERE 1 = 1 AND NULL IS NULL': [[1]],
    "SELECT UPPER('abc'), LEN('abc  '), SUBSTRING('hello', 2, 3)": [['ABC', 3, 'ell']],
    'SELECT CASE WHEN 1 = 1 THEN NULL END': 8133,
    'SELECT COALESCE(NULL, NULL)': 4127,
    'SELECT NULLIF(NULL, 1)': 4151,
    'SELECT 1 / 0': 8134,
    "SELECT CAST('x' AS int)": 245,
    "SELECT CAST('2020-13-01' AS datetime)": 242,
    'SELECT CAST(1 AS date)': 529,
    'SELECT nosuch(1)': 195,
    'SELECT dbo.nosuch(1)': 4121,
    "SELECT UPPER('a', 'b')": 174,
    'SELECT ROUND(1)': 189,
    "SELECT 'a' COLLATE Nowhere_CI_AS": 448,
    "SELECT 1 WHERE 'a' COLLATE Latin1_General_CI_AS = 'a' COLLATE Latin1_General_CS_AS": 468,
    'SELECT 1 COLLATE Latin1_General_CI_AS': 447,
    'SELECT Id FROM Notes WHERE Body = Body': 402,
    "SELECT 1 WHERE 'a' LIKE 'a' ESCAPE 'xy'": 506,
    'SELECT @missing': 137,
    'SELECT @@missing': 137,
  })
})
