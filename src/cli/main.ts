import { parseArgs } from 'node:util'
import { PlatformError, toPlatformError } from '../base/index.ts'
import { DEFAULT_URL, SlipwayClient } from '../client/index.ts'
import type { Command } from './command.ts'
import { cloneCreate } from './commands/clone-create.ts'
import { cloneInspect } from './commands/clone-inspect.ts'
import { cloneLs } from './commands/clone-ls.ts'
import { cloneRm } from './commands/clone-rm.ts'
import { daemon } from './commands/daemon.ts'
import { imageImport } from './commands/image-import.ts'
import { imageInspect } from './commands/image-inspect.ts'
import { imageLs } from './commands/image-ls.ts'
import { imageRm } from './commands/image-rm.ts'
import { inspect } from './commands/inspect.ts'
import { sql } from './commands/sql.ts'
import { verify } from './commands/verify.ts'
import { EXIT_CODE_OF_KIND, EXIT_OK } from './exit-codes.ts'
import { createOutput } from './output.ts'

const COMMANDS: readonly Command[] = [
  daemon,
  imageImport,
  imageLs,
  imageInspect,
  imageRm,
  cloneCreate,
  cloneLs,
  cloneInspect,
  cloneRm,
  sql,
  inspect,
  verify,
]

const COMMON_OPTIONS = {
  json: { type: 'boolean' },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json')
  try {
    const command = findCommand(args)
    if (args.length === 0 || isHelp(args[0])) {
      process.stdout.write(`${describeAll()}\n`)
      return EXIT_OK
    }
    if (command === undefined) {
      const words = args.slice(0, 2).join(' ')
      throw new PlatformError('INVALID_ARGUMENT', `no command "${words}"; see slipway --help`)
    }
    await runCommand(command, args.slice(command.path.length))
    return Number(process.exitCode ?? EXIT_OK)
  } catch (error) {
    return report(toPlatformError(error), asJson)
  }
}

function findCommand(args: readonly string[]): Command | undefined {
  return COMMANDS.find(({ path }) => path.every((word, index) => args[index] === word))
}

async function runCommand(command: Command, args: readonly string[]): Promise<void> {
  const output = createOutput({ json: args.includes('--json') })
  if (command === daemon) {
    // The daemon's settings are its own program's; nothing is parsed twice.
    return command.run({ client: createClient(), positionals: args, options: {}, output })
  }
  const { values, positionals } = parse(command, args)
  if (values['help'] === true) {
    process.stdout.write(`${describeOne(command)}\n`)
    return
  }
  const { min, max } = command.arguments
  if (positionals.length < min || positionals.length > max) {
    throw new PlatformError('INVALID_ARGUMENT', `usage: ${describeOne(command)}`)
  }
  const url = typeof values['url'] === 'string' ? values['url'] : undefined
  await command.run({ client: createClient(url), positionals, options: values, output })
}

function parse(
  command: Command,
  args: readonly string[],
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...COMMON_OPTIONS, ...command.options },
      allowPositionals: true,
    })
    return { values: values as Record<string, string | boolean | undefined>, positionals } // no `multiple` options
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new PlatformError('INVALID_ARGUMENT', `${message} (usage: ${describeOne(command)})`, {
      cause: error,
    })
  }
}

function createClient(url?: string): SlipwayClient {
  return new SlipwayClient({ url: url ?? process.env['SLIPWAY_URL'] ?? DEFAULT_URL })
}

function report(error: PlatformError, asJson: boolean): number {
  const { code, message, fix, details } = error
  if (asJson) {
    process.stdout.write(
      `${JSON.stringify({ error: { code, message, fix, details } }, undefined, 2)}\n`,
    )
  } else {
    process.stderr.write(`slipway: ${message}${fix === undefined ? '' : `\n  ${fix}`}\n`)
  }
  return EXIT_CODE_OF_KIND[error.kind]
}

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h' || word === 'help'
}

function describeOne(command: Command): string {
  return `slipway ${command.path.join(' ')} ${command.usage}`.trimEnd()
}

function describeAll(): string {
  const width = Math.max(...COMMANDS.map(({ path }) => path.join(' ').length))
  return [
    'SQL Server database clones, in containers, in under a second.',
    '',
    'usage: slipway COMMAND [--json] [--url URL]',
    '',
    ...COMMANDS.map(({ path, summary }) => `  ${path.join(' ').padEnd(width)}  ${summary}`),
    '',
    `The daemon is found at --url, SLIPWAY_URL or ${DEFAULT_URL}.`,
    'Exit status: 0 done, 1 failed, 2 wrong usage or input, 3 not found, 4 conflict,',
    '5 no daemon answers, 6 timed out, 7 out of disk, ports or memory.',
  ].join('\n')
}
