import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('joins', () => {
  itAnswers(shopHost, {
    'SELECT c.Name, o.Id FROM Customers c JOIN Orders o ON o.CustomerId = c.Id': [
      ['Ann', 10],
      ['Ann', 11],
      ['Cid', 12],
      ['Cid', 13],
    ],
    'SELECT c.Name, o.Id FROM Customers c, Orders o WHERE c.Id = o.CustomerId AND o.Amount > 5': [
      ['Ann', 11],
      ['Cid', 13],
    ],
    'SELECT c.Id, o.Id FROM Customers c LEFT JOIN Orders o ON o.CustomerId = c.Id AND o.Amount > 6':
      [
        [1, 11],
        [2, null],
        [3, 13],
        [4, null],
      ],
    'SELECT c.Id, o.Id FROM Customers c LEFT JOIN Orders o ON o.CustomerId = c.Id WHERE o.Id IS NULL':
      [
        [2, null],
        [4, null],
      ],
    'SELECT c.Id, o.Id FROM Customers c RIGHT JOIN Orders o ON o.CustomerId = c.Id WHERE o.Id > 12':
      [
        [3, 13],
        [null, 14],
      ],
    'SELECT c.Id, o.Id FROM Customers c FULL JOIN Orders o ON o.CustomerId = c.Id AND c.Id = 1': [
      [1, 10],
      [1, 11],
      [2, null],
      [3, null],
      [4, null],
      [null, 12],
      [null, 13],
      [null, 14],
    ],
    'SELECT a.Id, b.Id FROM Customers a FULL JOIN Customers b ON a.Id > b.Id AND a.Id < 3': [
      [1, null],
      [2, 1],
      [3, null],
      [4, null],
      [null, 2],
      [null, 3],
      [null, 4],
    ],
    'SELECT COUNT(*) FROM Customers CROSS JOIN Orders': [[20]],
    'SELECT a.Id, b.Id FROM Customers a JOIN Customers b ON a.Id < b.Id AND b.Id < 4': [
      [1, 2],
      [1, 3],
      [2, 3],
    ],
    'SELECT a.City FROM Customers a JOIN Customers b ON a.City = b.City AND a.Id = b.Id': [
      ['Oslo'],
      ['Rome'],
      ['Oslo'],
    ],
    // The second table has no link to the first before the third is there.
    'SELECT COUNT(*) FROM Customers a, Customers b, Orders o WHERE a.Id = o.CustomerId AND b.Id = o.CustomerId':
      [[4]],
    'SELECT c.Id, x.Amount FROM Customers c CROSS APPLY (SELECT TOP 1 Amount FROM Orders o WHERE o.CustomerId = c.Id ORDER BY Amount DESC) x':
      [
        [1, 7],
        [3, 9],
      ],
    'SELECT c.Id, x.n FROM Customers c OUTER APPLY (SELECT Amount n FROM Orders o WHERE o.CustomerId = c.Id AND Amount > 6) x':
      [
        [1, 7],
        [2, null],
        [3, 9],
        [4, null],
      ],
    'SELECT d.n, v.a FROM (SELECT COUNT(*) n FROM Orders) d CROSS JOIN (VALUES (1), (2)) v(a)': [
      [5, 1],
      [5, 2],
    ],
    "SELECT * FROM (VALUES (1, 'a'), (2, NULL)) v(x, y)": [
      [1, 'a'],
      [2, null],
    ],
    'SELECT * FROM (VALUES (1), (2.5)) v(x)': [['1.0'], ['2.5']],
    'SELECT * FROM (VALUES (1, 2), (3)) v(x, y)': 10709,
    'SELECT * FROM Customers c, Orders c': 1011,
    'SELECT * FROM Customers, Customers': 1013,
    'SELECT c.Id FROM Customers c JOIN Orders o ON x.Id = o.Id': 4104,
    'SELECT c.Id FROM Customers c JOIN Orders o ON COUNT(*) = 1': 1015,
    'SELECT * FROM Customers c CROSS JOIN (SELECT c.Id) d': 4104,
  })
})
