import { shortId } from '../../base/index.ts'
import type { Command } from '../command.ts'
import { formatAge, formatBytes, formatTable } from '../output.ts'

/** `slipway image ls` */
export const imageLs: Command = {
  path: ['image', 'ls'],
  usage: '',
  summary: 'list images',
  arguments: { min: 0, max: 0 },
  async run({ client, output }) {
    const images = await client.listImages()
    output.result(images, () =>
      formatTable(
        ['NAME', 'IMAGE ID', 'DATABASE', 'VERSION', 'SIZE', 'CLONES', 'CREATED', 'STATUS'],
        images.map((image) => [
          image.name,
          shortId(image.id),
          image.databaseName,
          image.sqlServerVersion,
          formatBytes(image.sizeBytes),
          String(image.cloneCount),
          formatAge(image.createdAt),
          image.status,
        ]),
      ),
    )
  },
}
