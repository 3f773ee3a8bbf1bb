import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import {
  type BuiltDatabase,
  buildDatabase,
  type DatabaseDefinition,
  DatabaseReader,
  inspectFileSet,
  PageFile,
  type Problem,
  type TableDefinition,
  verifyFiles,
} from '../../../../../src/mdf/index.ts'
import { damagePage } from '../../../../support/damage-page.ts'
import { buildSampleDatabase } from '../../../../support/sample-database.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'

const PFS_INTERVAL = 8088
const IS_ALLOCATED = 0x40

async function build(
  folder: string,
  definition: Partial<DatabaseDefinition> = {},
): Promise<BuiltDatabase> {
  const file = (name: string) => path.join(folder, name)
  return buildDatabase({
    name: 'built',
    files: [{ path: file('built.mdf') }],
    log: { path: file('built_log.ldf') },
    ...definition,
  })
}

async function problemsOf(paths: readonly string[]): Promise<Problem[]> {
  const problems: Problem[] = []
  await verifyFiles(paths, { onProblem: (problem) => problems.push(problem) })
  return problems
}

function openData(paths: readonly string[]): DatabaseReader {
  const dataFiles = paths.filter((file) => !file.endsWith('.ldf'))
  return DatabaseReader.open(dataFiles.map((file) => PageFile.open(file)))
}

/** Allocated pages of each type, by the object that the allocation unit in their header belongs to. */
function countPages(paths: readonly string[], unitId: bigint): { all: number; leaves: number } {
  let [all, leaves] = [0, 0]
  for (const file of paths.filter((candidate) => !candidate.endsWith('.ldf'))) {
    const source = PageFile.open(file)
    for (let number = 0; number < source.pageCount; number++) {
      const pfsPage = number < PFS_INTERVAL ? 1 : Math.floor(number / PFS_INTERVAL) * PFS_INTERVAL
      const status = source.readPage(pfsPage)[100 + (number % PFS_INTERVAL)] ?? 0
      if ((status & IS_ALLOCATED) === 0) continue
      const page = Buffer.from(source.readPage(number))
      const low = BigInt(page.readUInt32LE(24)) << 16n
      if (((BigInt(page.readUInt16LE(6)) << 48n) | low) !== unitId) continue
      all += 1
      if (page[3] === 0 && (page[1] === 1 || page[1] === 2)) leaves += 1
    }
    source.close()
  }
  return { all, leaves }
}

const NUMBERS: TableDefinition = {
  name: 'Numbers',
  columns: [
    { name: 'Id', type: 'int', isNullable: false },
    { name: 'Text', type: 'varchar(200)' },
  ],
  primaryKey: { name: 'PK_Numbers', columns: ['Id'] },
}

describe('buildDatabase', () => {
  it('makes a sample of everything that verifies clean and is a clean file set', async () => {
    await using folder = await createScratchFolder()
    const { database } = await buildSampleDatabase(folder.path)
    assert.deepEqual(await problemsOf(database.paths), [])
    const set = inspectFileSet(database.paths)
    assert.deepEqual(
      set.files.map(({ fileId, kind }) => [fileId, kind]),
      [
        [1, 'primary'],
        [3, 'secondary'],
        [2, 'log'],
      ],
    )
    assert.equal(set.clean, true)
  })

  it('describes as many pages in its metadata as its files have', async () => {
    await using folder = await createScratchFolder()
    const { database } = await buildSampleDatabase(folder.path)
    const reader = openData(database.paths)
    try {
      let units = 0
      for (const { objectId } of database.tables) {
        for (const { rowsetId } of reader.catalog.partitions(objectId)) {
          for (const unit of reader.catalog.allocationUnits(rowsetId)) {
            const { all, leaves } = countPages(database.paths, unit.allocationUnitId)
            assert.equal(unit.usedPages, all)
            assert.equal(unit.dataPages, leaves)
            units += 1
          }
        }
      }
      assert.ok(units > 10)
    } finally {
      reader.close()
    }
  })

  it('reads rows as they are made, also from an asynchronous source, and sorts them', async () => {
    await using folder = await createScratchFolder()
    async function* rows() {
      for (let index = 0; index < 3000; index++) {
        if (index % 1000 === 0) await new Promise((resolve) => setImmediate(resolve))
        yield [(index * 7) % 3000, `row ${index}`]
      }
    }
    const { paths, tables } = await build(folder.path, { tables: [{ ...NUMBERS, rows: rows() }] })
    assert.equal(tables[0]?.rowCount, 3000)
    const reader = openData(paths)
    const ids = Array.from(reader.scanTable(tables[0].objectId, [1]), ([id]) => id)
    reader.close()
    assert.deepEqual(
      ids,
      Array.from({ length: 3000 }, (_, id) => id),
    )
    assert.deepEqual(await problemsOf(paths), [])
  })

  it('gives equal files for equal definitions', async () => {
    await using folder = await createScratchFolder()
    const rows = Array.from({ length: 500 }, (_, id) => [id, `row ${id}`])
    const made: Buffer[] = []
    for (let round = 0; round < 2; round++) {
      const { paths } = await build(folder.path, { tables: [{ ...NUMBERS, rows }] })
      for (const file of paths) {
        made.push(await readFile(file))
        await rm(file)
      }
    }
    assert.ok(made[0]?.equals(made[2] ?? Buffer.alloc(0)))
    assert.ok(made[1]?.equals(made[3] ?? Buffer.alloc(0)))
  })

  it('leaves no file when a row is refused, and says which', async () => {
    await using folder = await createScratchFolder()
    function* rows() {
      yield [1, 'fine']
      yield [2, 'x'.repeat(201)]
    }
    await assert.rejects(build(folder.path, { tables: [{ ...NUMBERS, rows: rows() }] }), {
      code: 'INVALID_ARGUMENT',
      message: /^table dbo\.Numbers: column Text: .* takes 201 bytes/,
    })
    assert.deepEqual(await readdir(folder.path), [])
  })

  it('leaves no file when the source of the rows fails', async () => {
    await using folder = await createScratchFolder()
    function* rows(): Generator<[number, string]> {
      yield [1, 'fine']
      throw new RangeError('no more rows')
    }
    await assert.rejects(build(folder.path, { tables: [{ ...NUMBERS, rows: rows() }] }), RangeError)
    assert.deepEqual(await readdir(folder.path), [])
  })

  it('refuses a file that is there already, and leaves it', async () => {
    await using folder = await createScratchFolder()
    await build(folder.path)
    await assert.rejects(build(folder.path), { message: /built\.mdf is there already$/ })
    assert.ok(existsSync(path.join(folder.path, 'built.mdf')))
  })

  it('has its damage found where it was made', async () => {
    await using folder = await createScratchFolder()
    const rows = Array.from({ length: 2000 }, (_, id) => [id, `row ${id}`.repeat(9)])
    const { paths, tables } = await build(folder.path, { tables: [{ ...NUMBERS, rows }] })
    const reader = openData(paths)
    const [partition] = reader.catalog.partitions(tables[0]?.objectId ?? 0)
    const [unit] = reader.catalog.allocationUnits(partition?.rowsetId ?? 0n)
    reader.close()
    const { fileId = 0, pageNumber = 0 } = unit?.root ?? {}
    damagePage(paths[0] ?? '', pageNumber, (page) => {
      page[200] = (page[200] ?? 0) ^ 1
    })
    const [problem] = await problemsOf(paths)
    assert.equal(problem?.kind, 'checksum')
    assert.deepEqual([problem.fileId, problem.pageNumber], [fileId, pageNumber])
    assert.equal(problem.object?.name, 'dbo.Numbers')
    assert.equal(problem.object.indexName, 'PK_Numbers')
  })
})

describe('buildDatabase refuses', () => {
  const wrong: readonly [what: string, table: Partial<TableDefinition>, message: RegExp][] = [
    [
      'two rows of one key',
      {
        rows: [
          [1, ''],
          [1, ''],
        ],
      },
      /index PK_Numbers: two rows have the same Id$/,
    ],
    ['a row of another width', { rows: [[1]] }, /a row has 1 values, and 2 columns have some$/],
    [
      'rows that are not in the order they are said to be in',
      {
        rows: [
          [2, ''],
          [1, ''],
        ],
        rowsAreSorted: true,
      },
      /its rows are not in the order of its key$/,
    ],
    [
      'an index of a column that is not there',
      { indexes: [{ name: 'IX', columns: ['Nothing'] }] },
      /table dbo\.Numbers, index IX: there is no column Nothing$/,
    ],
    [
      'a compressed table with a sparse column',
      {
        compression: 'row',
        columns: [...NUMBERS.columns, { name: 'S', type: 'int', isSparse: true }],
      },
      /a table with sparse columns cannot be compressed$/,
    ],
    [
      'a clustered index with a compression of its own',
      { primaryKey: { columns: ['Id'], compression: 'page' } },
      /a clustered index is compressed as its table says$/,
    ],
    ['a filegroup without a file', { filegroup: 'SLOW' }, /there is no filegroup SLOW$/],
    ['NULL in a primary key', { rows: [[null, '']] }, /column Id: it may not be NULL$/],
  ]
  for (const [what, table, message] of wrong) {
    it(what, async () => {
      await using folder = await createScratchFolder()
      const tables = [{ ...NUMBERS, ...table }]
      await assert.rejects(build(folder.path, { tables }), { code: 'INVALID_ARGUMENT', message })
      assert.deepEqual(await readdir(folder.path), [])
    })
  }
})
