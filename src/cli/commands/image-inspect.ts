import type { ImageDetail } from '../../server/index.ts'
import { argument, type Command } from '../command.ts'
import { formatBytes, formatTable } from '../output.ts'

/** `slipway image inspect` */
export const imageInspect: Command = {
  path: ['image', 'inspect'],
  usage: 'IMAGE',
  summary: "show an image's database, files, tables and row counts",
  arguments: { min: 1, max: 1 },
  async run(context) {
    const image = await context.client.inspectImage(argument(context, 0))
    context.output.result(image, () => describe(image))
  },
}

function describe(image: ImageDetail): string {
  const files = image.files.map((file) => [
    String(file.fileId),
    file.kind,
    file.logicalName,
    file.name,
    formatBytes(file.sizeBytes),
  ])
  const tables = image.tables.map((table) => [
    `${table.schema}.${table.name}`,
    String(table.rowCount),
  ])
  return [
    formatTable(
      ['NAME', image.name],
      [
        ['ID', image.id],
        ['STATUS', image.status],
        ['DATABASE', image.databaseName],
        ['WRITTEN BY', `${image.sqlServerVersion} (internal version ${image.internalVersion})`],
        ['COMPATIBILITY', String(image.compatibilityLevel)],
        ['COLLATION', image.collation],
        ['SIZE', formatBytes(image.sizeBytes)],
        ['CLONES', String(image.cloneCount)],
        ['CREATED', image.createdAt],
      ],
    ),
    '',
    formatTable(['FILE', 'KIND', 'LOGICAL NAME', 'NAME', 'SIZE'], files),
    '',
    formatTable(['TABLE', 'ROWS'], tables),
  ].join('\n')
}
