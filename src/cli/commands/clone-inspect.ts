import { argument, type Command } from '../command.ts'
import { describeClone } from '../describe-clone.ts'

/** `slipway clone inspect` */
export const cloneInspect: Command = {
  path: ['clone', 'inspect'],
  usage: 'CLONE',
  summary: "show a clone's address, credentials and connection strings",
  arguments: { min: 1, max: 1 },
  async run(context) {
    const clone = await context.client.inspectClone(argument(context, 0))
    context.output.result(clone, () => describeClone(clone))
  },
}
