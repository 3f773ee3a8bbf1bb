import { createHash } from 'node:crypto'
import path from 'node:path'
import { parseArgs } from 'node:util'
import packageJson from '../package.json' with { type: 'json' }
import { createLogger, type Logger, PlatformError, systemClock } from './base/index.ts'
import { openCatalog } from './catalog/index.ts'
import { type Config, configSchema, loadConfig } from './config/index.ts'
import { createContainerRuntime } from './container/index.ts'
import { Daemon, openStateRoot } from './daemon/index.ts'
import { discoverEngine, Instances, PortRangeAllocator, warmUpEngine } from './instance/index.ts'
import { EmbeddedQueue, Operations } from './operation/index.ts'
import { createServer } from './server/index.ts'
import { openStore } from './store/index.ts'

/** What `--help` says of each setting. */
const SETTINGS: Readonly<Record<keyof Config, string>> = {
  stateRoot: 'folder that holds everything the daemon keeps',
  listenHost: 'address of the REST endpoint',
  listenPort: 'its port; 0 takes any free one',
  instanceHost: 'address the SQL Server instances listen on',
  instancePorts: 'range of their ports, FIRST-LAST',
  redisUrl: 'Redis for the operation queue',
  enginePath: 'SQL Server program to start instances from; default: the bundled sandbox',
  storeDriver: 'auto, reflink or copy',
  storeLimitBytes: "most bytes the store's own XFS image file may grow to",
  instanceMemoryMb: 'memory limit of one instance in MiB',
  logLevel: 'error, warn, info or debug',
}

export interface RunningDaemon {
  readonly url: string
  /** Stops everything the daemon runs and lets go of its state root. Idempotent. */
  close(): Promise<void>
}

/**
 * Puts the daemon together and starts it; resolves when it listens.
 *
 * @throws PlatformError STATE_ROOT_IN_USE, CATALOG_MISMATCH, SECRET_KEY_MISMATCH, STORE_UNSUPPORTED,
 *   ENGINE_NOT_FOUND, INVALID_CONFIG (an address that cannot be listened on)
 */
export async function runDaemon(options: {
  readonly config: Config
  readonly logger: Logger
}): Promise<RunningDaemon> {
  const { config, logger } = options
  await using stack = new AsyncDisposableStack()
  const stateRoot = await openStateRoot(config.stateRoot, logger)
  stack.defer(() => stateRoot.release())
  const daemon = await createDaemon({ config, logger, folder: stateRoot.folder, stack })
  await daemon.reconcile()
  const { version } = packageJson
  const server = createServer({ backend: daemon, config, logger, version })
  const { url } = await server.listen()
  stack.defer(() => daemon.close())
  stack.defer(() => server.close())
  daemon.start()
  await stateRoot.publish(url)
  logger.info('listening', { url, stateRoot: stateRoot.folder, pid: process.pid })
  const running = stack.move()
  return { url, close: () => running.disposeAsync() }
}

async function createDaemon(options: {
  readonly config: Config
  readonly logger: Logger
  readonly folder: string
  readonly stack: AsyncDisposableStack
}): Promise<Daemon> {
  const { config, logger, folder, stack } = options
  if (config.redisUrl !== undefined) {
    logger.warn('redisUrl is set, but this version runs operations in its embedded queue only')
  }
  const catalog = await openCatalog({ stateRoot: folder })
  stack.defer(() => catalog.close())
  const engine = await discoverEngine({
    ...(config.enginePath !== undefined && { enginePath: config.enginePath }),
    cacheFolder: path.join(folder, 'cache', 'compile'),
  })
  const store = await openStore({
    root: path.join(folder, 'store'),
    driver: config.storeDriver,
    limitBytes: config.storeLimitBytes,
    logger,
  })
  stack.defer(() => store.driver.close())
  const containers = await createContainerRuntime({
    root: path.join(folder, 'containers'),
    namespace: namespaceOf(folder),
    logger,
  })
  stack.defer(() => containers.runtime.close())
  logger.info('store and containers', { store: store.reason, isolation: containers.reason })
  const instances = new Instances({
    containers: containers.runtime,
    engine,
    folder: path.join(folder, 'instances'),
    host: config.instanceHost,
    memoryMb: config.instanceMemoryMb,
    logger,
  })
  const ports = new PortRangeAllocator({
    catalog,
    host: config.instanceHost,
    range: config.instancePorts,
  })
  const madeBy = `slipway ${packageJson.version}, node ${process.version}`
  await warmUpEngine({ instances, ports, madeBy, logger })
  return new Daemon({
    catalog,
    store: store.driver,
    instances,
    ports,
    operations: new Operations({ catalog, queue: new EmbeddedQueue(), logger }),
    clock: systemClock,
    logger,
    host: config.instanceHost,
    health: {
      version: packageJson.version,
      startedAt: systemClock.now(),
      storeReason: store.reason,
      isolation: containers.reason,
    },
  })
}

/** Two state roots on one machine do not touch each other's containers. */
function namespaceOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 12)
}

async function main(args: readonly string[]): Promise<void> {
  const { flags, configFile, help } = readFlags(args)
  if (help) {
    process.stdout.write(helpText())
    return
  }
  const config = await loadConfig({
    flags,
    environment: process.env,
    ...(configFile !== undefined && { configFile }),
  })
  const logger = await createLogger({ level: config.logLevel })
  const told = waitForSignal()
  const running = await runDaemon({ config, logger })
  process.stdout.write(`Slipway is ready at ${running.url}\n`)
  logger.info('shutting down', { signal: await told })
  await running.close()
}

function readFlags(args: readonly string[]): {
  readonly flags: Readonly<Record<string, unknown>>
  readonly configFile: string | undefined
  readonly help: boolean
} {
  const names = Object.keys(configSchema.def.innerType.shape)
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(names.map((name) => [flagName(name), text])),
        config: text,
        help: { type: 'boolean', short: 'h' },
      },
    })
    const given: Readonly<Record<string, unknown>> = values
    const flags = names
      .map((name) => [name, given[flagName(name)]] as const)
      .filter(([, value]) => value !== undefined)
    return {
      flags: Object.fromEntries(flags),
      configFile: values.config,
      help: values.help === true,
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new PlatformError('INVALID_CONFIG', `${why} (--help lists the settings)`)
  }
}

/** `stateRoot` → `state-root`. */
function flagName(setting: string): string {
  return setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function helpText(): string {
  const lines = Object.entries({ ...SETTINGS, config: 'JSON file with settings' }).map(
    ([name, meaning]) => `  --${flagName(name).padEnd(20)} ${meaning}`,
  )
  return [
    'Runs the Slipway daemon in the foreground. Settings, by flag, environment (SLIPWAY_STATE_ROOT, …)',
    'or file:',
    '',
    ...lines,
    '',
  ].join('\n')
}

/**
 * The first signal that asks for a clean end. Later ones change nothing: Ctrl-C in a terminal reaches
 * this process twice, from the terminal and from `slipway daemon`, which passes signals on.
 */
function waitForSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve)
    process.on('SIGINT', resolve)
  })
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2))
    process.exit()
  } catch (error) {
    const fix = error instanceof PlatformError && error.fix ? `\n  ${error.fix}` : ''
    const message = error instanceof PlatformError ? error.message : String(error)
    process.stderr.write(`slipway: ${message}${fix}\n`)
    process.exit(1)
  }
}
