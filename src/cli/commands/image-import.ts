import path from 'node:path'
import { argument, type Command } from '../command.ts'
import { formatBytes } from '../output.ts'

/** `slipway image import`: waits until the image can be cloned. */
export const imageImport: Command = {
  path: ['image', 'import'],
  usage: 'NAME FILE.mdf [FILE.ndf|FILE.ldf ...]',
  summary: 'make an image of the files of a database',
  arguments: { min: 2, max: Number.POSITIVE_INFINITY },
  async run(context) {
    const { client, output, positionals } = context
    const files = positionals.slice(1).map((file) => path.resolve(file))
    const { image, operation } = await client.createImage(argument(context, 0), files)
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
