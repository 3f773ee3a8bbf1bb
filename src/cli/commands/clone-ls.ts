import { shortId } from '../../base/index.ts'
import type { Command } from '../command.ts'
import { formatAge, formatBytes, formatTable } from '../output.ts'

/** `slipway clone ls` */
export const cloneLs: Command = {
  path: ['clone', 'ls'],
  usage: '',
  summary: 'list clones',
  arguments: { min: 0, max: 0 },
  async run({ client, output }) {
    const clones = await client.listClones()
    output.result(clones, () =>
      formatTable(
        ['NAME', 'CLONE ID', 'IMAGE', 'DATABASE', 'ADDRESS', 'OWN BYTES', 'CREATED', 'STATUS'],
        clones.map((clone) => [
          clone.name,
          shortId(clone.id),
          clone.image,
          clone.database,
          `${clone.host},${clone.port}`,
          formatBytes(clone.store.exclusiveBytes),
          formatAge(clone.createdAt),
          clone.status,
        ]),
      ),
    )
  },
}
