import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  Backup,
  DatabaseReader,
  inspectBackupSet,
  inspectFileSet,
  restoreBackup,
} from '../../../../src/mdf/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'
import { createScratchFolder } from '../../../support/scratch-folder.ts'

const SCHOOL_ROWS: Readonly<Record<string, number>> = {
  Course: 10,
  CourseInstructor: 9,
  Department: 4,
  OfficeAssignment: 9,
  OnlineCourse: 4,
  OnsiteCourse: 6,
  Person: 34,
  StudentGrade: 40,
  sysdiagrams: 0,
}

function rowCounts(reader: DatabaseReader): Record<string, number> {
  const tables = reader.catalog.objects.filter(
    ({ type, isMsShipped }) => type === 'U' && !isMsShipped,
  )
  return Object.fromEntries(
    tables.map(({ name, objectId }) => [name, [...reader.scanTable(objectId)].length]),
  )
}

describe('a backup of SQL Server 2019', { skip: skipWithoutCorpus('School.bak') }, () => {
  it('tells what RESTORE HEADERONLY and FILELISTONLY tell', () => {
    const backup = Backup.open(corpusFile('School.bak'))
    const [set] = backup.sets
    backup.close()
    assert.ok(set)
    const { header } = set
    assert.equal(header.databaseName, 'School')
    assert.equal(header.backupType, 1)
    assert.equal(header.databaseVersion, 904)
    assert.equal(header.firstLsn, '37000000277600001')
    assert.equal(header.lastLsn, '37000000280000001')
    assert.equal(header.backupStartDate, '2022-09-22T22:21:50')
    assert.equal(header.collation, 'SQL_Latin1_General_CP1_CI_AS')
    assert.equal(header.recoveryModel, 'SIMPLE')
    assert.equal(header.softwareVersionBuild, 4153)
    assert.deepEqual(
      set.files.map(({ logicalName, type, size, backupSizeInBytes }) => [
        logicalName,
        type,
        size,
        backupSizeInBytes,
      ]),
      [
        ['School', 'D', 8388608n, 3735552n],
        ['School_log', 'L', 8388608n, 0n],
      ],
    )
  })

  it('is read in place, with every row', () => {
    const backup = Backup.open(corpusFile('School.bak'))
    const reader = DatabaseReader.open(backup.select().dataFiles())
    assert.deepEqual(rowCounts(reader), SCHOOL_ROWS)
    backup.close()
  })

  it('is restored to files that belong together', async () => {
    await using scratch = await createScratchFolder()
    const backup = Backup.open(corpusFile('School.bak'))
    const set = backup.select()
    const foretold = await inspectBackupSet(set)
    const files = await restoreBackup(set, { folder: scratch.path })
    backup.close()
    const found = inspectFileSet(files.map((file) => file.path))
    assert.equal(found.databaseName, 'School')
    const shape = ({ files: members, ...rest }: typeof found) => ({
      ...rest,
      files: members.map(({ path: _, ...member }) => member),
    })
    assert.deepEqual(shape(found), shape(foretold))
  })
})

describe('a backup of SQL Server 2008 R2', {
  skip: skipWithoutCorpus('RestoreTimeClean.bak'),
}, () => {
  it('is restored to files that belong together', async () => {
    await using scratch = await createScratchFolder()
    const backup = Backup.open(corpusFile('RestoreTimeClean.bak'))
    const files = await restoreBackup(backup.select(), { folder: scratch.path })
    backup.close()
    const found = inspectFileSet(files.map((file) => file.path))
    assert.equal(found.databaseName, 'RestoreTimeClean')
    assert.equal(found.internalVersion, 661)
    assert.deepEqual(
      found.files.map(({ kind, logicalName }) => [kind, logicalName]),
      [
        ['primary', 'RestoreTimeClean'],
        ['log', 'RestoreTimeClean_log'],
      ],
    )
  })
})

describe('a compressed backup', { skip: skipWithoutCorpus('TSQLV4.bak') }, () => {
  it('is refused by name', () => {
    assert.throws(() => Backup.open(corpusFile('TSQLV4.bak')), {
      code: 'UNSUPPORTED_BACKUP',
      message: /compressed/,
    })
  })
})
