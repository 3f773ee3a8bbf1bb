import assert from 'node:assert/strict'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { PlatformError } from '../../../../src/base/index.ts'
import { buildDatabase, PAGE_SIZE, type Problem, verifyFiles } from '../../../../src/mdf/index.ts'
import { damagePage } from '../../../support/damage-page.ts'
import { buildSampleDatabase, type SampleDatabase } from '../../../support/sample-database.ts'
import { createScratchFolder } from '../../../support/scratch-folder.ts'

const PFS_PAGE = 1
const GAM_PAGE = 2
const BOOT_PAGE = 9
const HEADER_SIZE = 96
const PFS_BYTES_OFFSET = 100
const GAM_BITS_OFFSET = 196
const NEXT_PAGE_OFFSET = 16
const SLOT_COUNT_OFFSET = 22

interface Checked {
  readonly problems: readonly Problem[]
  /** `kind page: message; consequence`, of errors alone. */
  readonly errors: readonly string[]
}

async function check(files: readonly string[]): Promise<Checked> {
  const problems: Problem[] = []
  const summary = await verifyFiles(files, { onProblem: (problem) => problems.push(problem) })
  const errors = problems.filter(({ severity }) => severity === 'error')
  assert.equal(summary.errors, errors.length)
  return {
    problems,
    errors: errors.map(
      ({ kind, pageNumber, object, message, consequence }) =>
        `${kind} ${pageNumber ?? '-'} ${object?.name ?? '-'}: ${message}; ${consequence}`,
    ),
  }
}

/** Damages a fresh database and verifies it. */
async function damaged(
  change: (sample: SampleDatabase) => void,
  filesOf = ({ mdfPath, ndfPath, ldfPath }: SampleDatabase) => [mdfPath, ndfPath, ldfPath],
): Promise<Checked & { readonly sample: SampleDatabase }> {
  await using scratch = await createScratchFolder()
  const sample = await buildSampleDatabase(scratch.path)
  change(sample)
  return { ...(await check(filesOf(sample))), sample }
}

/** The leaf page of Sales.Customers that a customer's row is on. */
function pageOfCustomer(mdfPath: string): number {
  const at = readFileSync(mdfPath).indexOf(Buffer.from('Customer 7', 'utf16le'))
  assert.ok(at > 0)
  return Math.floor(at / PAGE_SIZE)
}

describe('verifyFiles', () => {
  let scratch: Awaited<ReturnType<typeof createScratchFolder>>
  let sample: SampleDatabase

  before(async () => {
    scratch = await createScratchFolder()
    sample = await buildSampleDatabase(scratch.path)
  })
  after(() => scratch[Symbol.asyncDispose]())

  it('has nothing to say of an undamaged set, in whatever order its files come', async () => {
    const { mdfPath, ndfPath, ldfPath } = sample
    assert.deepEqual((await check([mdfPath, ndfPath, ldfPath])).problems, [])
    assert.deepEqual((await check([ldfPath, ndfPath, mdfPath])).problems, [])
    assert.deepEqual((await check([mdfPath, ndfPath])).problems, [])
  })

  it('counts what it looked at, and tells how far it is', async () => {
    const phases = new Set<string>()
    const summary = await verifyFiles([sample.mdfPath, sample.ndfPath], {
      onProblem: () => assert.fail(),
      onProgress: ({ phase, done, total }) => {
        phases.add(phase)
        assert.ok(done <= total)
      },
    })
    assert.deepEqual([...phases], ['allocation', 'pages', 'tables'])
    assert.equal(summary.databaseName, 'Sample')
    assert.equal(summary.pagesUnguarded + summary.pagesWithTornBits, 0)
    const rows = sample.database.tables.reduce((sum, { rowCount }) => sum + rowCount, 0)
    assert.ok(summary.rowsChecked > rows, `${summary.rowsChecked} with system tables, ${rows}`)
  })

  it('names a data file that is missing', async () => {
    const { errors } = await damaged(
      () => {},
      ({ mdfPath }) => [mdfPath],
    )
    assert.match(errors.join('\n'), /file .*Sample_data\.ndf/)
  })

  it('names a file that is shorter than the database says', async () => {
    const { errors } = await damaged(({ mdfPath }) => truncateSync(mdfPath, 40 * PAGE_SIZE))
    assert.match(errors.join('\n'), /file - -: .*40 pages|file - -: .*shorter/)
  })

  it('refuses what is no database, or no mdf, with one clear line', async () => {
    const text = path.join(scratch.path, 'notes.mdf')
    writeFileSync(text, 'not a database\n'.repeat(1000))
    const refused = (files: readonly string[], code: string) =>
      assert.rejects(check(files), (error: unknown) => {
        assert.ok(error instanceof PlatformError)
        assert.equal(error.code, code)
        assert.ok(
          !error.message.includes('\n') && error.message.includes(path.basename(files[0] ?? '')),
        )
        return true
      })
    await refused([text], 'NOT_A_DATABASE_FILE')
    await refused([sample.ndfPath], 'NOT_A_PRIMARY_FILE')
    await refused([path.join(scratch.path, 'none.mdf')], 'FILE_NOT_FOUND')
  })

  it('tells the log and the ndf of another database apart', async () => {
    await using other = await createScratchFolder()
    const file = (name: string) => path.join(other.path, name)
    await buildDatabase({
      name: 'Stranger',
      files: [{ path: file('s.mdf') }, { path: file('s_data.ndf'), filegroup: 'DATA' }],
      log: { path: file('s_log.ldf') },
    })
    const log = await check([sample.mdfPath, sample.ndfPath, file('s_log.ldf')])
    assert.match(log.errors.join('\n'), /s_log\.ldf/)
    const data = await check([sample.mdfPath, file('s_data.ndf')])
    assert.match(data.errors.join('\n'), /s_data\.ndf/)
  })

  it('finds pages in use that the PFS calls free', async () => {
    let page = 0
    const { errors } = await damaged(({ mdfPath }) => {
      page = pageOfCustomer(mdfPath)
      damagePage(
        mdfPath,
        PFS_PAGE,
        (bytes) => {
          bytes[PFS_BYTES_OFFSET + page] = 0
        },
        { repairChecksum: true },
      )
    })
    assert.match(errors.join('\n'), new RegExp(`^allocation (?:${page}|1) `, 'm'))
  })

  it('finds extents in use that the GAM calls free', async () => {
    let page = 0
    const { errors } = await damaged(({ mdfPath }) => {
      page = pageOfCustomer(mdfPath)
      const extent = Math.floor(page / 8)
      damagePage(
        mdfPath,
        GAM_PAGE,
        (bytes) => {
          const at = GAM_BITS_OFFSET + (extent >> 3) - 2
          bytes[at] = (bytes[at] ?? 0) | (1 << (extent & 7))
        },
        { repairChecksum: true },
      )
    })
    assert.ok(errors.length > 0)
  })

  it('finds a page chain that leads into itself, a slot array that overflows, a broken boot page', async () => {
    const spoiled = async (change: (page: Buffer, number: number) => void, at?: number) => {
      let number = at ?? 0
      const { errors } = await damaged(({ mdfPath }) => {
        number = at ?? pageOfCustomer(mdfPath)
        damagePage(mdfPath, number, (page) => change(page, number), { repairChecksum: true })
      })
      return { errors: errors.join('\n'), number }
    }
    const circle = await spoiled((page, number) => page.writeUInt32LE(number, NEXT_PAGE_OFFSET))
    assert.match(circle.errors, /page-link|index-structure/)
    const slots = await spoiled((page) => page.writeUInt16LE(5_000, SLOT_COUNT_OFFSET))
    assert.match(slots.errors, new RegExp(`(?:slot|page-header) ${slots.number} Sales\\.`))
    const boot = await spoiled((page) => page.fill(0, HEADER_SIZE, PAGE_SIZE), BOOT_PAGE)
    assert.notEqual(boot.errors, '')
  })
})
