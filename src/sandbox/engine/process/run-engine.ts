import { flushCompileCache } from 'node:module'
import { PlatformError, systemClock } from '../../../base/index.ts'
import { ErrorLog } from './error-log.ts'
import { readSettings } from './settings.ts'
import { type RunningEngine, startEngine } from './start-engine.ts'

const FAILED = 1
/** A shutdown that takes longer is cut off; the container's own patience is longer. */
const SHUTDOWN_LIMIT_MS = 900
/** Long enough after the start not to delay the first client, short enough for a short-lived clone. */
const CACHE_FLUSH_DELAY_MS = 300

/**
 * Runs the engine for the life of the process, by the environment alone. Exit status 0 after a
 * shutdown that was asked for, 1 when it cannot start or has to give up.
 */
export async function runEngine(environment: NodeJS.ProcessEnv): Promise<void> {
  // A reader of the log that goes away must not take the engine with it.
  process.stdout.on('error', () => undefined)
  let log: ErrorLog | undefined
  try {
    const settings = readSettings(environment)
    log = openLog(settings.errorLogFile)
    const stop = Promise.withResolvers<void>()
    catchFaults(log)
    process.on('SIGTERM', stop.resolve).on('SIGINT', stop.resolve)
    const engine = await startEngine({
      settings,
      log,
      clock: systemClock,
      onShutdown: stop.resolve,
    })
    // The first engine of an installation compiles its modules; this leaves the result to the next.
    setTimeout(flushCompileCache, CACHE_FLUSH_DELAY_MS).unref()
    await stop.promise
    await shutDown(engine, log)
  } catch (error) {
    giveUp(error, log)
  }
}

function openLog(file: string): ErrorLog {
  try {
    return new ErrorLog(file, systemClock)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new PlatformError('INVALID_CONFIG', `The error log ${file} cannot be written: ${why}`, {
      cause: error,
    })
  }
}

async function shutDown(engine: RunningEngine, log: ErrorLog): Promise<void> {
  log.write(
    'Server',
    'SQL Server is terminating because of a system shutdown. This is an informational message ' +
      'only. No user action is required.',
  )
  setTimeout(() => process.exit(0), SHUTDOWN_LIMIT_MS).unref()
  await engine.stop()
  log.close()
  process.exit(0)
}

/** What nobody caught: a rejected promise is one request's, an exception may have left anything. */
function catchFaults(log: ErrorLog): void {
  process.on('unhandledRejection', (reason) => {
    log.write('Server', `Unhandled rejection: ${stackOf(reason)}`)
  })
  process.on('uncaughtException', (error) => {
    log.write('Server', `SQL Server is terminating because of fatal exception. ${stackOf(error)}`)
    process.exit(FAILED)
  })
}

function giveUp(error: unknown, log: ErrorLog | undefined): never {
  const isExpected = error instanceof PlatformError && error.code === 'INVALID_CONFIG'
  const text = isExpected ? error.message : stackOf(error)
  if (log === undefined) process.stderr.write(`${text}\n`)
  else log.write('Server', text)
  process.exit(FAILED)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
