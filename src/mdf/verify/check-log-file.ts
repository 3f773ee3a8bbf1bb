import { PlatformError } from '../../base/index.ts'
import { activeLogBlocks, readLogFile } from '../log/index.ts'
import type { PageSource } from '../page-file.ts'
import type { VerifyReport } from './verify-report.ts'

const SECTOR_SIZE = 512

/**
 * Checks a log file: its virtual log files must follow each other to the end of the file, and the blocks
 * of its active part must fit their checksums (format reference 8.2, 8.3).
 */
export function checkLogFile(source: PageSource, report: VerifyReport): void {
  const find = (message: string, consequence: string) =>
    report.add({ path: source.path }, { kind: 'log', message, consequence })
  try {
    const log = readLogFile(source)
    if (log.damage !== undefined) {
      find(log.damage, 'SQL Server cannot read the log behind it, and may refuse the database')
    }
    for (const { virtualLogFile, block, isIntact } of activeLogBlocks(source, log)) {
      if (isIntact !== false) continue
      const offset = virtualLogFile.offset + block * SECTOR_SIZE
      find(
        `the log block at ${offset} (${virtualLogFile.sequence}:${block}) does not fit its checksum`,
        'recovery ends there: changes that only the log holds are lost',
      )
    }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    find(error.message, 'the log cannot be read; SQL Server refuses it')
  }
}
