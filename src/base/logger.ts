import type { Logger as WinstonLogger } from 'winston'

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** What a room needs of the log. Fields named like a secret are never written. */
export type Logger = Pick<WinstonLogger, 'error' | 'warn' | 'info' | 'debug'>

const SECRET_FIELD = /password|secret|token|authorization|connectionstring/i
const REDACTED = '[redacted]'

/**
 * The daemon's log on standard error (and in `file`): JSON lines. winston is loaded here, on demand,
 * because a sandbox engine that shares this room must not pay for it at every start.
 */
export async function createLogger(options: {
  readonly level: LogLevel
  readonly file?: string
}): Promise<Logger> {
  const { createLogger: create, format, transports } = await import('winston')
  const redact = format((info) => Object.assign(info, redactSecrets({ ...info })))
  return create({
    level: options.level,
    format: format.combine(redact(), format.timestamp(), format.json()),
    transports: [
      new transports.Console({ stderrLevels: [...LOG_LEVELS] }),
      ...(options.file === undefined ? [] : [new transports.File({ filename: options.file })]),
    ],
  })
}

/** A copy of `fields` in which every value under a secret's name, at any depth, is replaced. */
export function redactSecrets(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, redactValue(name, value)]),
  )
}

function redactValue(name: string, value: unknown): unknown {
  if (SECRET_FIELD.test(name)) return REDACTED
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack }
  if (Array.isArray(value)) return value.map((item) => redactValue('', item))
  if (typeof value === 'object' && value !== null) return redactSecrets({ ...value })
  return value
}
