import { argument, type Command, stringOption } from '../command.ts'
import { describeClone } from '../describe-clone.ts'

/** `slipway clone create`: waits until the clone can be connected to. */
export const cloneCreate: Command = {
  path: ['clone', 'create'],
  usage: 'IMAGE [--name NAME] [--database NAME] [--ttl 2h]',
  summary: 'create a clone of an image, attached to a SQL Server instance of its own',
  options: { name: { type: 'string' }, database: { type: 'string' }, ttl: { type: 'string' } },
  arguments: { min: 1, max: 1 },
  async run(context) {
    const { client, output } = context
    const name = stringOption(context, 'name')
    const database = stringOption(context, 'database')
    const ttl = stringOption(context, 'ttl')
    const accepted = await client.createClone({
      image: argument(context, 0),
      ...(name === undefined ? {} : { name }),
      ...(database === undefined ? {} : { database }),
      ...(ttl === undefined ? {} : { ttl }),
    })
    const progress = output.progress()
    try {
      await client.followOperation(accepted.operation.id, { onProgress: progress.update })
    } finally {
      progress.end()
    }
    const clone = await client.inspectClone(accepted.clone.id)
    output.result(clone, () => describeClone(clone))
  },
}
