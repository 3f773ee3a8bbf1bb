import assert from 'node:assert/strict'
import { copyFile, mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import type { PlatformError } from '../../../src/base/index.ts'
import { inspectFileSet, PAGE_SIZE, pageChecksum } from '../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../support/corpus.ts'
import { createScratchFolder, type ScratchFolder } from '../../support/scratch-folder.ts'

const NORTHWIND = ['northwnd.mdf', 'northwnd_log.ldf'] as const
const SCHOOL = ['School.mdf', 'School_Log.ldf'] as const
const skip = skipWithoutCorpus(...NORTHWIND, ...SCHOOL)

const BOOT_PAGE = 9
const BOOT_VERSION = 0x64
const BOOT_STATUS = 0x84
const CHECKPOINT_LSN_IN_RECORD = 0x15c
const SYSPRUFILES = 24
const FILE_TYPE_IN_RECORD = 20

async function copyToScratch(folder: ScratchFolder, name: string): Promise<string> {
  const target = path.join(folder.path, name)
  await copyFile(corpusFile(name), target)
  return target
}

/** Changes a page of a file and gives it the checksum that belongs to it. */
async function changePage(
  file: string,
  pageNumber: number,
  change: (page: Buffer) => void,
): Promise<void> {
  const handle = await open(file, 'r+')
  const page = Buffer.alloc(PAGE_SIZE)
  await handle.read(page, 0, PAGE_SIZE, pageNumber * PAGE_SIZE)
  change(page)
  page.writeUInt32LE(pageChecksum(page), 60)
  await handle.write(page, 0, PAGE_SIZE, pageNumber * PAGE_SIZE)
  await handle.close()
}

async function damageByte(file: string, position: number): Promise<void> {
  const handle = await open(file, 'r+')
  const byte = Buffer.alloc(1)
  await handle.read(byte, 0, 1, position)
  byte[0] = byte.readUInt8(0) ^ 0x40
  await handle.write(byte, 0, 1, position)
  await handle.close()
}

/** One line that names the file. */
function refusal(code: string, file: string, message: RegExp = /./) {
  return (error: PlatformError) => {
    assert.equal(error.code, code)
    assert.ok(error.message.includes(file), error.message)
    assert.ok(!error.message.includes('\n'))
    assert.match(error.message, message)
    return true
  }
}

describe('inspectFileSet', () => {
  it('describes a complete set', { skip }, () => {
    const paths = NORTHWIND.map(corpusFile)
    assert.deepEqual(inspectFileSet(paths), {
      databaseName: 'Northwind',
      internalVersion: 655,
      sqlServerVersion: 'SQL Server 2008',
      compatibilityLevel: 100,
      collationId: 0xf008,
      clean: true,
      files: [
        {
          fileId: 1,
          kind: 'primary',
          logicalName: 'Northwind',
          path: paths[0],
          sizeBytes: 3_407_872,
        },
        {
          fileId: 2,
          kind: 'log',
          logicalName: 'Northwind_log',
          path: paths[1],
          sizeBytes: 516_096,
        },
      ],
    })
  })

  it('accepts a clean database without its log', { skip }, () => {
    assert.equal(inspectFileSet([corpusFile('School.mdf')]).files.length, 1)
  })

  const others = ['pubs.mdf', 'AdventureWorksLT2012_Data.mdf', 'MvcMusicStore.mdf'] as const
  it('derives a sensible database name', { skip: skip || skipWithoutCorpus(...others) }, () => {
    const names = [...others, 'School.mdf'].map((name) => {
      const { databaseName, files } = inspectFileSet([corpusFile(name)])
      return [databaseName, files[0]?.logicalName]
    })
    assert.deepEqual(names, [
      ['pubs', 'pubs'],
      ['AdventureWorksLT2012', 'AdventureWorksLT2008_Data'],
      ['MvcMusicStore', 'MvcMusicStore.mdf'],
      ['School', 'School'],
    ])
  })

  it('refuses what is no database file', { skip }, async () => {
    await using folder = await createScratchFolder()
    const file = path.join(folder.path, 'some.mdf')
    const refuses = (message: RegExp) =>
      assert.throws(() => inspectFileSet([file]), refusal('NOT_A_DATABASE_FILE', file, message))
    await writeFile(file, '')
    refuses(/empty/)
    await writeFile(file, 'just text')
    refuses(/too short/)
    await writeFile(file, 'text '.repeat(100_000))
    refuses(/not a SQL Server database file/)
    await writeFile(file, `TAPE${'\0'.repeat(10_000)}`)
    refuses(/backup/)
    const subfolder = path.join(folder.path, 'folder.mdf')
    await mkdir(subfolder)
    assert.throws(
      () => inspectFileSet([subfolder]),
      refusal('NOT_A_DATABASE_FILE', subfolder, /folder/),
    )
    const missing = path.join(folder.path, 'missing.mdf')
    assert.throws(() => inspectFileSet([missing]), refusal('FILE_NOT_FOUND', missing))
    assert.throws(() => inspectFileSet([]), { code: 'INVALID_ARGUMENT' })
  })

  it('wants the primary file first', { skip }, () => {
    const [primary, log] = NORTHWIND.map(corpusFile)
    assert.ok(primary !== undefined && log !== undefined)
    assert.throws(
      () => inspectFileSet([log, primary]),
      refusal('NOT_A_PRIMARY_FILE', log, /is a log file/),
    )
  })

  it('refuses files of another length than their header says', { skip }, async () => {
    await using folder = await createScratchFolder()
    const file = await copyToScratch(folder, 'northwnd.mdf')
    for (const bytes of [3_407_872 - PAGE_SIZE, 3_407_872 - 1, 3_407_872 + PAGE_SIZE]) {
      await truncate(file, bytes)
      assert.throws(() => inspectFileSet([file]), refusal('FILE_TRUNCATED', file, /3407872/))
    }
    await truncate(file, 5 * PAGE_SIZE)
    assert.throws(() => inspectFileSet([file]), refusal('FILE_TRUNCATED', file, /shorter/))
  })

  it('refuses damage in header, boot page and catalog', { skip }, async () => {
    await using folder = await createScratchFolder()
    for (const page of [0, BOOT_PAGE, 16, 111]) {
      const file = await copyToScratch(folder, 'northwnd.mdf')
      await damageByte(file, page * PAGE_SIZE + 4_000)
      assert.throws(() => inspectFileSet([file]), refusal('FILE_DAMAGED', file, /checksum/))
    }
    const file = await copyToScratch(folder, 'northwnd.mdf')
    const handle = await open(file, 'r+')
    await handle.write(Buffer.alloc(PAGE_SIZE), 0, PAGE_SIZE, 0)
    await handle.close()
    assert.throws(() => inspectFileSet([file]), refusal('FILE_DAMAGED', file))
  })

  it('refuses a file of another database', { skip }, () => {
    const log = corpusFile('School_Log.ldf')
    assert.throws(
      () => inspectFileSet([corpusFile('northwnd.mdf'), log]),
      refusal('FILE_OF_ANOTHER_DATABASE', log),
    )
  })

  it('refuses the same file twice, also as a copy', { skip }, async () => {
    await using folder = await createScratchFolder()
    const [primary, log] = NORTHWIND.map(corpusFile)
    assert.ok(primary !== undefined && log !== undefined)
    assert.throws(() => inspectFileSet([primary, primary]), refusal('INVALID_ARGUMENT', primary))
    const copy = await copyToScratch(folder, 'northwnd_log.ldf')
    assert.throws(
      () => inspectFileSet([primary, log, copy]),
      refusal('INVALID_ARGUMENT', copy, /copies of the same file/),
    )
  })

  it('refuses a log that was copied at another time', { skip }, async () => {
    await using folder = await createScratchFolder()
    const log = await copyToScratch(folder, 'northwnd_log.ldf')
    await changePage(log, 0, (page) => {
      const record = page.readUInt16LE(PAGE_SIZE - 4)
      const lsn = record + CHECKPOINT_LSN_IN_RECORD
      page.writeUInt32LE(page.readUInt32LE(lsn + 4) - 1, lsn + 4)
    })
    assert.throws(
      () => inspectFileSet([corpusFile('northwnd.mdf'), log]),
      refusal('FILE_SET_INCONSISTENT', log, /another time/),
    )
  })

  it('names the data files that are missing', { skip }, async () => {
    await using folder = await createScratchFolder()
    const file = await copyToScratch(folder, 'northwnd.mdf')
    const bytes = await readFile(file)
    const page = findSystemPage(bytes, SYSPRUFILES)
    await changePage(file, page, (copy) => {
      const logRow = copy.readUInt16LE(PAGE_SIZE - 4)
      copy[logRow + FILE_TYPE_IN_RECORD] = 0
    })
    assert.throws(
      () => inspectFileSet([file]),
      refusal('FILE_SET_INCOMPLETE', file, /Northwind_log \(C:\\dbs\\northwnd_log\.ldf\)/),
    )
  })

  it('refuses versions that it cannot read', { skip }, async () => {
    await using folder = await createScratchFolder()
    const file = await copyToScratch(folder, 'northwnd.mdf')
    for (const [version, name] of [
      [539, /SQL Server 2000 \(internal version 539\)/],
      [515, /SQL Server 7\.0/],
      [1_100, /newer than 2025/],
    ] as const) {
      await changePage(file, BOOT_PAGE, (page) => page.writeUInt16LE(version, BOOT_VERSION))
      assert.throws(() => inspectFileSet([file]), refusal('UNSUPPORTED_VERSION', file, name))
    }
  })

  it('refuses a database that was not shut down cleanly, with and without its log', {
    skip,
  }, async () => {
    await using folder = await createScratchFolder()
    const file = await copyToScratch(folder, 'northwnd.mdf')
    await changePage(file, BOOT_PAGE, (page) => {
      page.writeUInt32LE(page.readUInt32LE(BOOT_STATUS) & ~0x40000000, BOOT_STATUS)
    })
    assert.throws(
      () => inspectFileSet([file]),
      refusal('DATABASE_NOT_CLEAN', file, /log file is missing/),
    )
    assert.throws(
      () => inspectFileSet([file, corpusFile('northwnd_log.ldf')]),
      refusal('DATABASE_NOT_CLEAN', file, /only SQL Server can apply/),
    )
  })
})

/** The data page of a system table, by the object id in its header. */
function findSystemPage(file: Buffer, objectId: number): number {
  for (let page = 0; page < file.length / PAGE_SIZE; page++) {
    const start = page * PAGE_SIZE
    if (file[start + 1] === 1 && file.readUInt32LE(start + 24) === objectId) return page
  }
  return assert.fail(`no page of system table ${objectId}`)
}
