import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('FOR XML', () => {
  itAnswers(shopHost, {
    'SELECT Id, City FROM Customers WHERE Id < 3 FOR XML RAW': [
      ['<row Id="1" City="Oslo"/><row Id="2"/>'],
    ],
    "SELECT Id, City FROM Customers WHERE Id < 3 FOR XML RAW('c'), ELEMENTS, ROOT('all')": [
      ['<all><c><Id>1</Id><City>Oslo</City></c><c><Id>2</Id></c></all>'],
    ],
    'SELECT Id FROM Customers c WHERE Id = 1 FOR XML AUTO': [['<c Id="1"/>']],
    "SELECT Id AS '@id', Name AS 'n/first', City AS 'n/city' FROM Customers WHERE Id = 1 FOR XML PATH('c')":
      [['<c id="1"><n><first>Ann</first><city>Oslo</city></n></c>']],
    "SELECT STUFF((SELECT ',' + Name FROM Customers FOR XML PATH('')), 1, 1, '')": [
      ['Ann,Bob,Cid,Dan'],
    ],
    "SELECT '<&>' AS a FOR XML PATH(''), TYPE": [['<a>&lt;&amp;&gt;</a>']],
    "SELECT 1 AS a, (SELECT 2 AS b FOR XML PATH('i'), TYPE) FOR XML PATH('o')": [
      ['<o><a>1</a><i><b>2</b></i></o>'],
    ],
    "SELECT Id FROM Empty FOR XML RAW, ROOT('r')": [['<r/>']],
    'SELECT Id FROM Empty FOR XML RAW': [],
    'SELECT 1 FOR XML RAW': 6809,
    "SELECT 1 AS '@a' FOR XML PATH('')": 6864,
  })
})

describe('FOR JSON', () => {
  itAnswers(shopHost, {
    'SELECT Id, City FROM Customers WHERE Id < 3 FOR JSON PATH': [
      ['[{"Id":1,"City":"Oslo"},{"Id":2}]'],
    ],
    "SELECT Id, City AS 'a.b' FROM Customers WHERE Id = 2 FOR JSON PATH, INCLUDE_NULL_VALUES, ROOT('r')":
      [['{"r":[{"Id":2,"a":{"b":null}}]}']],
    "SELECT 1 AS n, CAST(1 AS bit) AS b, 1.50 AS d, N'a\"/' AS s FOR JSON PATH, WITHOUT_ARRAY_WRAPPER":
      [['{"n":1,"b":true,"d":1.50,"s":"a\\"\\/"}']],
    'SELECT Id, (SELECT o.Id FROM Orders o WHERE o.CustomerId = c.Id FOR JSON PATH) AS orders FROM Customers c WHERE Id < 3 FOR JSON PATH':
      [['[{"Id":1,"orders":[{"Id":10},{"Id":11}]},{"Id":2}]']],
    'SELECT 1 FOR JSON PATH': 13605,
    "SELECT 1 AS a, 2 AS 'a.b' FOR JSON PATH": 13601,
  })
})

describe('table-valued functions', () => {
  itAnswers(shopHost, {
    "SELECT value FROM STRING_SPLIT('a,b,,c', ',')": [['a'], ['b'], [''], ['c']],
    "SELECT value, ordinal FROM STRING_SPLIT(N'x y', ' ', 1)": [
      ['x', 1],
      ['y', 2],
    ],
    "SELECT c.Id, s.value FROM Customers c CROSS APPLY STRING_SPLIT(c.City, 's') s WHERE c.Id = 1":
      [
        [1, 'O'],
        [1, 'lo'],
      ],
    'SELECT value FROM GENERATE_SERIES(1, 7, 3)': [[1], [4], [7]],
    'SELECT value FROM GENERATE_SERIES(3, 1)': [[3], [2], [1]],
    'SELECT value FROM GENERATE_SERIES(0.0, 1.0, 0.5)': [['0.0'], ['0.5'], ['1.0']],
    'SELECT [key], value, type FROM OPENJSON(\'{"a":"x","b":[1],"c":null}\')': [
      ['a', 'x', 1],
      ['b', '[1]', 4],
      ['c', null, 0],
    ],
    'SELECT value FROM OPENJSON(\'{"a":{"b":[5,6]}}\', \'$.a.b\')': [['5'], ['6']],
    'SELECT n, s, j FROM OPENJSON(\'[{"n":1,"s":"x","j":[2]},{"n":null,"j":3}]\') WITH (n int, s nvarchar(5) \'$.s\', j nvarchar(max) AS JSON)':
      [
        [1, 'x', '[2]'],
        [null, null, null],
      ],
    'SELECT d FROM OPENJSON(\'{"a":{"b":"2020-01-02"}}\', \'$.a\') WITH (d date \'$.b\')': [
      ['737425+0'],
    ],
    "SELECT j FROM OPENJSON('{}') WITH (j int AS JSON)": 13618,
    "SELECT value FROM STRING_SPLIT('a', '')": 214,
    "SELECT * FROM OPENJSON('{')": 13609,
    'SELECT * FROM GENERATE_SERIES(1, 2, 0)': 4199,
    'SELECT * FROM nosuch(1)': 208,
  })
})
