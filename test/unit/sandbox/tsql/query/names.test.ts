import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('names', () => {
  itAnswers(shopHost, {
    "SELECT Who FROM Named WHERE Who > N'C'": [['Cid'], ['Dan']],
    'SELECT Name, SUM(Amount) FROM Spending GROUP BY Name ORDER BY Name': [
      ['Ann', 12],
      ['Cid', 9],
    ],
    "SELECT s.Amount FROM dbo.Spending s WHERE s.Name = N'Cid' AND s.Amount IS NOT NULL": [[9]],
    'SELECT Nope FROM Customers': 207,
    'SELECT c.Nope FROM Customers c': 207,
    'SELECT Id FROM Customers WHERE Nope = 1': 207,
    'SELECT * FROM Nope': 208,
    'SELECT * FROM other.Customers': 208,
    'SELECT Id FROM Customers c JOIN Orders o ON o.CustomerId = c.Id': 209,
    'SELECT Id AS a, Name AS a FROM Customers ORDER BY a': 209,
    'SELECT x.Id FROM Customers': 4104,
    // An alias hides the table's own name.
    'SELECT Customers.Id FROM Customers c': 4104,
    'SELECT x.* FROM Customers c': 107,
    'SELECT *': 263,
    'SELECT Broken FROM Orders': 4121,
    'SELECT Id FROM Customers ORDER BY 5': 108,
    'SELECT Id FROM Customers ORDER BY Id, Id': 169,
    'SELECT Id FROM Customers ORDER BY 1 + 1': 408,
    'SELECT DISTINCT City FROM Customers ORDER BY Name': 145,
    'SELECT DISTINCT Body FROM Notes': 421,
    'SELECT Id FROM Notes ORDER BY Body': 306,
    'SELECT * FROM Loop': 217,
    'SELECT * FROM Stale': 207,
    'SELECT * FROM @t': 1087,
    'SELECT Id FROM Customers WHERE Id': 4145,
  })
})
