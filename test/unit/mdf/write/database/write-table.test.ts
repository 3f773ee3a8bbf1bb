import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { planDatabase } from '../../../../../src/mdf/write/database/plan-database.ts'
import { writeTable } from '../../../../../src/mdf/write/database/write-table.ts'
import { StorageWriter } from '../../../../../src/mdf/write/storage/index.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import { randomDatabase } from './random-database.ts'

const LSN = { virtualLogFile: 1, block: 1, slot: 1 }
const SEEDS = 12

/** The pages of a random database's tables, and what the writer says of them. */
async function written(seed: number, sortMemoryBytes: number) {
  await using folder = await createScratchFolder()
  const { files, tables, names } = planDatabase(randomDatabase(seed, folder.path).definition)
  const dataFiles = files.filter(({ type }) => type === 'ROWS')
  const bindingId = names.guid('binding')
  const writer = new StorageWriter(dataFiles, { bindingId, firstLsn: LSN })
  try {
    const results = []
    const sortPath = path.join(folder.path, 'rows')
    for (const table of tables) {
      results.push(await writeTable(writer, table, { sortPath, sortMemoryBytes }))
    }
    const pages = await Promise.all(dataFiles.map((file) => readFile(`${file.path}.partial`)))
    return { results, pages: Buffer.concat(pages) }
  } finally {
    writer.abandon()
  }
}

describe('writeTable', () => {
  it('writes the same pages whether rows are sorted in memory or in files', async () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const inMemory = await written(seed, 1_000_000_000)
      const inFiles = await written(seed, 2000)
      assert.deepEqual(inFiles.results, inMemory.results)
      assert.ok(inFiles.pages.equals(inMemory.pages), `database ${seed}`)
    }
  })
})
