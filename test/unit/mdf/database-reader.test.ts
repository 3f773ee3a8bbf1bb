import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import {
  DatabaseReader,
  Decimal,
  PageFile,
  type PageSource,
  SqlDateTime,
  type SqlValue,
} from '../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../support/corpus.ts'
import { growDatabaseFile } from '../../support/grow-database-file.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

const NORTHWIND = 'northwnd.mdf'
const DATABASES = [
  'northwnd.mdf',
  'pubs.mdf',
  'AdventureWorksLT2012_Data.mdf',
  'MvcMusicStore.mdf',
  'School.mdf',
] as const

/** Runs a test against a database of the corpus. */
function withDatabase(name: string, test: (reader: DatabaseReader) => void): void {
  const reader = DatabaseReader.open([PageFile.open(corpusFile(name))])
  try {
    test(reader)
  } finally {
    reader.close()
  }
}

function tableId(reader: DatabaseReader, name: string): number {
  const table = reader.catalog.objects.find((object) => object.name === name && object.type === 'U')
  assert.ok(table, `no table ${name}`)
  return table.objectId
}

function rows(reader: DatabaseReader, table: string, ...columns: readonly string[]): SqlValue[][] {
  const objectId = tableId(reader, table)
  const ids = columns.map((name) => {
    const column = reader.catalog.columns(objectId).find((candidate) => candidate.name === name)
    assert.ok(column, `no column ${name}`)
    return column.columnId
  })
  return [...reader.scanTable(objectId, ids.length === 0 ? undefined : ids)]
}

describe('DatabaseReader on real databases', () => {
  for (const name of DATABASES) {
    it(`decodes every table of ${name} completely`, { skip: skipWithoutCorpus(name) }, () => {
      withDatabase(name, (reader) => {
        const tables = reader.catalog.objects.filter(({ type }) => type === 'U' || type === 'S')
        assert.ok(tables.length > 40)
        for (const { objectId, name: table } of tables) {
          let count = 0
          for (const row of reader.scanTable(objectId)) {
            assert.equal(row.length, reader.storedColumnIds(objectId).length)
            count += 1
          }
          assert.equal(count, reader.catalog.rowCount(objectId), table)
        }
      })
    })
  }

  it('reads Northwind', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
    withDatabase(NORTHWIND, (reader) => {
      assert.equal(rows(reader, 'Customers').length, 91)
      assert.equal(rows(reader, 'Orders').length, 830)
      assert.equal(rows(reader, 'Order Details').length, 2155)
      assert.deepEqual(
        rows(reader, 'Customers', 'CustomerID', 'City', 'Region', 'ContactName')[0],
        ['ALFKI', 'Berlin', null, 'Maria Anders'],
      )
      assert.deepEqual(rows(reader, 'Order Details')[0], [
        10248,
        11,
        new Decimal(140000n, 4),
        12,
        0,
      ])
      assert.deepEqual(rows(reader, 'Orders', 'OrderDate', 'OrderID')[0], [
        new SqlDateTime(728_843, 0),
        10248,
      ])
      assert.deepEqual(rows(reader, 'Products', 'Discontinued', 'ProductName')[4], [
        true,
        "Chef Anton's Gumbo Mix",
      ])
    })
  })

  it('reads large values only when they are asked for', {
    skip: skipWithoutCorpus(NORTHWIND),
  }, () => {
    withDatabase(NORTHWIND, (reader) => {
      const [first] = rows(reader, 'Categories', 'Picture', 'Description')
      const [picture, description] = first ?? []
      assert.ok(picture instanceof Uint8Array)
      assert.equal(picture.length, 10_746)
      assert.equal(description, 'Soft drinks, coffees, teas, beers, and ales')
    })
    const file = PageFile.open(corpusFile(NORTHWIND))
    const read = new Set<number>()
    const source: PageSource = {
      path: file.path,
      pageCount: file.pageCount,
      readPage(pageNumber) {
        read.add(pageNumber)
        return file.readPage(pageNumber)
      },
      close: () => file.close(),
    }
    const reader = DatabaseReader.open([source])
    try {
      rows(reader, 'Categories', 'CategoryName')
      assert.ok(!read.has(121), 'page 121 holds a part of a picture')
      rows(reader, 'Categories', 'Picture')
      assert.ok(read.has(121))
    } finally {
      reader.close()
    }
  })

  it('reads pubs, with its torn pages', { skip: skipWithoutCorpus('pubs.mdf') }, () => {
    withDatabase('pubs.mdf', (reader) => {
      const authors = rows(reader, 'authors', 'au_id', 'au_lname', 'contract')
      assert.equal(authors.length, 23)
      assert.deepEqual(authors[0], ['172-32-1176', 'White', true])
      const [publisher] = rows(reader, 'pub_info', 'pr_info')
      assert.match(String(publisher?.[0]), /^This is sample text data for New Moon Books/)
      assert.equal(String(publisher?.[0]).length, 65_071)
    })
  })

  const adventureWorks = 'AdventureWorksLT2012_Data.mdf'
  it('reads xml and computed columns', { skip: skipWithoutCorpus(adventureWorks) }, () => {
    withDatabase(adventureWorks, (reader) => {
      const models = rows(reader, 'ProductModel', 'ProductModelID', 'CatalogDescription')
      const texts = models.filter(([, xml]) => xml !== null)
      assert.equal(texts.length, 6)
      const xml = String(models.find(([id]) => id === 19)?.[1])
      assert.match(xml, /^<\?xml-stylesheet href="ProductDescription.xsl" type="text\/xsl"\?>/)
      assert.match(xml, /<p1:ProductPhotoID>118<\/p1:ProductPhotoID>/)
      assert.match(xml, /<\/p1:ProductDescription>$/)

      const objectId = tableId(reader, 'SalesOrderHeader')
      const computed = reader.catalog.columns(objectId).filter(({ isComputed }) => isComputed)
      assert.deepEqual(
        computed.map(({ name }) => name),
        ['SalesOrderNumber', 'TotalDue'],
      )
      const [number] = computed
      assert.ok(number !== undefined)
      assert.throws(() => reader.scanTable(objectId, [number.columnId]).next(), {
        code: 'INVALID_ARGUMENT',
      })
    })
  })

  it('reads Chinese text', { skip: skipWithoutCorpus('School.mdf') }, () => {
    withDatabase('School.mdf', (reader) => {
      assert.deepEqual(rows(reader, 'Students', 'sid', 'name')[0], ['S001', '陳會安'])
      assert.deepEqual(rows(reader, 'Courses', 'title')[0], ['計算機概論'])
    })
  })

  it('opens a file of 200 GB as fast as a small one', {
    skip: skipWithoutCorpus(NORTHWIND),
  }, async () => {
    await using folder = await createScratchFolder()
    const large = path.join(folder.path, 'large.mdf')
    await growDatabaseFile(corpusFile(NORTHWIND), large, 200 * 1024 ** 3)
    const started = performance.now()
    const reader = DatabaseReader.open([PageFile.open(large)])
    try {
      assert.equal(rows(reader, 'Customers').length, 91)
      assert.ok(performance.now() - started < 2_000)
    } finally {
      reader.close()
    }
  })
})

describe('DatabaseReader.open', () => {
  it('wants a primary file', { skip: skipWithoutCorpus('northwnd_log.ldf') }, () => {
    const log = PageFile.open(corpusFile('northwnd_log.ldf'))
    assert.throws(() => DatabaseReader.open([log]), { code: 'NOT_A_PRIMARY_FILE' })
    log.close()
  })

  it('ignores log files among the files', {
    skip: skipWithoutCorpus(NORTHWIND, 'northwnd_log.ldf'),
  }, () => {
    const files = ['northwnd_log.ldf', NORTHWIND].map((name) => PageFile.open(corpusFile(name)))
    const reader = DatabaseReader.open(files)
    assert.equal(reader.fileHeaders.length, 1)
    assert.equal(reader.bootPage.internalVersion, 655)
    for (const file of files) file.close()
  })

  it('refuses an object without rows of its own', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
    withDatabase(NORTHWIND, (reader) => {
      const view = reader.catalog.objects.find(({ type }) => type === 'V')
      assert.throws(() => reader.scanTable(view?.objectId ?? 0).next(), {
        code: 'UNSUPPORTED_STORAGE',
      })
    })
  })
})
