import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { PlatformError, systemErrorCode } from '../base/index.ts'
import { type Config, configSchema } from './config.ts'

type Settings = Record<string, unknown>

const SETTING_NAMES = Object.keys(configSchema.def.innerType.shape)
/** Names other tools set too, accepted beside SLIPWAY_REDIS_URL. */
const ENVIRONMENT_ALIASES: Readonly<Record<string, string>> = { REDIS_URL: 'redisUrl' }

/**
 * The configuration: defaults < file < environment < flags, validated as a whole. The file is JSON
 * (`configFile`, else SLIPWAY_CONFIG); the environment name of `stateRoot` is SLIPWAY_STATE_ROOT.
 *
 * @throws PlatformError INVALID_CONFIG with one line per wrong setting
 */
export async function loadConfig(options: {
  readonly flags: Settings
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly configFile?: string
}): Promise<Config> {
  const file = options.configFile ?? options.environment['SLIPWAY_CONFIG']
  const parsed = configSchema.safeParse({
    ...(file === undefined ? {} : await readConfigFile(file)),
    ...readEnvironment(options.environment),
    ...options.flags,
  })
  if (!parsed.success) {
    throw new PlatformError('INVALID_CONFIG', describeIssues(parsed.error))
  }
  return { ...parsed.data, stateRoot: path.resolve(parsed.data.stateRoot) }
}

function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Settings {
  const settings: Settings = {}
  for (const [name, setting] of Object.entries(ENVIRONMENT_ALIASES)) {
    if (environment[name]) settings[setting] = environment[name]
  }
  for (const setting of SETTING_NAMES) {
    const value = environment[environmentName(setting)]
    if (value) settings[setting] = value
  }
  return settings
}

function environmentName(setting: string): string {
  return `SLIPWAY_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

async function readConfigFile(file: string): Promise<Settings> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch (error) {
    const why = systemErrorCode(error) ?? (error instanceof Error ? error.message : String(error))
    throw new PlatformError('INVALID_CONFIG', `configuration file ${file}: ${why}`, {
      cause: error,
    })
  }
  throw new PlatformError('INVALID_CONFIG', `configuration file ${file}: expected a JSON object`)
}

function describeIssues(error: z.ZodError): string {
  return error.issues
    .map(
      (issue) => `${issue.path.length === 0 ? 'setting' : issue.path.join('.')}: ${issue.message}`,
    )
    .join('; ')
}
