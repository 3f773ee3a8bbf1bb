import path from 'node:path'
import { PlatformError } from '../../base/index.ts'
import type { BackupSelection } from '../../server/index.ts'
import { argument, type Command, type CommandContext, stringOption } from '../command.ts'
import { formatBytes } from '../output.ts'

/** `slipway image import`: waits until the image can be cloned. */
export const imageImport: Command = {
  path: ['image', 'import'],
  usage: 'NAME FILE.mdf [FILE.ndf|FILE.ldf ...] | NAME FILE.bak [--database NAME] [--set N]',
  summary: 'make an image of the files of a database, or of a backup',
  options: { database: { type: 'string' }, set: { type: 'string' } },
  arguments: { min: 2, max: Number.POSITIVE_INFINITY },
  async run(context) {
    const { client, output, positionals } = context
    const files = positionals.slice(1).map((file) => path.resolve(file))
    const { image, operation } = await client.createImage(
      argument(context, 0),
      files,
      backupSelection(context),
    )
    const progress = output.progress()
    try {
      await client.followOperation(operation.id, { onProgress: progress.update })
    } finally {
      progress.end()
    }
    const detail = await client.inspectImage(image.id)
    output.result(
      detail,
      () =>
        `imported ${detail.name}: ${detail.databaseName} (${detail.sqlServerVersion}, ${formatBytes(detail.sizeBytes)}, ${detail.tables.length} tables)`,
    )
  },
}

function backupSelection(context: CommandContext): BackupSelection | undefined {
  const databaseName = stringOption(context, 'database')
  const set = stringOption(context, 'set')
  if (databaseName === undefined && set === undefined) return undefined
  if (set !== undefined && !/^[1-9]\d{0,5}$/.test(set)) {
    throw new PlatformError(
      'INVALID_ARGUMENT',
      `--set ${set}: write the position of a backup set, from 1`,
    )
  }
  return {
    ...(databaseName === undefined ? {} : { databaseName }),
    ...(set === undefined ? {} : { position: Number(set) }),
  }
}
