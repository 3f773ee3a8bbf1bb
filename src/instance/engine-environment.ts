import type { Engine } from './engine.ts'

/** Of the daemon's own environment, what any program needs; the rest is not the engine's business. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'SystemRoot', 'TEMP'] as const

/** How an instance is to be run. */
export interface InstanceSettings {
  readonly host: string
  readonly port: number
  readonly password: string
  readonly dataFolder: string
  readonly logFolder: string
  readonly memoryMb: number
}

/**
 * The environment an engine is started with: that of `/opt/mssql/bin/sqlservr`.
 *
 * https://learn.microsoft.com/sql/linux/sql-server-linux-configure-environment-variables
 */
export function engineEnvironment(
  engine: Engine,
  settings: InstanceSettings,
): Record<string, string> {
  return {
    ...inheritedEnvironment(),
    ...engine.environment,
    ACCEPT_EULA: 'Y',
    MSSQL_SA_PASSWORD: settings.password,
    MSSQL_TCP_PORT: String(settings.port),
    MSSQL_IP_ADDRESS: settings.host,
    MSSQL_DATA_DIR: settings.dataFolder,
    MSSQL_LOG_DIR: settings.logFolder,
    MSSQL_MEMORY_LIMIT_MB: String(settings.memoryMb),
  }
}

function inheritedEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {}
  for (const name of INHERITED) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}
