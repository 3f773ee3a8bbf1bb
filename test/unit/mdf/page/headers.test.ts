import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type BootPage,
  formatLsn,
  PageFile,
  readBootPage,
  readFileHeader,
  readHeaderOf,
  readVerifiedPage,
} from '../../../../src/mdf/index.ts'
import { bootRecord, parseBootRecord } from '../../../../src/mdf/page/boot-page.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'

const skip = skipWithoutCorpus('northwnd.mdf', 'northwnd_log.ldf', 'School.mdf', 'pubs.mdf')

function bootPageOf(name: string): BootPage {
  const file = PageFile.open(corpusFile(name))
  try {
    return readBootPage(readVerifiedPage(file, 1, 9))
  } finally {
    file.close()
  }
}

describe('readBootPage', { skip }, () => {
  it('reads what backups, upgrades and checks left', () => {
    const boot = bootPageOf('School.mdf')
    assert.equal(boot.engineBuild, '13.0.1601')
    assert.equal(boot.nextObjectId, 2_073_058_421)
    assert.equal(boot.maxTimestamp, 2000n)
    assert.equal(boot.hasDataPurity, true)
    assert.equal(boot.lastBackupLsn, undefined)
    assert.equal(boot.differentialBaseGuid, undefined)
    assert.deepEqual(boot.versionChangeLsn, { virtualLogFile: 42, block: 167, slot: 3 })
    assert.equal(boot.maxLogSpaceUsed, 380_416n)
    assert.equal(boot.status, 0x40410009)
  })

  it('leaves out what the record of SQL Server 2005 is too short for', () => {
    const boot = bootPageOf('pubs.mdf')
    assert.equal(boot.engineBuild, '9.0.3042')
    assert.equal(boot.nextAllocationUnitId, undefined)
    assert.equal(boot.modificationDate, undefined)
    assert.equal(boot.hasDataPurity, false)
  })

  it('tells the present recovery fork from the one before', () => {
    const { recoveryFork, previousRecoveryFork, recoveryForkGuid } = bootPageOf('northwnd.mdf')
    assert.equal(recoveryFork?.guid, recoveryForkGuid)
    assert.equal(recoveryFork && formatLsn(recoveryFork.lsn), '50000000001600001')
    assert.deepEqual(previousRecoveryFork, recoveryFork)
  })

  it("is repeated in the log file's page 0", () => {
    const file = PageFile.open(corpusFile('northwnd_log.ldf'))
    const page = readVerifiedPage(file, 2, 0)
    assert.deepEqual(parseBootRecord(bootRecord(page, 1)), bootPageOf('northwnd.mdf'))
    file.close()
  })
})

describe('readFileHeader', { skip }, () => {
  it('reads data and log files', () => {
    const file = PageFile.open(corpusFile('School.mdf'))
    const header = readFileHeader(readVerifiedPage(file, 1, 0))
    assert.equal(header.sectorSizeBytes, 4096)
    assert.equal(header.minSizePages, 264)
    assert.equal(header.userShrinkSizePages, undefined)
    assert.equal(header.createLsn, undefined)
    assert.equal(header.restoreStatus, 0)
    file.close()
    const log = PageFile.open(corpusFile('northwnd_log.ldf'))
    const { kind, filegroupId, growthIsPercent, minSizePages } = readHeaderOf(log)
    assert.deepEqual(
      { kind, filegroupId, growthIsPercent, minSizePages },
      { kind: 'log', filegroupId: 0, growthIsPercent: true, minSizePages: 63 },
    )
    log.close()
  })

  it('leaves out what a header of SQL Server 2000 did not have', () => {
    const file = PageFile.open(corpusFile('pubs.mdf'))
    const header = readHeaderOf(file)
    assert.deepEqual(header.firstUpdateLsn, { virtualLogFile: 4, block: 407, slot: 2 })
    assert.equal(header.restoreStatus, undefined)
    assert.equal(header.readOnlyLsn, undefined)
    file.close()
  })
})
