import type { Command } from '../command.ts'

/** `slipway image rm` */
export const imageRm: Command = {
  path: ['image', 'rm'],
  usage: 'IMAGE [IMAGE ...]',
  summary: 'remove images that have no clones',
  arguments: { min: 1, max: Number.POSITIVE_INFINITY },
  async run({ client, output, positionals }) {
    for (const reference of positionals) await client.removeImage(reference)
    output.result({ removed: positionals }, () => positionals.join('\n'))
  },
}
