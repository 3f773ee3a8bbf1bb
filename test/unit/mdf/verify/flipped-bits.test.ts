import assert from 'node:assert/strict'
import { closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { PAGE_SIZE, type Problem, verifyFiles } from '../../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'
import { buildSampleDatabase } from '../../../support/sample-database.ts'
import { createScratchFolder } from '../../../support/scratch-folder.ts'

const PFS_PAGE = 1
const PFS_BYTES_OFFSET = 100
const IS_ALLOCATED = 0x40
const TYPE_OFFSET = 1
const LAST_BIT = 8 * PAGE_SIZE - 1
/** Types that pages of a file may have: data, index, LOB, GAM, SGAM, IAM, PFS, boot, file header, DCM, BCM. */
const PAGE_TYPES_OF_ALL_FILES = [1, 2, 3, 8, 9, 10, 11, 13, 15, 16, 17]

interface AllocatedPage {
  readonly file: string
  readonly pageNumber: number
  readonly type: number
}

/** Allocated pages of a file with one PFS page, as its bytes say. */
function allocatedPages(file: string): AllocatedPage[] {
  const bytes = readFileSync(file)
  const pages: AllocatedPage[] = []
  for (let pageNumber = 0; pageNumber < bytes.length / PAGE_SIZE; pageNumber++) {
    const pfs = bytes[PFS_PAGE * PAGE_SIZE + PFS_BYTES_OFFSET + pageNumber] ?? 0
    if ((pfs & IS_ALLOCATED) === 0) continue
    pages.push({ file, pageNumber, type: bytes[pageNumber * PAGE_SIZE + TYPE_OFFSET] ?? 0 })
  }
  return pages
}

function flipBit({ file, pageNumber }: AllocatedPage, bit: number): void {
  const descriptor = openSync(file, 'r+')
  try {
    const at = pageNumber * PAGE_SIZE + (bit >> 3)
    const byte = readFileSync(file)[at] ?? 0
    writeSync(descriptor, Uint8Array.of(byte ^ (1 << (bit & 7))), 0, 1, at)
  } finally {
    closeSync(descriptor)
  }
}

async function problemsOf(files: readonly string[]): Promise<Problem[]> {
  const problems: Problem[] = []
  await verifyFiles(files, { onProblem: (problem) => problems.push(problem) })
  return problems
}

/** Flips a bit in each of the pages and expects an error at the page; gives the errors found there. */
async function expectFound(
  files: readonly string[],
  pages: readonly AllocatedPage[],
  bitOf: (index: number) => number,
): Promise<Map<AllocatedPage, Problem>> {
  const found = new Map<AllocatedPage, Problem>()
  for (const [index, page] of pages.entries()) {
    const bit = bitOf(index)
    flipBit(page, bit)
    const problems = await problemsOf(files)
    flipBit(page, bit)
    const error = problems.find(
      ({ severity, path: at, pageNumber }) =>
        severity === 'error' && at === page.file && pageNumber === page.pageNumber,
    )
    assert.ok(error, `bit ${bit} of page ${page.pageNumber} of ${path.basename(page.file)}`)
    found.set(page, error)
  }
  return found
}

/** Repeatable, spread over the whole page. */
function someBit(index: number): number {
  return (Math.imul(index + 1, 0x9e3779b1) >>> 0) % (LAST_BIT + 1)
}

/** Every `step`-th page, and one of each type. */
function sampled(pages: readonly AllocatedPage[], step: number): AllocatedPage[] {
  const types = new Set<number>()
  return pages.filter(({ type }, index) => {
    const isFirst = !types.has(type)
    types.add(type)
    return isFirst || index % step === 0
  })
}

describe('verifyFiles finds a flipped bit', () => {
  it('in pages of every type and of every file, and names page and object', async () => {
    await using scratch = await createScratchFolder()
    const { mdfPath, ndfPath } = await buildSampleDatabase(scratch.path)
    const files = [mdfPath, ndfPath]
    assert.deepEqual(await problemsOf(files), [])
    const pages = files.flatMap((file) => sampled(allocatedPages(file), 6))
    const found = await expectFound(files, pages, someBit)
    const types = [...new Set(pages.map(({ type }) => type))].sort((a, b) => a - b)
    assert.deepEqual(
      PAGE_TYPES_OF_ALL_FILES.filter((type) => !types.includes(type)),
      [],
    )
    const unnamed = [...found].filter(
      ([{ type }, { object }]) => [1, 2, 3, 10].includes(type) && object === undefined,
    )
    assert.deepEqual(
      unnamed.map(([page]) => page),
      [],
    )
    assert.deepEqual(await problemsOf(files), [])
  })

  for (const name of ['northwnd.mdf', 'School.mdf']) {
    it(`in pages of ${name}`, { skip: skipWithoutCorpus(name) }, async () => {
      await using scratch = await createScratchFolder()
      const file = path.join(scratch.path, name)
      copyFileSync(corpusFile(name), file)
      await expectFound([file], sampled(allocatedPages(file), 8), someBit)
    })
  }
})
