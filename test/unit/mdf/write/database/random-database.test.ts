import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { describe, it } from 'node:test'
import {
  type BuiltDatabase,
  buildDatabase,
  DatabaseReader,
  inspectFileSet,
  PageFile,
  scriptDatabase,
  typeText,
  verifyFiles,
} from '../../../../../src/mdf/index.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import { exact, type RandomDatabase, type RandomTable, randomDatabase } from './random-database.ts'

const DATABASES = 50

/** Everything that verifying finds, but for what it says it cannot compare. */
async function problemsOf(paths: readonly string[]): Promise<string[]> {
  const problems: string[] = []
  await verifyFiles(paths, {
    onProblem: ({ kind, severity, object, message }) => {
      const isLimit = kind === 'not-checked' && message.includes('large values that it includes')
      if (!isLimit) problems.push(`${severity} ${kind} ${object?.name}: ${message}`)
    },
  })
  return problems
}

function assertRows(reader: DatabaseReader, objectId: number, table: RandomTable): void {
  const lines = (rows: Iterable<readonly Parameters<typeof exact>[0][]>) =>
    Array.from(rows, (row) => row.map(exact).join(' | ')).sort()
  const scanned = lines(reader.scanTable(objectId))
  assert.deepEqual(scanned, lines(table.scannedRows))
  assert.equal(reader.catalog.rowCount(objectId), scanned.length)
}

function assertCatalog(reader: DatabaseReader, objectId: number, table: RandomTable): void {
  const { catalog } = reader
  const { columns, indexes = [], primaryKey } = table.definition
  assert.deepEqual(
    catalog.columns(objectId).map(({ columnId, name, type, isNullable, isSparse }) => {
      return [columnId, name, typeText(type), isNullable, isSparse]
    }),
    columns.flatMap(({ name, type, isNullable = true, isSparse = false, isDropped }, index) =>
      isDropped === true ? [] : [[index + 1, name, type, isNullable, isSparse]],
    ),
  )
  const found = catalog.indexes(objectId).filter(({ type }) => type !== 'HEAP')
  assert.equal(found.length, indexes.length + (primaryKey === undefined ? 0 : 1))
  for (const index of indexes) {
    const own = found.find(({ name }) => name === index.name)
    const nameOf = (columnId: number) => columns[columnId - 1]?.name
    assert.deepEqual(
      own?.columns
        .filter(({ isIncluded }) => !isIncluded)
        .map(({ columnId, isDescending }) => ({ name: nameOf(columnId), isDescending })),
      index.columns,
    )
    const included = own?.columns.filter(({ isIncluded }) => isIncluded)
    assert.deepEqual(
      included?.map(({ columnId }) => nameOf(columnId)),
      index.included ?? [],
    )
    assert.equal(own?.isUnique, index.isUnique)
  }
}

function assertReadsBack(built: BuiltDatabase, { tables, definition }: RandomDatabase): void {
  const dataFiles = built.paths.slice(0, definition.files.length)
  const reader = DatabaseReader.open(dataFiles.map((path) => PageFile.open(path)))
  try {
    tables.forEach((table, index) => {
      const objectId = built.tables[index]?.objectId ?? 0
      assertCatalog(reader, objectId, table)
      assertRows(reader, objectId, table)
    })
    const statements = Array.from(scriptDatabase(reader)).join('\n')
    for (const { name } of definition.tables ?? [])
      assert.ok(statements.includes(`[dbo].[${name}]`))
  } finally {
    reader.close()
  }
}

describe('buildDatabase of random definitions', () => {
  it('makes files that verify clean, belong together and read back exactly', async () => {
    await using folder = await createScratchFolder()
    for (let seed = 0; seed < DATABASES; seed++) {
      const random = randomDatabase(seed, folder.path)
      const built = await buildDatabase(random.definition)
      try {
        assert.deepEqual(await problemsOf(built.paths), [])
        assert.equal(inspectFileSet(built.paths).databaseName, built.name)
        assertReadsBack(built, random)
      } catch (error) {
        throw new Error(`database ${seed} is not what was asked for`, { cause: error })
      }
      for (const path of built.paths) await rm(path)
    }
  })
})
