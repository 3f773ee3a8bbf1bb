import { describe } from 'node:test'
import { shopHost } from '../../../../support/shop-host.ts'
import { itAnswers } from '../../../../support/sql-cases.ts'

describe('subqueries', () => {
  itAnswers(shopHost, {
    'SELECT (SELECT MAX(Amount) FROM Orders)': [[9]],
    'SELECT (SELECT Id FROM Empty)': [[null]],
    'SELECT Name, (SELECT COUNT(*) FROM Orders o WHERE o.CustomerId = c.Id) FROM Customers c': [
      ['Ann', 2],
      ['Bob', 0],
      ['Cid', 2],
      ['Dan', 0],
    ],
    'SELECT Name FROM Customers c WHERE EXISTS (SELECT * FROM Orders WHERE CustomerId = c.Id)': [
      ['Ann'],
      ['Cid'],
    ],
    'SELECT Name FROM Customers c WHERE NOT EXISTS (SELECT 1 FROM Orders o WHERE o.CustomerId = c.Id AND o.Amount > 8)':
      [['Ann'], ['Bob'], ['Dan']],
    'SELECT Id FROM Customers WHERE Id IN (SELECT CustomerId FROM Orders)': [[1], [3]],
    'SELECT Id FROM Customers WHERE Id NOT IN (SELECT CustomerId FROM Orders)': [[2], [4]],
    'SELECT Id FROM Customers WHERE Id NOT IN (SELECT Amount FROM Orders)': [],
    'SELECT Id FROM Customers WHERE City NOT IN (SELECT City FROM Customers WHERE Id = 99)': [
      [1],
      [2],
      [3],
      [4],
    ],
    'SELECT Id FROM Customers c WHERE 7 IN (SELECT Amount FROM Orders o WHERE o.CustomerId = c.Id)':
      [[1]],
    'SELECT Id FROM Orders o WHERE 2 NOT IN (SELECT Amount FROM Orders i WHERE i.CustomerId = o.CustomerId)':
      [[10], [11], [14]],
    'SELECT Id FROM Customers WHERE Id > ALL (SELECT CustomerId FROM Orders WHERE CustomerId < 3)':
      [[2], [3], [4]],
    'SELECT Id FROM Customers WHERE Id > ALL (SELECT Id FROM Empty)': [[1], [2], [3], [4]],
    'SELECT Id FROM Customers WHERE Id = ANY (SELECT CustomerId FROM Orders)': [[1], [3]],
    'SELECT Id FROM Orders o WHERE Amount >= ALL (SELECT Amount FROM Orders i WHERE i.CustomerId = o.CustomerId)':
      [[11], [14]],
    'SELECT a.Id FROM Customers a WHERE a.Id = (SELECT MAX(b.Id) FROM Customers b WHERE b.City = a.City AND EXISTS (SELECT 1 FROM Customers d WHERE d.Id < a.Id AND d.City = b.City))':
      [[4]],
    'SELECT x.Name FROM (SELECT Name, Id + 1 AS n FROM Customers) x WHERE x.n = 3': [['Bob']],
    'SELECT CASE WHEN EXISTS (SELECT 1 FROM Empty) THEN 1 ELSE 2 END': [[2]],
    'SELECT Name FROM Customers ORDER BY (SELECT COUNT(*) FROM Orders WHERE CustomerId = Customers.Id) DESC, Id':
      [['Ann'], ['Cid'], ['Bob'], ['Dan']],
    'SELECT c.Id FROM Customers c LEFT JOIN Orders o ON o.CustomerId = c.Id AND o.Amount = (SELECT MAX(Amount) FROM Orders) WHERE o.Id IS NOT NULL':
      [[3]],
    'SELECT (SELECT Id FROM Customers)': 512,
    'SELECT (SELECT Id, Name FROM Customers)': 116,
    'SELECT 1 WHERE 1 IN (SELECT Id, Name FROM Customers)': 116,
    'SELECT * FROM (SELECT Id FROM Customers ORDER BY Id) x': 1033,
    'SELECT (SELECT Id FROM Empty ORDER BY Id)': 1033,
    'SELECT * FROM (SELECT 1) x': 8155,
    'SELECT * FROM (SELECT 1 a, 2 A) x': 8156,
    'SELECT * FROM (SELECT 1, 2) x(a)': 8158,
    'SELECT * FROM (SELECT 1) x(a, b)': 8159,
    // Only the branch that is taken runs.
    'SELECT CASE WHEN 1 = 1 THEN 5 ELSE (SELECT Id FROM Customers) END': [[5]],
  })
})
