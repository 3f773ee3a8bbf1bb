import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { type Clock, PlatformError } from '../../../base/index.ts'
import { collationIdByName } from '../../../mdf/index.ts'
import type { FileLock } from '../../../platform/index.ts'
import { createSelfSignedCertificate, createTdsServer, type TdsServer } from '../../tds/index.ts'
import { Instance } from '../instance/instance.ts'
import { hashPassword } from '../instance/logins.ts'
import { MasterFile, type MasterRecord } from '../instance/master-file.ts'
import { versionText } from '../instance/server-identity.ts'
import { lockDataFolder } from './data-folder.ts'
import type { ErrorLog } from './error-log.ts'
import { addressText, logListenFailure } from './listen-failure.ts'
import { passwordPolicyViolation } from './password-policy.ts'
import { DEFAULT_COLLATION, type EngineSettings } from './settings.ts'

const INFORMATIONAL = 'This is an informational message only. No user action is required.'
const MB = 1024 * 1024
/** Tasks of SQL Server that its log names. */
const STARTUP = 'spid9s'
const NETWORK = 'spid19s'

export interface EngineOptions {
  readonly settings: EngineSettings
  readonly log: ErrorLog
  readonly clock: Clock
  /** SHUTDOWN was executed. */
  readonly onShutdown: () => void
}

export interface RunningEngine {
  /** Ends every session, closes every file; idempotent. */
  stop(): Promise<void>
}

/**
 * Starts the engine: resolves when clients can log in. Writes SQL Server's log lines in their order.
 *
 * @throws PlatformError INVALID_CONFIG when it cannot start, after its reason was logged
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { settings, log } = options
  writeBanner(settings, log)
  const collationId = collationIdOf(settings.collation)
  const lock = await lockDataFolder(settings.dataFolder)
  const masterFile = new MasterFile(settings.dataFolder)
  log.write(STARTUP, "Starting up database 'master'.")
  const master = await openMaster(masterFile, options)
  const instance = new Instance({
    ...settings,
    collationId,
    log,
    clock: options.clock,
    masterFile,
    master,
    onShutdown: options.onShutdown,
  })
  log.write(STARTUP, `Server name is '${settings.serverName}'. ${INFORMATIONAL}`)
  const certificate = onceUnlessFailed(() => createSelfSignedCertificate(settings.serverName))
  const server = createTdsServer({
    backend: instance,
    certificate,
    onError: (error) => log.write('Server', `${error.name}: ${error.message}`),
  })
  await listen(server, settings, log)
  await instance.recover()
  writeRecovered(settings, log)
  setImmediate(() => void prepareForFirstClient(certificate))
  return { stop: onceUnlessFailed(() => stop({ server, instance, lock, log })) }
}

/**
 * What the first client would have to wait for, done while it still connects: both take longer than
 * the rest of the start. A failure is the client's to see, when it needs the thing again.
 */
async function prepareForFirstClient(certificate: () => Promise<unknown>): Promise<void> {
  await certificate().catch(() => undefined)
  await import('../../tsql/index.ts').catch(() => undefined)
}

function writeBanner(settings: EngineSettings, log: ErrorLog): void {
  log.write('Server', versionText().trimEnd())
  log.write('Server', `UTC adjustment: ${utcAdjustment()}`)
  log.write('Server', 'This is the Slipway sandbox engine. It is not Microsoft SQL Server.')
  log.write('Server', `Server process ID is ${process.pid}.`)
  log.write('Server', `Logging SQL Server messages in file '${log.file}'.`)
  const master = path.join(settings.dataFolder, 'master.json')
  log.write('Server', `Registry startup parameters: \n\t -d ${master}\n\t -e ${log.file}`)
  const processors = cpus().length
  log.write(
    'Server',
    `SQL Server detected ${processors} total logical processors; using 1 logical processor. ` +
      'This is an informational message; no user action is required.',
  )
  log.write('Server', `Detected ${Math.floor(totalmem() / MB)} MB of RAM. ${INFORMATIONAL}`)
  const { memoryLimitMb } = settings
  if (memoryLimitMb !== undefined && heapLimitMb() > memoryLimitMb) {
    log.write(
      'Server',
      `The memory limit of ${memoryLimitMb} MB is kept by the container, not by the sandbox engine.`,
    )
  }
  for (const name of settings.ignored) {
    log.write('Server', `The setting ${name} is ignored: the sandbox engine has no such service.`)
  }
}

function heapLimitMb(): number {
  return getHeapStatistics().heap_size_limit / MB
}

/** Hours and minutes east of Greenwich, as `1:00` or `-3:30`. */
function utcAdjustment(): string {
  const minutes = -new Date().getTimezoneOffset()
  const sign = minutes < 0 ? '-' : ''
  const absolute = Math.abs(minutes)
  return `${sign}${Math.floor(absolute / 60)}:${String(absolute % 60).padStart(2, '0')}`
}

function collationIdOf(name: string): number {
  const id = collationIdByName(name)
  if (id !== undefined) return id
  throw new PlatformError(
    'INVALID_CONFIG',
    `The setting MSSQL_COLLATION is not valid: '${name}' is not a collation.`,
  )
}

/** The master record, made on the first start; later, the password variable is not looked at. */
async function openMaster(
  masterFile: MasterFile,
  { settings, clock, log }: EngineOptions,
): Promise<MasterRecord> {
  const existing = await masterFile.read()
  if (existing !== undefined) return existing
  const { saPassword } = settings
  const violation = saPassword === '' ? undefined : passwordPolicyViolation(saPassword ?? '')
  if (violation !== undefined) {
    log.write(
      'spid30s',
      `ERROR: Unable to set system administrator password: Password validation failed. ${violation}.`,
    )
    throw new PlatformError(
      'INVALID_CONFIG',
      'An error occurred during server setup. See previous errors for more information.',
    )
  }
  const master: MasterRecord = {
    format: 1,
    createdAt: clock.now().toISOString(),
    saPassword: saPassword === undefined || saPassword === '' ? null : hashPassword(saPassword),
    saDisabled: false,
    databases: [],
  }
  await masterFile.write(master)
  return master
}

async function listen(server: TdsServer, settings: EngineSettings, log: ErrorLog): Promise<void> {
  try {
    await server.listen({ host: settings.ipAddress, port: settings.tcpPort })
  } catch (error) {
    logListenFailure(error, settings, log)
    throw new PlatformError(
      'INVALID_CONFIG',
      'SQL Server is terminating because it cannot listen for connections.',
      { cause: error },
    )
  }
  const family = settings.ipAddress.includes(':') ? 'ipv6' : 'ipv4'
  log.write(NETWORK, 'A self-generated certificate was successfully loaded for encryption.')
  log.write(
    NETWORK,
    `Server is listening on [ ${addressText(settings)} <${family}> ${settings.tcpPort}].`,
  )
  log.write(
    NETWORK,
    'SQL Server is now ready for client connections. This is an informational message; no user ' +
      'action is required.',
  )
}

function writeRecovered(settings: EngineSettings, log: ErrorLog): void {
  log.write(STARTUP, `Recovery is complete. ${INFORMATIONAL}`)
  log.write(
    STARTUP,
    `The default language (LCID ${settings.languageId}) has been set for engine and full-text services.`,
  )
  if (settings.collation !== DEFAULT_COLLATION) {
    log.write(STARTUP, 'The default collation was successfully changed.')
  }
}

async function stop(engine: {
  readonly server: TdsServer
  readonly instance: Instance
  readonly lock: FileLock
  readonly log: ErrorLog
}): Promise<void> {
  const GRACE_MS = 300
  for (const session of engine.instance.sessions.list()) session.kill()
  await engine.server.close({ graceMs: GRACE_MS })
  await engine.instance.close()
  await engine.lock.release()
  engine.log.write(
    STARTUP,
    `SQL Trace was stopped due to server shutdown. Trace ID = '1'. ${INFORMATIONAL}`,
  )
}

/** The first call does the work, later ones share its result; a failure is forgotten. */
function onceUnlessFailed<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= work().catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }
}
