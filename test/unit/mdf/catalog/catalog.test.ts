import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StorageCatalog } from '../../../../src/mdf/catalog/storage-catalog.ts'
import type { PhysicalColumn } from '../../../../src/mdf/catalog/storage-rows.ts'
import { type Catalog, DatabaseReader, PageFile, SqlVariant } from '../../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'

function withCatalog(name: string, test: (catalog: Catalog) => void): void {
  const reader = DatabaseReader.open([PageFile.open(corpusFile(name))])
  try {
    test(reader.catalog)
  } finally {
    reader.close()
  }
}

function idOf(catalog: Catalog, name: string): number {
  const object = catalog.objects.find((candidate) => candidate.name === name)
  assert.ok(object, `no object ${name}`)
  return object.objectId
}

const NORTHWIND = 'northwnd.mdf'
const PUBS = 'pubs.mdf'
const ADVENTURE_WORKS = 'AdventureWorksLT2012_Data.mdf'
const MUSIC_STORE = 'MvcMusicStore.mdf'

describe('Catalog', () => {
  it('lists schemas with their owners', { skip: skipWithoutCorpus(ADVENTURE_WORKS) }, () => {
    withCatalog(ADVENTURE_WORKS, (catalog) => {
      const salesLt = catalog.schemas.find(({ name }) => name === 'SalesLT')
      assert.equal(salesLt?.principalId, 1)
      assert.deepEqual(catalog.schemas[0], { schemaId: 1, name: 'dbo', principalId: 1 })
      const product = catalog.objectById(idOf(catalog, 'Product'))
      assert.equal(product?.schemaId, salesLt.schemaId)
      assert.equal(product.type, 'U')
      assert.equal(product.isMsShipped, false)
    })
  })

  it('counts the objects of Northwind by type', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
    withCatalog(NORTHWIND, (catalog) => {
      const count = (type: string) =>
        catalog.objects.filter((object) => object.type === type && !object.isMsShipped).length
      assert.deepEqual(['U', 'V', 'P', 'PK', 'F', 'C', 'D'].map(count), [13, 16, 7, 13, 13, 8, 9])
    })
  })

  it('leaves the server’s own objects out', { skip: skipWithoutCorpus(MUSIC_STORE) }, () => {
    withCatalog(MUSIC_STORE, (catalog) => {
      assert.ok(catalog.objects.every(({ objectId }) => objectId > 0))
    })
  })

  it('describes columns as sys.columns does', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
    withCatalog(NORTHWIND, (catalog) => {
      const [orderId, customerId] = catalog.columns(idOf(catalog, 'Orders'))
      assert.equal(orderId?.name, 'OrderID')
      assert.deepEqual(orderId.type, {
        name: 'int',
        maxLength: 4,
        precision: 10,
        scale: 0,
        collationId: 0,
      })
      assert.deepEqual(orderId.identity, { seed: 1n, increment: 1n, lastValue: 11_077n })
      assert.equal(orderId.isNullable, false)
      assert.deepEqual(customerId?.type, {
        name: 'nchar',
        maxLength: 10,
        precision: 0,
        scale: 0,
        collationId: 0xf008,
      })
      assert.equal(customerId.isNullable, true)
      assert.equal(customerId.identity, undefined)
    })
  })

  it('tells an identity that gave no number yet', { skip: skipWithoutCorpus(MUSIC_STORE) }, () => {
    withCatalog(MUSIC_STORE, (catalog) => {
      const [id] = catalog.columns(idOf(catalog, 'OrderDetails'))
      assert.deepEqual(id?.identity, { seed: 1n, increment: 1n, lastValue: null })
    })
  })

  it('describes alias types', { skip: skipWithoutCorpus(PUBS) }, () => {
    withCatalog(PUBS, (catalog) => {
      const aliases = catalog.userTypes.filter(({ userTypeId }) => userTypeId > 256)
      assert.deepEqual(
        aliases.map(({ name, type, isNullable }) => [name, type.name, type.maxLength, isNullable]),
        [
          ['id', 'varchar', 11, false],
          ['tid', 'varchar', 6, false],
          ['empid', 'char', 9, false],
        ],
      )
    })
  })

  it('describes indexes with their columns', { skip: skipWithoutCorpus(NORTHWIND, PUBS) }, () => {
    withCatalog(NORTHWIND, (catalog) => {
      const [primaryKey, ...others] = catalog.indexes(idOf(catalog, 'Order Details'))
      assert.equal(primaryKey?.type, 'CLUSTERED')
      assert.equal(primaryKey.isPrimaryKey && primaryKey.isUnique, true)
      assert.deepEqual(
        primaryKey.columns.map(({ columnId, keyOrdinal }) => [columnId, keyOrdinal]),
        [
          [1, 1],
          [2, 2],
        ],
      )
      assert.ok(others.every(({ type, isUnique }) => type === 'NONCLUSTERED' && !isUnique))
    })
    withCatalog(PUBS, (catalog) => {
      const [heap] = catalog.indexes(idOf(catalog, 'roysched'))
      assert.deepEqual([heap?.indexId, heap?.type, heap?.name], [0, 'HEAP', ''])
    })
  })

  it('describes foreign keys and their actions', {
    skip: skipWithoutCorpus(NORTHWIND, MUSIC_STORE),
  }, () => {
    withCatalog(NORTHWIND, (catalog) => {
      const key = catalog.foreignKeys.find(({ name }) => name === 'FK_Order_Details_Products')
      assert.equal(key?.parentObjectId, idOf(catalog, 'Order Details'))
      assert.equal(key.referencedObjectId, idOf(catalog, 'Products'))
      assert.deepEqual(key.columns, [{ parentColumnId: 2, referencedColumnId: 1 }])
      assert.deepEqual([key.deleteAction, key.updateAction], ['NO_ACTION', 'NO_ACTION'])
      assert.equal(catalog.foreignKeys.length, 13)
    })
    withCatalog(MUSIC_STORE, (catalog) => {
      assert.ok(catalog.foreignKeys.every(({ deleteAction }) => deleteAction === 'CASCADE'))
    })
  })

  it('has the texts of constraints, modules and computed columns', {
    skip: skipWithoutCorpus(NORTHWIND, ADVENTURE_WORKS),
  }, () => {
    withCatalog(NORTHWIND, (catalog) => {
      const check = catalog.checkConstraints.find(({ name }) => name === 'CK_Birthdate')
      assert.equal(check?.text, '([BirthDate]<getdate())')
      const standard = catalog.defaultConstraints.find(({ name }) => name === 'DF_Orders_Freight')
      assert.equal(standard?.text, '((0))')
      const columns = catalog.columns(idOf(catalog, 'Orders'))
      const freight = columns.find(({ columnId }) => columnId === standard.columnId)
      assert.equal(freight?.name, 'Freight')
      assert.equal(freight.defaultObjectId, standard.objectId)
      const procedure = catalog.moduleText(idOf(catalog, 'CustOrderHist'))
      assert.match(procedure?.text ?? '', /CREATE PROCEDURE CustOrderHist @CustomerID/i)
      assert.equal(procedure?.isEncrypted, false)
      assert.deepEqual(
        catalog.parameters(idOf(catalog, 'CustOrderHist')).map(({ name }) => name),
        ['@CustomerID'],
      )
      assert.equal(catalog.moduleText(idOf(catalog, 'Orders')), undefined)
    })
    withCatalog(ADVENTURE_WORKS, (catalog) => {
      const objectId = idOf(catalog, 'SalesOrderHeader')
      const total = catalog.columns(objectId).find(({ name }) => name === 'TotalDue')
      assert.match(catalog.computedText(objectId, total?.columnId ?? 0) ?? '', /\[TaxAmt\]/)
    })
  })

  it('lists principals, roles, filegroups and files', {
    skip: skipWithoutCorpus(NORTHWIND, PUBS),
  }, () => {
    withCatalog(NORTHWIND, (catalog) => {
      const user = catalog.principals.find(({ name }) => name === 'sudo-PC-VM\\sudo')
      assert.deepEqual([user?.type, user?.defaultSchema], ['U', 'dbo'])
      assert.deepEqual(catalog.roleMembers[0], { rolePrincipalId: 16_384, memberPrincipalId: 1 })
    })
    for (const name of [NORTHWIND, PUBS]) {
      withCatalog(name, (catalog) => {
        assert.deepEqual(catalog.filegroups, [{ filegroupId: 1, name: 'PRIMARY' }])
        assert.deepEqual(
          catalog.files.map(({ fileId, type, filegroupId }) => [fileId, type, filegroupId]),
          [
            [1, 'ROWS', 1],
            [2, 'LOG', 0],
          ],
        )
      })
    }
  })

  it('sums rows and pages', { skip: skipWithoutCorpus(NORTHWIND) }, () => {
    withCatalog(NORTHWIND, (catalog) => {
      const customers = idOf(catalog, 'Customers')
      assert.equal(catalog.rowCount(customers), 91)
      assert.deepEqual(catalog.allocation(customers), {
        reservedPages: 13,
        usedPages: 13,
        dataPages: 3,
        indexPages: 8,
      })
      const [partition] = catalog.partitions(customers)
      assert.equal(partition?.compression, 0)
      assert.ok(catalog.allocationUnits(partition.rowsetId).length > 0)
    })
  })

  it('lists extended properties', { skip: skipWithoutCorpus(ADVENTURE_WORKS) }, () => {
    withCatalog(ADVENTURE_WORKS, (catalog) => {
      const [ofDatabase] = catalog.extendedProperties
      assert.equal(ofDatabase?.name, 'MS_Description')
      assert.ok(ofDatabase.value instanceof SqlVariant)
      assert.equal(ofDatabase.value.value, 'AdventureWorksLT 2008 Sample OLTP Database')
    })
  })
})

/** The offsets and variable indexes that the loaders use, by the tables' own column names. */
const LAYOUTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  sysallocunits: {
    auid: 4,
    type: 12,
    ownerid: 13,
    fgid: 25,
    pgroot: 33,
    pgfirstiam: 39,
    pcused: 45,
    pcdata: 53,
    pcreserved: 61,
  },
  sysrowsets: { rowsetid: 4, idmajor: 13, idminor: 17, numpart: 21, rcrows: 31 },
  sysschobjs: {
    id: 4,
    nsid: 8,
    status: 13,
    type: 17,
    pid: 19,
    intprop: 24,
    created: 28,
    modified: 36,
    name: -1,
  },
  syscolpars: {
    id: 4,
    number: 8,
    colid: 10,
    xtype: 14,
    utype: 15,
    length: 19,
    prec: 21,
    scale: 22,
    collationid: 23,
    status: 27,
    xmlns: 33,
    dflt: 37,
    name: -1,
    idtval: -2,
  },
  sysscalartypes: { id: 4, schid: 8, xtype: 12, length: 13, status: 21, name: -1 },
  sysidxstats: { id: 4, indid: 8, status: 12, fillfact: 20, type: 21, dataspace: 23, name: -1 },
  sysiscols: { idmajor: 4, idminor: 8, status: 16, intprop: 20, tinyprop1: 24 },
  sysobjvalues: { valclass: 4, objid: 5, subobjid: 9, value: -1, imageval: -2 },
  syssingleobjrefs: { class: 4, depid: 5, depsubid: 9, indepid: 13, indepsubid: 17 },
  sysmultiobjrefs: { class: 4, depid: 5, indepid: 13 },
  sysclsobjs: { class: 4, id: 5, type: 13, name: -1 },
  sysowners: { id: 4, type: 8, created: 13, modified: 21, name: -1, sid: -2, dfltsch: -4 },
  sysprufiles: {
    fileid: 8,
    grpid: 12,
    status: 16,
    filetype: 20,
    filestate: 21,
    size: 22,
    maxsize: 26,
    growth: 30,
    lname: -1,
    pname: -2,
  },
  sysxprops: { class: 4, id: 5, subid: 9, name: -1, value: -2 },
  sysseobjvalues: { id: 5, subid: 13, value: -1, imageval: -2 },
}

describe('layouts of the system base tables', () => {
  for (const name of [NORTHWIND, PUBS, ADVENTURE_WORKS, MUSIC_STORE, 'School.mdf']) {
    it(`are those that ${name} describes itself`, { skip: skipWithoutCorpus(name) }, () => {
      const reader = DatabaseReader.open([PageFile.open(corpusFile(name))])
      const storage = new StorageCatalog(reader, reader.bootPage)
      const columnsOf = (objectId: number) =>
        storage.dataRowsetsOf(objectId).flatMap(({ rowsetId }) => storage.columnsOf(rowsetId))
      let checked = 0
      for (const [table, offsets] of Object.entries(LAYOUTS)) {
        const object = reader.catalog.objects.find((candidate) => candidate.name === table)
        if (object === undefined) continue
        const columns = reader.catalog.columns(object.objectId)
        for (const [column, offset] of Object.entries(offsets)) {
          const id = columns.find((candidate) => candidate.name === column)?.columnId
          assert.ok(id !== undefined, `${table} has no ${column}`)
          const stored: readonly PhysicalColumn[] = columnsOf(object.objectId).filter(
            ({ columnId }) => columnId === id,
          )
          assert.equal(stored.at(0)?.leafOffset, offset, `${table}.${column}`)
          checked += 1
        }
      }
      reader.close()
      assert.ok(checked > 70)
    })
  }
})
