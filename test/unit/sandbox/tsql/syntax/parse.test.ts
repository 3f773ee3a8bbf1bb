import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseParameterList, parseViewBody } from '../../../../../src/sandbox/tsql/syntax/index.ts'
import { queryShape } from './expression-shape.ts'

describe('parseViewBody', () => {
  it('reads views as Northwind writes them', () => {
    const { columns, query } = parseViewBody(`
create view "Invoices" AS
SELECT Orders.ShipName, (FirstName + ' ' + LastName) AS Salesperson,
	(CONVERT(money,("Order Details".UnitPrice*Quantity*(1-Discount)/100))*100) AS ExtendedPrice
FROM 	Shippers INNER JOIN
		(Products INNER JOIN "Order Details" ON Products.ProductID = "Order Details".ProductID)
	ON Shippers.ShipperID = "Order Details".ShipVia
`)
    assert.deepEqual(columns, [])
    assert.equal(
      queryShape(query),
      "(select Orders.ShipName (+ (+ FirstName ' ') LastName) " +
        '(* (convert:money (/ (* (* Order Details.UnitPrice Quantity) (- 1 Discount)) 100)) 100) ' +
        'from (inner Shippers (inner Products Order Details (= Products.ProductID Order Details.ProductID)) ' +
        '(= Shippers.ShipperID Order Details.ShipVia)))',
    )
  })

  it('reads set operations, WHERE and ORDER BY of a view', () => {
    const { query } = parseViewBody(`
create view "Customer and Suppliers by City" AS
SELECT City, CompanyName, ContactName, 'Customers' AS Relationship
FROM Customers
UNION SELECT City, CompanyName, ContactName, 'Suppliers'
FROM Suppliers
--ORDER BY City, CompanyName`)
    assert.equal(
      queryShape(query),
      "(union (select City CompanyName ContactName 'Customers' from Customers) " +
        "(select City CompanyName ContactName 'Suppliers' from Suppliers))",
    )
  })

  it('reads columns, attributes, WITH and WITH CHECK OPTION', () => {
    const { columns, query } = parseViewBody(`/* a view */ -- of
      CREATE OR ALTER VIEW [dbo].[v] (a, [b c]) WITH SCHEMABINDING, VIEW_METADATA AS
      WITH c AS (SELECT 1 x, 2 y) SELECT x, y FROM c WITH CHECK OPTION;`)
    assert.deepEqual(columns, ['a', 'b c'])
    assert.partialDeepStrictEqual(query, { with: [{ name: 'c' }] })
  })

  it('refuses what is no view', () => {
    assert.throws(() => parseViewBody('CREATE PROCEDURE p AS SELECT 1'), { number: 156 })
    assert.throws(() => parseViewBody('CREATE VIEW v AS SELECT 1 SELECT 2'), { number: 156 })
  })
})

describe('parseParameterList', () => {
  it("reads sp_executesql's declarations", () => {
    const text =
      "@a int, @b AS nvarchar(20) = N'x' OUTPUT, @c decimal(10,2) out, @d dbo.Ids READONLY"
    assert.partialDeepStrictEqual(parseParameterList(text), [
      { name: '@a', type: { name: 'int', arguments: [] }, isOutput: false },
      {
        name: '@b',
        type: { name: 'nvarchar', arguments: [20] },
        initial: { text: 'x' },
        isOutput: true,
      },
      { name: '@c', type: { name: 'decimal', arguments: [10, 2] }, isOutput: true },
      { name: '@d', type: { schema: 'dbo', name: 'Ids' }, isOutput: false },
    ])
  })

  it('takes an empty text for none', () => assert.deepEqual(parseParameterList(' '), []))

  it('refuses a name without @', () => {
    assert.throws(() => parseParameterList('a int'), { number: 102 })
  })
})
