import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildDatabase, DatabaseReader, PageFile } from '../../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'
import { createScratchFolder } from '../../../support/scratch-folder.ts'
import { randomDatabase } from '../write/database/random-database.ts'
import { checkSeeks } from './check-seeks.ts'

const DATABASES = 20

function checkAll(reader: DatabaseReader): number {
  const tables = reader.catalog.objects.filter(({ type }) => type === 'U')
  return tables.reduce((seeks, { objectId }) => seeks + checkSeeks(reader, objectId), 0)
}

describe('DatabaseReader.seekTable', () => {
  it('finds rows by every index of databases of our own', async () => {
    let seeks = 0
    for (let seed = 1; seed <= DATABASES; seed++) {
      await using folder = await createScratchFolder()
      const { definition } = randomDatabase(seed, folder.path)
      const built = await buildDatabase(definition)
      const dataFiles = built.paths.slice(0, definition.files.length)
      const reader = DatabaseReader.open(dataFiles.map((path) => PageFile.open(path)))
      try {
        seeks += checkAll(reader)
      } finally {
        reader.close()
      }
    }
    assert.ok(seeks > 1000, `${seeks} seeks`)
  })

  for (const name of ['northwnd.mdf', 'pubs.mdf', 'AdventureWorksLT2012_Data.mdf', 'School.mdf']) {
    it(`finds rows by every index of ${name}`, { skip: skipWithoutCorpus(name) }, () => {
      const reader = DatabaseReader.open([PageFile.open(corpusFile(name))])
      try {
        assert.ok(checkAll(reader) > 50)
      } finally {
        reader.close()
      }
    })
  }

  it('refuses an index that is none', { skip: skipWithoutCorpus('pubs.mdf') }, () => {
    const reader = DatabaseReader.open([PageFile.open(corpusFile('pubs.mdf'))])
    try {
      const [table] = reader.catalog.objects.filter(({ type }) => type === 'U')
      const seek = { indexId: 99, range: { equal: [] }, isBackward: false, mostLookups: 1 }
      assert.throws(() => reader.seekTable(table?.objectId ?? 0, [], seek), {
        code: 'INVALID_ARGUMENT',
      })
    } finally {
      reader.close()
    }
  })
})
