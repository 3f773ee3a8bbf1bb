import { isIP } from 'node:net'
import { hostname } from 'node:os'
import path from 'node:path'
import { PlatformError } from '../../../base/index.ts'

/** What the environment says of one engine; section "Engine process contract" of the design. */
export interface EngineSettings {
  readonly serverName: string
  /** Undefined when the variable is absent; an empty one starts an engine nobody can log in to. */
  readonly saPassword: string | undefined
  readonly tcpPort: number
  readonly ipAddress: string
  readonly collation: string
  readonly languageId: number
  /** Undefined: no limit was asked for. */
  readonly memoryLimitMb: number | undefined
  readonly edition: string
  readonly dataFolder: string
  readonly errorLogFile: string
  /** Variables that ask for a service this engine does not have. */
  readonly ignored: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_TCP_PORT = 1433
export const DEFAULT_COLLATION = 'SQL_Latin1_General_CP1_CI_AS'
const DEFAULT_LANGUAGE_ID = 1033
const DATA_ROOT = '/var/opt/mssql'
const EDITIONS = [
  'Developer',
  'Evaluation',
  'Express',
  'Web',
  'Standard',
  'Enterprise',
  'EnterpriseCore',
  'StandardDeveloper',
  'EnterpriseDeveloper',
] as const
const PRODUCT_KEY = /^(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}$/i
/** Services of SQL Server this engine does not have; asking for one is answered in the log. */
const ABSENT_SERVICES = ['MSSQL_ENABLE_HADR', 'MSSQL_AGENT_ENABLED', 'MSSQL_DB', 'MSSQL_USER']

/**
 * Reads and checks the environment.
 *
 * @throws PlatformError INVALID_CONFIG with the text to print before exit status 1
 */
export function readSettings(environment: Environment): EngineSettings {
  requireLicense(environment['ACCEPT_EULA'])
  const logFolder = folder(environment, 'MSSQL_LOG_DIR', 'log')
  return {
    serverName: hostname(),
    saPassword: environment['MSSQL_SA_PASSWORD'] ?? environment['SA_PASSWORD'],
    tcpPort: integer(environment, 'MSSQL_TCP_PORT', { from: 1, to: 65_535 }) ?? DEFAULT_TCP_PORT,
    ipAddress: ipAddress(environment),
    collation: environment['MSSQL_COLLATION'] || DEFAULT_COLLATION,
    languageId: integer(environment, 'MSSQL_LCID', { from: 1, to: 0xffff }) ?? DEFAULT_LANGUAGE_ID,
    memoryLimitMb: integer(environment, 'MSSQL_MEMORY_LIMIT_MB', { from: 1, to: 0x7fff_ffff }),
    edition: edition(environment['MSSQL_PID']),
    dataFolder: folder(environment, 'MSSQL_DATA_DIR', 'data'),
    errorLogFile: environment['MSSQL_ERROR_LOG_FILE'] || path.join(logFolder, 'errorlog'),
    ignored: ABSENT_SERVICES.filter((name) => isRequested(environment[name])),
  }
}

function requireLicense(answer: string | undefined): void {
  if (isRequested(answer)) return
  throw invalid(
    'The SQL Server End-User License Agreement (EULA) must be accepted before SQL Server can ' +
      'start.\nThis is the Slipway sandbox engine, which keeps the same switch: set the ' +
      'ACCEPT_EULA environment variable to Y.',
  )
}

function isRequested(value: string | undefined): boolean {
  return value !== undefined && !/^(?:|n|no|0|false)$/i.test(value.trim())
}

function folder(environment: Environment, name: string, fallback: string): string {
  return path.resolve(environment[name] || path.posix.join(DATA_ROOT, fallback))
}

function integer(
  environment: Environment,
  name: string,
  range: { readonly from: number; readonly to: number },
): number | undefined {
  const text = environment[name]?.trim()
  if (!text) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= range.from && value <= range.to) return value
  throw invalid(
    `The setting ${name} is not valid: '${text}' is not a whole number from ${range.from} to ${range.to}.`,
  )
}

function ipAddress(environment: Environment): string {
  const address = environment['MSSQL_IP_ADDRESS']?.trim() || '0.0.0.0'
  if (isIP(address) !== 0) return address
  throw invalid(`The setting MSSQL_IP_ADDRESS is not valid: '${address}' is not an IP address.`)
}

function edition(text: string | undefined): string {
  const asked = text?.trim() || 'Developer'
  const known = EDITIONS.find((name) => name.toLowerCase() === asked.toLowerCase())
  if (known !== undefined) return known
  // The key itself is a secret: it is neither kept nor shown.
  if (PRODUCT_KEY.test(asked)) return 'Standard'
  throw invalid(
    `The setting MSSQL_PID is not valid: '${asked}' is neither a product key nor one of ` +
      `${EDITIONS.join(', ')}.`,
  )
}

function invalid(message: string): PlatformError {
  return new PlatformError('INVALID_CONFIG', message)
}
