import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('select list, WHERE and ORDER BY', () => {
  itAnswers(shopHost, {
    "SELECT 1 AS a, 'x' b, NULL": [[1, 'x', null]],
    'SELECT Id, Name FROM Customers': [
      [1, 'Ann'],
      [2, 'Bob'],
      [3, 'Cid'],
      [4, 'Dan'],
    ],
    "select id from CUSTOMERS where CITY = 'oslo'": [[1], [4]],
    'SELECT c.* FROM test.dbo.Customers c WHERE c.Id = 2': [[2, 'Bob', null]],
    'SELECT dbo.Customers.Id FROM dbo.Customers WHERE Customers.Id = 1': [[1]],
    'SELECT Id FROM Customers WHERE 1 = 0': [],
    'SELECT Id FROM Customers WHERE City IS NULL': [[2]],
    "SELECT Id FROM Customers WHERE NOT City = N'Oslo'": [[3]],
    'SELECT Id FROM Customers WHERE Id BETWEEN 2 AND 3': [[2], [3]],
    'SELECT Id FROM Customers WHERE Id NOT BETWEEN 2 AND 3': [[1], [4]],
    "SELECT Id FROM Customers WHERE Name LIKE '%n'": [[1], [4]],
    "SELECT Id FROM Customers WHERE Name NOT LIKE '_n%' AND Id < 3": [[2]],
    "SELECT 1 WHERE 'a%b' LIKE 'a!%b' ESCAPE '!'": [[1]],
    'SELECT Id FROM Customers WHERE Id IN (4, 2, NULL)': [[2], [4]],
    'SELECT Id FROM Customers WHERE Id NOT IN (4, 2, NULL)': [],
    'SELECT Id FROM Customers WHERE Id IN (1,2,3,4,5,6,7,8,9,10,11,12) AND Id > 3': [[4]],
    "SELECT Id FROM Customers WHERE Id = '3'": [[3]],
    'SELECT Id FROM Customers WHERE City IS NOT DISTINCT FROM NULL': [[2]],
    "SELECT Id FROM Customers WHERE City IS DISTINCT FROM 'Oslo'": [[2], [3]],
    "SELECT Id FROM Notes WHERE Body LIKE 'fi%'": [[1]],
    'SELECT Doubled FROM Orders WHERE Id < 13': [[10], [14], [null]],
    'SELECT Id FROM Orders WHERE Doubled > 12': [[11], [13]],
    'SELECT Name FROM Customers ORDER BY Name DESC': [['Dan'], ['Cid'], ['Bob'], ['Ann']],
    'SELECT Name AS n FROM Customers ORDER BY n DESC': [['Dan'], ['Cid'], ['Bob'], ['Ann']],
    'SELECT City, Name FROM Customers ORDER BY 1, 2 DESC': [
      [null, 'Bob'],
      ['Oslo', 'Dan'],
      ['Oslo', 'Ann'],
      ['Rome', 'Cid'],
    ],
    'SELECT Name FROM Customers ORDER BY -Id': [['Dan'], ['Cid'], ['Bob'], ['Ann']],
    'SELECT -Id AS Id FROM Customers ORDER BY Id': [[-4], [-3], [-2], [-1]],
    'SELECT DISTINCT City FROM Customers ORDER BY City DESC': [['Rome'], ['Oslo'], [null]],
    'SELECT DISTINCT LEN(Name) FROM Customers': [[3]],
  })
})

describe('TOP, OFFSET and FETCH', () => {
  itAnswers(shopHost, {
    'SELECT TOP 2 Id FROM Customers ORDER BY Id DESC': [[4], [3]],
    'SELECT TOP (0) Id FROM Customers': [],
    'DECLARE @n int = 1; SELECT TOP (@n + 1) Id FROM Customers': [[1], [2]],
    'SELECT TOP 26 PERCENT Id FROM Customers': [[1], [2]],
    "SELECT TOP 1 WITH TIES City FROM Customers WHERE City > N'A' ORDER BY City": [
      ['Oslo'],
      ['Oslo'],
    ],
    'SELECT DISTINCT TOP 2 City FROM Customers ORDER BY City': [[null], ['Oslo']],
    'SELECT Id FROM Customers ORDER BY Id OFFSET 3 ROWS': [[4]],
    'SELECT Id FROM Customers ORDER BY Id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY': [[2], [3]],
    'SELECT TOP 1 WITH TIES Id FROM Customers': 1062,
    'SELECT TOP (-1) Id FROM Customers': 1060,
    'SELECT TOP 101 PERCENT Id FROM Customers': 1031,
    "SELECT TOP ('x') Id FROM Customers": 1060,
    'SELECT Id FROM Customers ORDER BY Id OFFSET -1 ROWS': 10742,
    'SELECT Id FROM Customers ORDER BY Id OFFSET 0 ROWS FETCH NEXT 0 ROWS ONLY': 10744,
    'SELECT TOP 1 Id FROM Customers ORDER BY Id OFFSET 0 ROWS': 10741,
  })
})
