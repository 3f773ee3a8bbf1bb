import type { ParseArgsConfig } from 'node:util'
import type { SlipwayClient } from '../client/index.ts'
import type { Output } from './output.ts'

/** Values of the options a command declares, as node:util's parseArgs gives them. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

export interface CommandContext {
  readonly client: SlipwayClient
  readonly positionals: readonly string[]
  readonly options: OptionValues
  readonly output: Output
}

/** One verb of the command line. */
export interface Command {
  /** `['image', 'import']` for `slipway image import`. */
  readonly path: readonly string[]
  /** What follows the verb, e.g. `NAME FILE.mdf [FILE.ndf|FILE.ldf ...]`. */
  readonly usage: string
  readonly summary: string
  readonly options?: NonNullable<ParseArgsConfig['options']>
  /** How many positional arguments it takes. */
  readonly arguments: { readonly min: number; readonly max: number }
  run(context: CommandContext): Promise<void>
}

/** The positional argument `index`; the dispatcher has checked that it is there. */
export function argument(context: CommandContext, index: number): string {
  return context.positionals[index] ?? ''
}

/** A string option, or undefined when it was not given. */
export function stringOption(context: CommandContext, name: string): string | undefined {
  const value = context.options[name]
  return typeof value === 'string' ? value : undefined
}
