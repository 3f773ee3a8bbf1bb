import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { PlatformError } from '../../../../src/base/index.ts'
import { PAGE_SIZE, pageChecksum, verifyFiles } from '../../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'
import { buildSampleDatabase } from '../../../support/sample-database.ts'
import { createScratchFolder } from '../../../support/scratch-folder.ts'

/** A few for every run of the tests; many when somebody wants to know. */
const ROUNDS = Number(process.env['SLIPWAY_MUTATIONS'] ?? 40)
const LONGEST_ROUND_MS = 10_000
const MOST_MEMORY_GROWTH = 300 * 1024 * 1024
const FLAG_BITS_OFFSET = 4
const CHECKSUM_OFFSET = 60
const HAS_CHECKSUM = 0x200

type Random = (limit: number) => number

function randomNumbers(seed: number): Random {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** What a disk, a controller or a careless copy does to a file, and what a forger would. */
const MUTATIONS: readonly ((file: Buffer, random: Random) => Buffer)[] = [
  (file, random) => changePage(file, random, (page) => page.fill(random(256), random(PAGE_SIZE))),
  (file, random) => changePage(file, random, (page) => page.fill(0)),
  (file, random) =>
    changePage(file, random, (page) => page.writeUInt16LE(random(65_536), 2 * random(48))),
  (file, random) =>
    changePage(file, random, (page) => page.writeUInt32LE(random(2 ** 32), 4 * random(24))),
  (file, random) =>
    changePage(file, random, (page) =>
      page.writeUInt16LE(random(9_000), PAGE_SIZE - 2 - 2 * random(8)),
    ),
  (file, random) =>
    changePage(file, random, (page) => {
      for (let index = 0; index < 8; index++) page[random(PAGE_SIZE)] = random(256)
    }),
  (file, random) => {
    const [from, to] = [random(file.length / PAGE_SIZE), random(file.length / PAGE_SIZE)]
    file.copy(file, to * PAGE_SIZE, from * PAGE_SIZE, (from + 1) * PAGE_SIZE)
    return file
  },
  (file, random) => file.subarray(0, random(file.length)),
]

/** Changes a page; every other time its checksum fits again, so that the change is believed. */
function changePage(file: Buffer, random: Random, change: (page: Buffer) => void): Buffer {
  const pageNumber = random(3) === 0 ? random(16) : random(file.length / PAGE_SIZE)
  const page = file.subarray(pageNumber * PAGE_SIZE, (pageNumber + 1) * PAGE_SIZE)
  if (page.length < PAGE_SIZE) return file
  change(page)
  if (random(2) === 0) return file
  page.writeUInt16LE(page.readUInt16LE(FLAG_BITS_OFFSET) | HAS_CHECKSUM, FLAG_BITS_OFFSET)
  page.writeUInt32LE(pageChecksum(page), CHECKSUM_OFFSET)
  return file
}

/** Verifies mutants of a file: each ends in a report or in a clear error, soon and in little memory. */
async function verifyMutants(bytes: Buffer, others: readonly string[], seed: number) {
  await using scratch = await createScratchFolder()
  const file = path.join(scratch.path, 'mutant.mdf')
  const random = randomNumbers(seed)
  const before = process.memoryUsage().rss
  const outcome = { damaged: 0, refused: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    let mutant = Buffer.from(bytes)
    for (let left = 1 + random(3); left > 0; left--) {
      mutant = Buffer.from(MUTATIONS[random(MUTATIONS.length)]?.(mutant, random) ?? mutant)
    }
    writeFileSync(file, mutant)
    const startedAt = performance.now()
    try {
      const { errors } = await verifyFiles([file, ...others], { onProblem: () => {} })
      if (errors > 0) outcome.damaged += 1
    } catch (error) {
      assert.ok(error instanceof PlatformError, `round ${round}: ${String(error)}`)
      assert.notEqual(error.code, 'INTERNAL')
      outcome.refused += 1
    }
    const took = performance.now() - startedAt
    assert.ok(took < LONGEST_ROUND_MS, `round ${round} took ${took} ms`)
    rmSync(file)
  }
  assert.ok(process.memoryUsage().rss - before < MOST_MEMORY_GROWTH)
  return outcome
}

describe('verifyFiles on mutated files', () => {
  it('ends in a report or a clear error, for a set of files', async () => {
    await using scratch = await createScratchFolder()
    const { mdfPath, ndfPath } = await buildSampleDatabase(scratch.path)
    const { damaged, refused } = await verifyMutants(readFileSync(mdfPath), [ndfPath], 3)
    assert.ok(damaged + refused > ROUNDS / 2, `${damaged} damaged, ${refused} refused`)
  })

  for (const name of ['northwnd.mdf', 'pubs.mdf', 'School.bak']) {
    it(`ends in a report or a clear error, for ${name}`, {
      skip: skipWithoutCorpus(name),
    }, async () => {
      await verifyMutants(readFileSync(corpusFile(name)), [], 11)
    })
  }
})
