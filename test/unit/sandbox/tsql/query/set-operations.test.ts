import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('UNION, EXCEPT and INTERSECT', () => {
  itAnswers(shopHost, {
    'SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 2': [[1], [1], [2]],
    "SELECT City FROM Customers UNION SELECT NULL UNION SELECT N'Paris' ORDER BY City": [
      [null],
      ['Oslo'],
      ['Paris'],
      ['Rome'],
    ],
    'SELECT Id FROM Customers EXCEPT SELECT CustomerId FROM Orders': [[2], [4]],
    'SELECT CustomerId FROM Orders INTERSECT SELECT Id FROM Customers': [[1], [3]],
    'SELECT 1 UNION SELECT 2 EXCEPT SELECT 1': [[2]],
    "SELECT NULL AS a UNION ALL SELECT 'x'": [[null], ['x']],
    'SELECT 1 AS a UNION ALL SELECT 2.5 ORDER BY a DESC': [['2.5'], ['1.0']],
    'SELECT a FROM (SELECT 1 a UNION ALL SELECT 2) x WHERE a > 1': [[2]],
    '(SELECT TOP 1 Id FROM Customers ORDER BY Id DESC) UNION ALL SELECT 0': [[4], [0]],
    'SELECT Id FROM Customers UNION SELECT Id, Name FROM Customers': 205,
    'SELECT Id FROM Customers UNION SELECT Id FROM Orders ORDER BY Name': 104,
    'SELECT Id FROM Customers UNION SELECT Id FROM Orders ORDER BY 2': 108,
    'SELECT Body FROM Notes UNION SELECT Body FROM Notes': 421,
    "SELECT 1 UNION ALL SELECT 'x'": 245,
  })
})

describe('common table expressions', () => {
  itAnswers(shopHost, {
    'WITH c AS (SELECT Id FROM Customers WHERE Id > 2) SELECT a.Id, b.Id FROM c a JOIN c b ON a.Id = b.Id':
      [
        [3, 3],
        [4, 4],
      ],
    'WITH a AS (SELECT 1 x), b (y) AS (SELECT x + 1 FROM a) SELECT y FROM b': [[2]],
    'WITH Customers AS (SELECT 7 Id) SELECT Id FROM Customers': [[7]],
    'WITH r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n < 4) SELECT n FROM r': [
      [1],
      [2],
      [3],
      [4],
    ],
    'WITH r (n, f) AS (SELECT 1, 1 UNION ALL SELECT n + 1, f * (n + 1) FROM r WHERE n < 5) SELECT MAX(f) FROM r':
      [[120]],
    'WITH r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n <= 100) SELECT COUNT(*) FROM r': [
      [101],
    ],
    'WITH r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n < 1000) SELECT COUNT(*) FROM r OPTION (MAXRECURSION 0)':
      [[1000]],
    'WITH r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r': 530,
    'WITH r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT COUNT(*) FROM r OPTION (MAXRECURSION 3)': 530,
    "WITH r AS (SELECT 1 n UNION ALL SELECT 'x' FROM r) SELECT * FROM r": 240,
    'WITH r AS (SELECT n + 1 AS n FROM r) SELECT * FROM r': 252,
    'WITH a AS (SELECT 1 x), a AS (SELECT 2 x) SELECT * FROM a': 239,
    'WITH a AS (SELECT 1) SELECT * FROM a': 8155,
    'WITH a (x, y) AS (SELECT 1) SELECT * FROM a': 8159,
  })
})
