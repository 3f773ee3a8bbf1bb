import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { DatabaseReader, PageFile, scriptDatabase } from '../../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'

function script(name: string): string[] {
  const reader = DatabaseReader.open([PageFile.open(corpusFile(name))])
  try {
    return Array.from(scriptDatabase(reader, { source: name }))
  } finally {
    reader.close()
  }
}

/** A batch with single blanks, and without the comment of the tool that this Northwind was made with. */
function plain(batch: string | undefined): string {
  return (batch ?? '').replace(/^--.*/, '').replaceAll(/\s+/g, ' ').trim()
}

const NORTHWIND = 'northwnd.mdf'
const PUBS = 'pubs.mdf'
const ADVENTURE_WORKS = 'AdventureWorksLT2012_Data.mdf'

describe('scriptDatabase of Northwind', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
  let batches: string[] = []
  before(() => {
    batches = script(NORTHWIND)
  })
  const find = (part: string) => batches.filter((batch) => batch.includes(part))

  it('writes Order Details as the sample script of Microsoft does', () => {
    assert.deepEqual(find('CREATE TABLE [dbo].[Order Details]'), [
      [
        'CREATE TABLE [dbo].[Order Details] (',
        '  [OrderID] int NOT NULL,',
        '  [ProductID] int NOT NULL,',
        '  [UnitPrice] money NOT NULL CONSTRAINT [DF_Order_Details_UnitPrice] DEFAULT ((0)),',
        '  [Quantity] smallint NOT NULL CONSTRAINT [DF_Order_Details_Quantity] DEFAULT ((1)),',
        '  [Discount] real NOT NULL CONSTRAINT [DF_Order_Details_Discount] DEFAULT ((0)),',
        '  CONSTRAINT [PK_Order_Details] PRIMARY KEY CLUSTERED ([OrderID], [ProductID])',
        ')',
      ].join('\n'),
    ])
  })

  it('keeps checks and keys that were never trusted as they are', () => {
    assert.deepEqual(find('[CK_Discount]'), [
      'ALTER TABLE [dbo].[Order Details] WITH NOCHECK ADD CONSTRAINT [CK_Discount] CHECK ([Discount]>=(0) AND [Discount]<=(1))',
    ])
    assert.deepEqual(find('CONSTRAINT [FK_Order_Details_Products]'), [
      'ALTER TABLE [dbo].[Order Details] WITH NOCHECK ADD CONSTRAINT [FK_Order_Details_Products] FOREIGN KEY ([ProductID]) REFERENCES [dbo].[Products] ([ProductID])',
    ])
  })

  it('gives views by their own text', () => {
    const [view] = find('create view "Order Subtotals"')
    assert.equal(
      plain(view),
      'create view "Order Subtotals" AS SELECT "Order Details".OrderID, Sum(CONVERT(money,("Order Details".UnitPrice*Quantity*(1-Discount)/100))*100) AS Subtotal FROM "Order Details" GROUP BY "Order Details".OrderID',
    )
  })

  it('gives procedures by their own text', () => {
    const [procedure] = find('PROCEDURE CustOrderHist')
    assert.equal(
      plain(procedure),
      'CREATE PROCEDURE CustOrderHist @CustomerID nchar(5) AS SELECT ProductName, Total=SUM(Quantity) FROM Products P, [Order Details] OD, Orders O, Customers C WHERE C.CustomerID = @CustomerID AND C.CustomerID = O.CustomerID AND O.OrderID = OD.OrderID AND OD.ProductID = P.ProductID GROUP BY ProductName',
    )
  })

  it('makes a view after the views that it reads', () => {
    const place = (name: string) =>
      batches.findIndex((batch) => batch.includes(`create view ${name}`))
    assert.ok(place('"Order Subtotals"') < place('"Sales Totals by Amount"'))
    assert.ok(place('"Product Sales for 1997"') < place('"Category Sales for 1997"'))
  })

  it('says in its first batch what it was made from', () => {
    assert.match(
      batches[0] ?? '',
      /^-- The schema of Northwind, from northwnd\.mdf\n-- SQL Server 2008 \(internal version 655\)/,
    )
    assert.doesNotMatch(batches[0] ?? '', /Left out/)
  })

  it('makes a Windows user only where the server knows it', () => {
    const [user] = find('CREATE USER')
    assert.match(user ?? '', /^IF SUSER_ID\(N'sudo-PC-VM\\sudo'\) IS NOT NULL AND NOT EXISTS /)
  })
})

describe('scriptDatabase of pubs', { skip: skipWithoutCorpus(PUBS) }, () => {
  let batches: string[] = []
  before(() => {
    batches = script(PUBS)
  })
  const find = (part: string) => batches.filter((batch) => batch.includes(part))

  it('makes the alias types', () => {
    assert.deepEqual(find('CREATE TYPE'), [
      'CREATE TYPE [dbo].[id] FROM varchar(11) NOT NULL',
      'CREATE TYPE [dbo].[tid] FROM varchar(6) NOT NULL',
      'CREATE TYPE [dbo].[empid] FROM char(9) NOT NULL',
    ])
    assert.match(
      find('CREATE TABLE [dbo].[employee]')[0] ?? '',
      /\[emp_id\] \[dbo\]\.\[empid\] NOT NULL,/,
    )
  })

  it('gives constraints whose names SQL Server made up none', () => {
    assert.deepEqual(find('[dbo].[jobs] WITH'), [
      'ALTER TABLE [dbo].[jobs] WITH CHECK ADD CHECK ([min_lvl] >= 10)',
      'ALTER TABLE [dbo].[jobs] WITH CHECK ADD CHECK ([max_lvl] <= 250)',
    ])
    assert.match(
      find('CREATE TABLE [dbo].[jobs]')[0] ?? '',
      /\n {2}PRIMARY KEY CLUSTERED \(\[job_id\]\)/,
    )
  })

  it('separates the key of employee from its clustered index', () => {
    assert.match(
      find('CREATE TABLE [dbo].[employee]')[0] ?? '',
      /CONSTRAINT \[PK_emp_id\] PRIMARY KEY NONCLUSTERED \(\[emp_id\]\)/,
    )
    assert.deepEqual(find('[employee_ind]'), [
      'CREATE CLUSTERED INDEX [employee_ind] ON [dbo].[employee] ([lname], [fname], [minit])',
    ])
  })

  it('makes the trigger last, with the settings it was made with', () => {
    const trigger = batches.findIndex((batch) => batch.includes('CREATE TRIGGER employee_insupd'))
    assert.equal(batches[trigger - 1], 'SET QUOTED_IDENTIFIER OFF')
    assert.equal(batches[trigger + 1], 'SET QUOTED_IDENTIFIER ON')
    assert.ok(batches.findLastIndex((batch) => batch.startsWith('CREATE')) <= trigger)
  })

  it('warns of statements that servers of today no longer have', () => {
    const notes = (batches[0] ?? '').split('\n').filter((line) => line.includes(' uses COMPUTE'))
    assert.equal(notes.length, 3)
    assert.match(notes[0] ?? '', /^-- - \[dbo\]\.\[reptq1\] uses COMPUTE/)
  })

  it('grants and denies', () => {
    const [byroyalty] = find('[byroyalty] TO')
    assert.equal(
      byroyalty,
      'GRANT EXECUTE ON OBJECT::[dbo].[byroyalty] TO [public]\nGRANT EXECUTE ON OBJECT::[dbo].[byroyalty] TO [guest]',
    )
    assert.match(find('[sp_dropdiagram] TO')[0] ?? '', /^DENY EXECUTE .* TO \[guest\]$/m)
    assert.deepEqual(find('TYPE::[dbo].[tid]'), [
      'GRANT REFERENCES ON TYPE::[dbo].[tid] TO [public]',
    ])
  })
})

describe('scriptDatabase of AdventureWorksLT', { skip: skipWithoutCorpus(ADVENTURE_WORKS) }, () => {
  let batches: string[] = []
  before(() => {
    batches = script(ADVENTURE_WORKS)
  })
  const find = (part: string) => batches.filter((batch) => batch.includes(part))

  it('makes schemas, and what belongs to them in them', () => {
    assert.deepEqual(find('CREATE SCHEMA'), ['CREATE SCHEMA [SalesLT]'])
    assert.equal(find('CREATE TABLE [SalesLT].').length, 10)
  })

  it('names the XML schema collection and makes its column untyped', () => {
    assert.match(
      batches[0] ?? '',
      /the XML schema collection \[SalesLT\]\.\[ProductDescriptionSchemaCollection\]/,
    )
    assert.match(
      find('CREATE TABLE [SalesLT].[ProductModel] ')[0] ?? '',
      /\[CatalogDescription\] xml \/\* \(CONTENT \[SalesLT\]\.\[ProductDescriptionSchemaCollection\]\) \*\/ NULL,/,
    )
    assert.equal(find('CREATE PRIMARY XML INDEX [PXML_ProductModel_CatalogDescription]').length, 1)
  })

  it('keeps identities from replication', () => {
    assert.match(
      find('CREATE TABLE [SalesLT].[Address] ')[0] ?? '',
      /\[AddressID\] int IDENTITY\(1, 1\) NOT FOR REPLICATION NOT NULL,/,
    )
  })

  it('cascades deletes', () => {
    assert.match(
      find('ADD CONSTRAINT [FK_SalesOrderDetail_SalesOrderHeader_SalesOrderID]')[0] ?? '',
      / ON DELETE CASCADE$/,
    )
  })

  it('hangs each extended property where it was', () => {
    assert.deepEqual(find("@value = N'Product color.'"), [
      "EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = N'Product color.', @level0type = N'SCHEMA', @level0name = N'SalesLT', @level1type = N'TABLE', @level1name = N'Product', @level2type = N'COLUMN', @level2name = N'Color'",
    ])
    // 223 in the catalog; those of the XML schema collection and of the file have nothing to hang on.
    assert.equal(find('sp_addextendedproperty').length, 221)
  })

  it('indexes the view after the views', () => {
    const index = batches.findIndex((batch) => batch.includes('[IX_vProductAndDescription]'))
    assert.match(
      batches[index] ?? '',
      /^CREATE UNIQUE CLUSTERED INDEX .* ON \[SalesLT\]\.\[vProductAndDescription\] \(\[Culture\], \[ProductID\]\)$/,
    )
  })
})
