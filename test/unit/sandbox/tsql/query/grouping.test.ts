import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('GROUP BY, HAVING and aggregates', () => {
  itAnswers(shopHost, {
    'SELECT COUNT(*), COUNT(Amount), SUM(Amount), MIN(Amount), MAX(Amount), AVG(Amount) FROM Orders':
      [[5, 4, 22, 1, 9, 5]],
    'SELECT COUNT(*), SUM(Id) FROM Empty': [[0, null]],
    'SELECT COUNT(*) FROM Empty GROUP BY Id': [],
    'SELECT COUNT(DISTINCT City), COUNT_BIG(*) FROM Customers': [[2, 4]],
    'SELECT City, COUNT(*) n FROM Customers GROUP BY City ORDER BY City': [
      [null, 1],
      ['Oslo', 2],
      ['Rome', 1],
    ],
    'SELECT City FROM Customers GROUP BY City HAVING COUNT(*) > 1': [['Oslo']],
    'SELECT LEN(Name) + 1, COUNT(*) FROM Customers GROUP BY LEN(Name)': [[4, 4]],
    'SELECT COUNT(*) FROM Customers HAVING COUNT(*) > 10': [],
    'SELECT City FROM Customers GROUP BY City ORDER BY COUNT(*) DESC, City': [
      ['Oslo'],
      [null],
      ['Rome'],
    ],
    'SELECT CustomerId, SUM(Amount) s FROM Orders GROUP BY CustomerId ORDER BY s DESC': [
      [1, 12],
      [3, 9],
      [9, 1],
    ],
    "SELECT STRING_AGG(Name, '-') WITHIN GROUP (ORDER BY Name DESC) FROM Customers": [
      ['Dan-Cid-Bob-Ann'],
    ],
    'SELECT c.City, (SELECT COUNT(*) FROM Customers i WHERE i.City = c.City) FROM Customers c GROUP BY c.City ORDER BY c.City':
      [
        [null, 0],
        ['Oslo', 2],
        ['Rome', 1],
      ],
    'SELECT SUM(x.n) FROM (SELECT COUNT(*) n FROM Customers GROUP BY City) x': [[4]],
    'SELECT City, Name FROM Customers GROUP BY City': 8120,
    'SELECT City, (SELECT Name) FROM Customers GROUP BY City': 8120,
    "SELECT City FROM Customers GROUP BY City HAVING Name = 'x'": 8121,
    'SELECT City FROM Customers GROUP BY City ORDER BY Name': 8127,
    'SELECT Name, COUNT(*) FROM Customers': 8120,
    'SELECT Id FROM Customers WHERE COUNT(*) > 1': 147,
    'SELECT SUM(COUNT(*)) FROM Customers': 130,
    'SELECT SUM((SELECT 1)) FROM Customers': 130,
    'SELECT COUNT(*) FROM Customers GROUP BY 1': 164,
    'SELECT COUNT(*) FROM Customers GROUP BY COUNT(*)': 144,
    'SELECT COUNT(*) FROM Notes GROUP BY Body': 306,
  })
})

describe('grouping sets', () => {
  itAnswers(shopHost, {
    'SELECT City, COUNT(*), GROUPING(City) FROM Customers GROUP BY ROLLUP (City)': [
      ['Oslo', 2, 0],
      [null, 1, 0],
      ['Rome', 1, 0],
      [null, 4, 1],
    ],
    "SELECT City, Id, COUNT(*) FROM Customers WHERE City = 'Oslo' GROUP BY CUBE (City, Id) ORDER BY GROUPING_ID(City, Id), Id":
      [
        ['Oslo', 1, 1],
        ['Oslo', 4, 1],
        ['Oslo', null, 2],
        [null, 1, 1],
        [null, 4, 1],
        [null, null, 2],
      ],
    'SELECT City, COUNT(*) FROM Customers GROUP BY GROUPING SETS ((City), ()) HAVING COUNT(*) > 1':
      [
        ['Oslo', 2],
        [null, 4],
      ],
    'SELECT GROUPING(Name) FROM Customers GROUP BY City': 8161,
  })
})
