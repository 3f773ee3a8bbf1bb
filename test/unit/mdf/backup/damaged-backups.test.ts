import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { PlatformError } from '../../../../src/base/index.ts'
import { Backup, inspectBackupSet, restoreBackup } from '../../../../src/mdf/index.ts'
import { buildBackup } from '../../../support/backup-builder.ts'
import { createScratchFolder, type ScratchFolder } from '../../../support/scratch-folder.ts'
import { tinyFile } from '../../../support/tiny-database.ts'

const ROUNDS = 2000
/** What a look at damage may end in. */
const CODES = new Set([
  'BACKUP_DAMAGED',
  'BACKUP_SET_AMBIGUOUS',
  'BACKUP_SET_NOT_FOUND',
  'DATABASE_NOT_CLEAN',
  'DISK_FULL',
  'FILE_DAMAGED',
  'NOT_A_BACKUP',
  'UNSUPPORTED_BACKUP',
  'UNSUPPORTED_VERSION',
])

/** A generator of its own, so that a failure can be repeated. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff]

/** Damages headers more often than pages: there are far more bytes of pages. */
function mutate(bytes: Buffer, headers: readonly number[], random: (below: number) => number) {
  for (let change = random(4); change >= 0; change--) {
    const start = headers[random(headers.length)] ?? 0
    const offset = random(3) === 0 ? random(bytes.length) : start + random(0x260)
    if (offset >= bytes.length) continue
    bytes[offset] = random(2) === 0 ? random(256) : (EXTREMES[random(EXTREMES.length)] ?? 0)
    if (random(2) === 0) repairChecksum(bytes, start)
  }
  return random(10) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes
}

/** Damage behind a right checksum gets further. */
function repairChecksum(bytes: Buffer, start: number): void {
  const isStream = /^(?:MQ|SPAD|CSUM|RAID|APAD)/.test(bytes.toString('latin1', start, start + 4))
  const end = isStream ? 20 : 50
  if (start + end + 2 > bytes.length) return
  let sum = 0
  for (let offset = start; offset < start + end; offset += 2) sum ^= bytes.readUInt16LE(offset)
  bytes.writeUInt16LE(sum, start + end)
}

function headersOf(bytes: Buffer): number[] {
  const tags = ['TAPE', 'RAID', 'SSET', 'MSCI', 'MQCI', 'SCIN', 'SFIN', 'MSDA', 'MQDA', 'CSUM']
  return [...tags, 'MSTL', 'MQTL', 'SPAD', 'SFMB', 'ESET'].flatMap((tag) => {
    const found: number[] = []
    for (let at = bytes.indexOf(tag); at >= 0; at = bytes.indexOf(tag, at + 4)) found.push(at)
    return found
  })
}

async function use(file: string, folder: string): Promise<void> {
  const backup = Backup.open(file)
  try {
    const set = backup.select({ position: 1 })
    const [source] = set.dataFiles()
    source?.readPage(9)
    await inspectBackupSet(set).catch(expectPlatformError)
    await restoreBackup(set, { folder })
  } finally {
    backup.close()
  }
}

function expectPlatformError(error: unknown): void {
  if (error instanceof PlatformError && CODES.has(error.code)) return
  throw error
}

describe('a damaged backup', () => {
  let scratch: ScratchFolder

  before(async () => {
    scratch = await createScratchFolder()
  })
  after(() => scratch[Symbol.asyncDispose]())

  it('ends in a clear error or in whole files, whatever is damaged', {
    timeout: 120_000,
  }, async () => {
    const intact = buildBackup({
      sets: [
        {
          databaseName: 'fuzzed',
          files: [
            {
              source: tinyFile({ name: 'fuzzed', allocated: [0, 1], extents: 3 }),
              fileId: 1,
              logicalName: 'fuzzed',
            },
          ],
          lateExtents: [0],
          checksums: true,
          log: [[{ operation: 0x96 }, { operation: 0x02, page: { fileId: 1, pageNumber: 2 } }]],
        },
      ],
    })
    const headers = headersOf(intact)
    const file = path.join(scratch.path, 'damaged.bak')
    const random = randomNumbers(20_261_124)
    let refused = 0
    for (let round = 0; round < ROUNDS; round++) {
      writeFileSync(file, mutate(Buffer.from(intact), headers, random))
      const folder = path.join(scratch.path, 'restored')
      mkdirSync(folder)
      try {
        await use(file, folder)
      } catch (error) {
        assert.ok(
          error instanceof PlatformError && CODES.has(error.code),
          `round ${round}: ${error instanceof Error ? error.stack : error}`,
        )
        assert.deepEqual(readdirSync(folder), [], `round ${round}`)
        refused++
      }
      rmSync(folder, { recursive: true })
    }
    assert.ok(refused > ROUNDS / 4, `${refused} of ${ROUNDS} were refused`)
    assert.ok(refused < ROUNDS, 'some damage is where nothing is read')
  })
})
