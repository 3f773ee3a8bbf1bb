import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DatabaseReader, PageFile } from '../../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'

const NORTHWIND = 'northwnd.mdf'
const PUBS = 'pubs.mdf'
const ADVENTURE_WORKS = 'AdventureWorksLT2012_Data.mdf'
const MUSIC_STORE = 'MvcMusicStore.mdf'
const SCHOOL = 'School.mdf'

function withReader(name: string, test: (reader: DatabaseReader) => void): void {
  const reader = DatabaseReader.open([PageFile.open(corpusFile(name))])
  try {
    test(reader)
  } finally {
    reader.close()
  }
}

function idOf({ catalog }: DatabaseReader, name: string): number {
  const object = catalog.objects.find((candidate) => candidate.name === name)
  assert.ok(object, `no object ${name}`)
  return object.objectId
}

describe('CatalogDetails', () => {
  it('lists the permissions of pubs', { skip: skipWithoutCorpus(PUBS) }, () => {
    withReader(PUBS, (reader) => {
      const of = (objectId: number) =>
        reader.details.permissions
          .filter((permission) => permission.class === 1 && permission.majorId === objectId)
          .map(({ granteeId, type, state }) => [granteeId, type, state])
      assert.deepEqual(of(idOf(reader, 'sp_dropdiagram')), [
        [0, 'EX', 'G'],
        [2, 'EX', 'D'],
      ])
      assert.deepEqual(
        of(idOf(reader, 'titles')).map(([, type]) => type),
        ['DL', 'IN', 'RF', 'SL', 'UP'],
      )
      assert.ok(reader.details.permissions.every(({ majorId }) => majorId >= 0))
    })
  })

  it('knows what texts use', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
    withReader(NORTHWIND, (reader) => {
      const names = reader.details
        .uses(idOf(reader, 'Sales Totals by Amount'))
        .map((id) => reader.catalog.objectById(id)?.name)
      assert.deepEqual(names.sort(), ['Customers', 'Order Subtotals', 'Orders'])
      assert.deepEqual(reader.details.uses(idOf(reader, 'Region')), [])
    })
  })

  it('lists XML schema collections but the server’s own', {
    skip: skipWithoutCorpus(ADVENTURE_WORKS, MUSIC_STORE),
  }, () => {
    withReader(ADVENTURE_WORKS, ({ catalog, details }) => {
      const [collection, ...others] = details.xmlCollections
      assert.equal(collection?.name, 'ProductDescriptionSchemaCollection')
      assert.equal(others.length, 0)
      const schema = catalog.schemas.find(({ schemaId }) => schemaId === collection.schemaId)
      assert.equal(schema?.name, 'SalesLT')
    })
    withReader(MUSIC_STORE, ({ details }) => assert.deepEqual(details.xmlCollections, []))
  })

  it('names owners of roles', { skip: skipWithoutCorpus(SCHOOL) }, () => {
    withReader(SCHOOL, ({ details }) => {
      assert.equal(details.roleOwner(16_384), 1)
      assert.equal(details.objectOwner(16_384), undefined)
    })
  })

  it('finds nothing in databases that have nothing of a kind', {
    skip: skipWithoutCorpus(NORTHWIND, PUBS, ADVENTURE_WORKS, MUSIC_STORE, SCHOOL),
  }, () => {
    for (const name of [NORTHWIND, PUBS, ADVENTURE_WORKS, MUSIC_STORE, SCHOOL]) {
      withReader(name, ({ catalog, details }) => {
        assert.deepEqual(details.partitionFunctions, [])
        assert.deepEqual(details.partitionSchemes, [])
        assert.deepEqual(details.tableTypes, [])
        assert.deepEqual(details.clrTypes, [])
        assert.deepEqual(details.assemblies, [])
        assert.deepEqual(details.otherEntities, [])
        assert.deepEqual(details.fullTextIndexed, [])
        assert.equal(details.numberedProcedures.size, 0)
        for (const { objectId } of catalog.objects) {
          assert.equal(details.synonymTarget(objectId), undefined)
          assert.equal(details.historyTable(objectId), undefined)
        }
        assert.ok(catalog.principals.every(({ principalId }) => !details.hasPassword(principalId)))
      })
    }
  })
})

describe('Catalog', () => {
  it('tells options of indexes from each other', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
    withReader(NORTHWIND, (reader) => {
      const [key] = reader.catalog.indexes(idOf(reader, 'Orders'))
      assert.equal(key?.ignoresDuplicateKeys, false)
      assert.equal(key.allowsRowLocks && key.allowsPageLocks, true)
      assert.deepEqual(key.columns[0]?.partitionOrdinal, 0)
    })
  })

  it('gives statistics their columns', { skip: skipWithoutCorpus(ADVENTURE_WORKS) }, () => {
    withReader(ADVENTURE_WORKS, (reader) => {
      const objectId = idOf(reader, 'Product')
      assert.deepEqual(
        reader.catalog
          .statistics(objectId)
          .map(({ columnIds, isAutoCreated }) => [columnIds, isAutoCreated]),
        [
          [[9], true],
          [[10], true],
        ],
      )
    })
  })

  it('knows OUTPUT parameters and identities kept from replication', {
    skip: skipWithoutCorpus(ADVENTURE_WORKS),
  }, () => {
    withReader(ADVENTURE_WORKS, (reader) => {
      const [parameter] = reader.catalog.parameters(idOf(reader, 'uspLogError'))
      assert.deepEqual([parameter?.name, parameter?.isOutput], ['@ErrorLogID', true])
      const [status] = reader.catalog
        .parameters(idOf(reader, 'ufnGetSalesOrderStatusText'))
        .filter(({ name }) => name === '@Status')
      assert.equal(status?.isOutput, false)
      const [addressId] = reader.catalog.columns(idOf(reader, 'Address'))
      const [productId] = reader.catalog.columns(idOf(reader, 'Product'))
      assert.equal(addressId?.isIdentityNotForReplication, true)
      assert.equal(productId?.isIdentityNotForReplication, false)
    })
  })

  it('tells computed columns that are stored from those that are not', {
    skip: skipWithoutCorpus(ADVENTURE_WORKS),
  }, () => {
    withReader(ADVENTURE_WORKS, (reader) => {
      for (const { objectId } of reader.catalog.objects.filter(({ type }) => type === 'U')) {
        const stored = new Set(reader.storedColumnIds(objectId))
        for (const column of reader.catalog.columns(objectId)) {
          if (column.isComputed) assert.equal(column.isPersisted, stored.has(column.columnId))
        }
      }
    })
  })
})
