import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('functions with OVER', () => {
  itAnswers(shopHost, {
    'SELECT Id, ROW_NUMBER() OVER (ORDER BY Name DESC) FROM Customers ORDER BY Id': [
      [1, 4],
      [2, 3],
      [3, 2],
      [4, 1],
    ],
    'SELECT Name, RANK() OVER (ORDER BY City), DENSE_RANK() OVER (ORDER BY City), PERCENT_RANK() OVER (ORDER BY City), CUME_DIST() OVER (ORDER BY City) FROM Customers ORDER BY City, Name':
      [
        ['Bob', 1, 1, 0, 0.25],
        ['Ann', 2, 2, 1 / 3, 0.75],
        ['Dan', 2, 2, 1 / 3, 0.75],
        ['Cid', 4, 3, 1, 1],
      ],
    'SELECT NTILE(3) OVER (ORDER BY Id) FROM Customers': [[1], [1], [2], [3]],
    'SELECT LAG(Id) OVER (ORDER BY Id), LEAD(Id, 2, 0) OVER (ORDER BY Id) FROM Customers': [
      [null, 3],
      [1, 4],
      [2, 0],
      [3, 0],
    ],
    'SELECT FIRST_VALUE(Id) OVER (PARTITION BY CustomerId ORDER BY Id), LAST_VALUE(Id) OVER (PARTITION BY CustomerId ORDER BY Id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM Orders WHERE CustomerId < 9':
      [
        [10, 11],
        [10, 11],
        [12, 13],
        [12, 13],
      ],
    'SELECT Id, SUM(Id) OVER () FROM Customers': [
      [1, 10],
      [2, 10],
      [3, 10],
      [4, 10],
    ],
    'SELECT SUM(Id) OVER (ORDER BY Id) FROM Customers': [[1], [3], [6], [10]],
    // Without a frame the peers of the current row are in it.
    "SELECT COUNT(*) OVER (ORDER BY City) FROM Customers WHERE City = 'Oslo'": [[2], [2]],
    'SELECT SUM(Id) OVER (ORDER BY Id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM Customers': [
      [3],
      [6],
      [9],
      [7],
    ],
    'SELECT SUM(SUM(Amount)) OVER (ORDER BY CustomerId) FROM Orders GROUP BY CustomerId': [
      [12],
      [21],
      [22],
    ],
    'SELECT n FROM (SELECT ROW_NUMBER() OVER (ORDER BY Id) n FROM Customers) x WHERE n > 3': [[4]],
    'SELECT Id FROM Customers ORDER BY ROW_NUMBER() OVER (ORDER BY Id DESC)': [[4], [3], [2], [1]],
    'SELECT Id FROM Customers WHERE ROW_NUMBER() OVER (ORDER BY Id) = 1': 4108,
    'SELECT ROW_NUMBER() OVER () FROM Customers': 4112,
    'SELECT ROW_NUMBER() FROM Customers': 10753,
    'SELECT ROW_NUMBER() OVER (ORDER BY 1) FROM Customers': 5308,
    'SELECT SUM(ROW_NUMBER() OVER (ORDER BY Id)) OVER () FROM Customers': 4109,
    'SELECT COUNT(DISTINCT Id) OVER () FROM Customers': 10759,
    'SELECT NTILE(0) OVER (ORDER BY Id) FROM Customers': 4116,
  })
})

describe('PIVOT and UNPIVOT', () => {
  itAnswers(shopHost, {
    'SELECT * FROM (SELECT CustomerId, Amount FROM Orders) s PIVOT (SUM(Amount) FOR CustomerId IN ([1], [3], [4])) p':
      [[12, 9, null]],
    'SELECT Name, [10], [11] FROM (SELECT c.Name, o.Id, o.Amount FROM Customers c JOIN Orders o ON o.CustomerId = c.Id) s PIVOT (MAX(Amount) FOR Id IN ([10], [11])) AS p ORDER BY Name':
      [
        ['Ann', 5, 7],
        ['Cid', null, null],
      ],
    'SELECT Id, What, Val FROM (SELECT Id, CAST(Name AS nvarchar(40)) Name, CAST(City AS nvarchar(40)) City FROM Customers WHERE Id < 3) s UNPIVOT (Val FOR What IN (Name, City)) u':
      [
        [1, 'Name', 'Ann'],
        [1, 'City', 'Oslo'],
        [2, 'Name', 'Bob'],
      ],
    'SELECT * FROM Customers UNPIVOT (Val FOR What IN (Name, City)) u': 8167,
  })
})
