import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Backup, isBackupFile, PAGE_SIZE } from '../../../../src/mdf/index.ts'
import { type BackupOptions, buildBackup } from '../../../support/backup-builder.ts'
import { createScratchFolder, type ScratchFolder } from '../../../support/scratch-folder.ts'
import { type TinyFileOptions, tinyFile } from '../../../support/tiny-database.ts'

function oneFile(options: TinyFileOptions & { name: string }) {
  return [{ source: tinyFile(options), fileId: 1, logicalName: options.name }]
}

describe('Backup', () => {
  let scratch: ScratchFolder
  let count = 0
  const opened: Backup[] = []

  before(async () => {
    scratch = await createScratchFolder()
  })
  after(async () => {
    for (const backup of opened) backup.close()
    await scratch[Symbol.asyncDispose]()
  })

  const write = (bytes: Buffer): string => {
    const file = path.join(scratch.path, `${++count}.bak`)
    writeFileSync(file, bytes)
    return file
  }
  const openBytes = (bytes: Buffer): Backup => {
    const backup = Backup.open(write(bytes))
    opened.push(backup)
    return backup
  }
  const open = (options: BackupOptions): Backup => openBytes(buildBackup(options))

  for (const blockSize of [512, 4096]) {
    it(`reads the pages of a backup with blocks of ${blockSize} bytes`, () => {
      const [file] = oneFile({ name: 'one' })
      assert.ok(file)
      const backup = open({ blockSize, sets: [{ databaseName: 'one', files: [file] }] })
      const [source] = backup.select().dataFiles()
      assert.equal(source?.pageCount, file.source.pageCount)
      for (const page of [0, 2, 9, 15, 24, 31]) {
        assert.deepEqual(
          Buffer.from(source.readPage(page)),
          Buffer.from(file.source.readPage(page)),
          `page ${page}`,
        )
      }
    })
  }

  it('gives zeros for extents that were not allocated', () => {
    const backup = open({
      sets: [{ databaseName: 'one', files: oneFile({ name: 'one', allocated: [0, 1, 3] }) }],
    })
    const [source] = backup.select().dataFiles()
    assert.ok(source)
    assert.ok(source.readPage(2 * 8).every((byte) => byte === 0))
    const pages = Buffer.alloc(16 * PAGE_SIZE, 1)
    source.readPages?.(12, pages)
    assert.equal(pages.readUInt32LE(32), 12)
    assert.ok(pages.subarray(4 * PAGE_SIZE, 12 * PAGE_SIZE).every((byte) => byte === 0))
    assert.equal(pages.readUInt32LE(12 * PAGE_SIZE + 32), 24)
    assert.throws(() => source.readPage(48), { code: 'FILE_DAMAGED' })
  })

  it('follows maps that are protected by torn bits', () => {
    // Extents 6632 and 6633 have their bits in the last byte of a sector of the GAM page: torn bits
    // replace "allocated, free" by "free, allocated" there.
    const extents = [0, 1, 6632, 6635]
    const [file] = oneFile({ name: 'torn', protection: 'torn', allocated: extents, extents: 6640 })
    assert.ok(file)
    assert.equal((file.source.readPage(2)[1023] ?? 0) & 3, 1)
    const backup = open({ sets: [{ databaseName: 'torn', files: [{ ...file, extents }] }] })
    const [source] = backup.select().dataFiles()
    for (const page of [6632 * 8 + 3, 6635 * 8]) {
      assert.equal(Buffer.from(source?.readPage(page) ?? []).readUInt32LE(32), page)
    }
    assert.ok(source?.readPage(6633 * 8).every((byte) => byte === 0))
  })

  it('keeps the files of a database apart', () => {
    const files = [
      { source: tinyFile({ name: 'two' }), fileId: 1, logicalName: 'two' },
      { source: tinyFile({ name: 'two', fileId: 3, fill: 9 }), fileId: 3, logicalName: 'two3' },
    ]
    const set = open({ sets: [{ databaseName: 'two', files }] }).select()
    const [primary, secondary] = set.dataFiles()
    assert.equal(Buffer.from(primary?.readPage(24) ?? []).readUInt16LE(36), 1)
    assert.equal(Buffer.from(secondary?.readPage(24) ?? []).readUInt16LE(36), 3)
    assert.deepEqual(
      set.files.map(({ logicalName, type, fileId }) => [logicalName, type, fileId]),
      [
        ['two', 'D', 1],
        ['two3', 'D', 3],
        ['two_log', 'L', 2],
      ],
    )
  })

  it('finds files whose pages are in a block of their own', () => {
    const files = [
      { source: tinyFile({ name: 'two' }), fileId: 1, logicalName: 'two' },
      { source: tinyFile({ name: 'two', fileId: 3, fill: 9 }), fileId: 3, logicalName: 'two3' },
    ]
    const sets = [{ databaseName: 'two', files, blockPerFile: true, lateExtents: [3] }]
    const [primary, secondary] = open({ sets }).select().dataFiles()
    assert.equal(Buffer.from(primary?.readPage(25) ?? []).readUInt16LE(36), 1)
    assert.equal(Buffer.from(secondary?.readPage(24) ?? []).readUInt16LE(36), 3)
  })

  it('takes extents that were saved once more from where they were saved last', () => {
    const files = oneFile({ name: 'late', fill: 1 })
    const late = tinyFile({ name: 'late', fill: 77 })
    const backup = open({
      sets: [{ databaseName: 'late', files, lateExtents: [0, 3], late }],
    })
    const [source] = backup.select().dataFiles()
    assert.deepEqual(Buffer.from(source?.readPage(25) ?? []), Buffer.from(late.readPage(25)))
    assert.notDeepEqual(Buffer.from(source?.readPage(12) ?? []), Buffer.from(late.readPage(12)))
  })

  describe('select', () => {
    const sets = [
      { databaseName: 'first', files: oneFile({ name: 'first' }) },
      { databaseName: 'second', files: oneFile({ name: 'second', fill: 40 }) },
    ]

    it('finds the sets of several databases by name or position', () => {
      const backup = open({ sets })
      assert.equal(backup.select({ databaseName: 'SECOND' }).position, 2)
      assert.equal(backup.select({ position: 1 }).header.databaseName, 'first')
      const [source] = backup.select({ position: 2 }).dataFiles()
      assert.equal(source?.readPage(24)[96], 48)
    })

    it('lists the sets when it is not clear which one is meant', () => {
      assert.throws(() => open({ sets }).select(), {
        code: 'BACKUP_SET_AMBIGUOUS',
        message: /1 first \(Database.*\); 2 second \(Database/,
      })
      assert.throws(() => open({ sets }).select({ databaseName: 'third' }), {
        code: 'BACKUP_SET_NOT_FOUND',
        message: /1 first.*2 second/,
      })
      assert.throws(() => open({ sets }).select({ position: 3 }), { code: 'BACKUP_SET_NOT_FOUND' })
    })

    it('takes the only full one among others', () => {
      const [first] = sets
      assert.ok(first)
      const backup = open({ sets: [first, { ...first, type: 'L' }, { ...first, type: 'I' }] })
      assert.equal(backup.select().position, 1)
    })

    it('takes a whole set before one that is cut off, which can be asked for and is refused', () => {
      const whole = buildBackup({ sets })
      const backup = openBytes(whole.subarray(0, whole.length - 100_000))
      assert.equal(backup.sets.length, 2)
      assert.equal(backup.select().position, 1)
      backup.select().dataFiles()
      assert.throws(() => backup.select({ position: 2 }).dataFiles(), {
        code: 'BACKUP_DAMAGED',
        message: /backup set 2 is damaged: the file ends/,
      })
    })
  })

  describe('refuses', () => {
    const set = { databaseName: 'one', files: oneFile({ name: 'one' }) }
    const refusals = [
      ['a differential backup', { sets: [{ ...set, type: 'I' }] }, /differential database backup/],
      ['a log backup', { sets: [{ ...set, type: 'L' }] }, /transaction log backup/],
      ['a file backup', { sets: [{ ...set, type: 'F' }] }, /file backup/],
      ['a partial backup', { sets: [{ ...set, type: 'P' }] }, /partial backup/],
      ['a stripe', { sets: [set], family: { count: 3, number: 2 } }, /part 2 .* over 3 files/],
      ['a backup of SQL Server 2000', { sets: [{ ...set, version: 539 }] }, /SQL Server 2000/],
    ] as const
    for (const [what, options, message] of refusals) {
      it(`${what}, by name`, () => {
        const refused = open(options).select({ position: 1 })
        assert.throws(() => refused.dataFiles(), { code: 'UNSUPPORTED_BACKUP', message })
      })
    }

    it('a backup without one of the files', () => {
      const files = [
        ...oneFile({ name: 'one' }),
        { source: tinyFile({ name: 'one', fileId: 3 }), fileId: 3, logicalName: 'extra' },
      ]
      const refused = open({ sets: [{ databaseName: 'one', files, withoutFiles: [3] }] }).select()
      assert.throws(() => refused.dataFiles(), {
        code: 'UNSUPPORTED_BACKUP',
        message: /extra missing/,
      })
    })

    it('a compressed backup', () => {
      const file = write(Buffer.concat([Buffer.from('MSSQLBAK'), Buffer.alloc(4096)]))
      assert.throws(() => Backup.open(file), { code: 'UNSUPPORTED_BACKUP', message: /compressed/ })
      assert.equal(isBackupFile(file), true)
    })

    it('what is no backup', () => {
      const text = write(Buffer.from('no backup at all'))
      const empty = write(Buffer.alloc(0))
      assert.throws(() => Backup.open(text), { code: 'NOT_A_BACKUP' })
      assert.throws(() => Backup.open(empty), { code: 'NOT_A_BACKUP', message: /is empty/ })
      assert.throws(() => Backup.open(scratch.path), { code: 'NOT_A_BACKUP' })
      assert.throws(() => Backup.open(path.join(scratch.path, 'missing')), {
        code: 'FILE_NOT_FOUND',
      })
      assert.equal(isBackupFile(text), false)
      assert.equal(isBackupFile(path.join(scratch.path, 'missing')), false)
    })

    it('a media header with a wrong checksum', () => {
      const bytes = buildBackup({ sets: [set] })
      bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20)
      assert.throws(() => openBytes(bytes), { code: 'BACKUP_DAMAGED', message: /checksum/ })
    })
  })

  it('keeps the sets before damage', () => {
    const sets = [
      { databaseName: 'first', files: oneFile({ name: 'first' }) },
      { databaseName: 'second', files: oneFile({ name: 'second' }) },
    ]
    const bytes = buildBackup({ sets })
    const second = bytes.lastIndexOf('SSET')
    bytes.writeUInt8(bytes.readUInt8(second + 20) ^ 1, second + 20)
    const backup = openBytes(bytes)
    assert.equal(backup.sets.length, 1)
    assert.match(backup.damage ?? '', /checksum/)
    assert.equal(backup.select().header.databaseName, 'first')
  })
})
