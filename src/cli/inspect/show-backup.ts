import { toPlatformError } from '../../base/index.ts'
import { type Backup, type BackupSet, DatabaseReader } from '../../mdf/index.ts'
import type { CommandContext } from '../command.ts'
import { readContents, summarizeDatabase } from './database-summary.ts'
import { describeSpace, describeTables } from './describe.ts'
import { describeBackupSet } from './describe-backup.ts'

/** Prints the sets of a backup with the databases in them. */
export function showBackup(
  context: CommandContext,
  backup: Backup,
  sets: readonly BackupSet[],
): void {
  const shown = sets.map((set) => ({ set, ...readSet(set) }))
  const value = {
    backup: backup.path,
    damage: backup.damage,
    sets: shown.map(({ set, database, contents, note }) => ({
      position: set.position,
      header: set.header,
      files: set.files,
      damage: set.damage,
      database,
      ...contents,
      note,
    })),
  }
  context.output.result(JSON.parse(withoutBigInts(value)), () =>
    [
      ...shown.flatMap(({ set, contents, note }) => [
        describeBackupSet(set),
        note && `Note: ${note}`,
        contents &&
          (context.options['space']
            ? describeSpace(contents.space)
            : describeTables(contents.tables)),
      ]),
      backup.damage && `Note: behind the last set: ${backup.damage}`,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join('\n\n'),
  )
}

/** The database inside a set; a set that only SQL Server can read is told by a note. */
function readSet(set: BackupSet) {
  try {
    const reader = DatabaseReader.open(set.dataFiles())
    const boot = reader.bootPage
    const primary = set.files.find(({ fileId }) => fileId === 1)
    const database = summarizeDatabase(boot, primary?.logicalName ?? '')
    return { database, contents: readContents(reader), note: undefined }
  } catch (error) {
    return { database: undefined, contents: undefined, note: toPlatformError(error).message }
  }
}

/** Sizes that fit a number become one; larger integers stay exact as text. */
function withoutBigInts(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'bigint') return item
    return Number.isSafeInteger(Number(item)) ? Number(item) : item.toString()
  })
}
