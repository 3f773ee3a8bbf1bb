import type { Command } from '../command.ts'

/** `slipway clone rm`: returns when files, port and process are free again. */
export const cloneRm: Command = {
  path: ['clone', 'rm'],
  usage: 'CLONE [CLONE ...]',
  summary: 'remove clones with their instances and files',
  arguments: { min: 1, max: Number.POSITIVE_INFINITY },
  async run({ client, output, positionals }) {
    const accepted = []
    for (const reference of positionals) accepted.push(await client.removeClone(reference))
    for (const { operation } of accepted) await client.followOperation(operation.id)
    const removed = accepted.map(({ clone }) => clone.name)
    output.result({ removed }, () => removed.join('\n'))
  },
}
