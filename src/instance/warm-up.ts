import { readFile, rm } from 'node:fs/promises'
import {
  createId,
  createPassword,
  type Logger,
  systemErrorCode,
  writeFileAtomic,
} from '../base/index.ts'
import type { Instances } from './instances.ts'
import type { PortRangeAllocator } from './ports.ts'

const MARKER_SUFFIX = '.made-by'

/**
 * Runs one instance for a moment, so that an engine that keeps its compiled code finds it at every later
 * start, which then takes half as long. Done once per state root and version; other engines need none.
 */
export async function warmUpEngine(options: {
  readonly instances: Instances
  readonly ports: PortRangeAllocator
  /** Versions of whatever the compiled code depends on. */
  readonly madeBy: string
  readonly logger: Logger
}): Promise<void> {
  const { instances, madeBy, logger } = options
  const { cacheFolder } = instances.engine
  if (cacheFolder === undefined) return
  const marker = cacheFolder + MARKER_SUFFIX
  if ((await readMarker(marker)) === madeBy) return
  try {
    await rm(cacheFolder, { recursive: true, force: true })
    await runOnce(options)
    await writeFileAtomic(marker, madeBy)
  } catch (error) {
    logger.warn('warm up the engine: its first starts will be slower', { error })
  }
}

async function runOnce(options: {
  readonly instances: Instances
  readonly ports: PortRangeAllocator
}): Promise<void> {
  const { instances, ports } = options
  const port = await ports.reserve((free) => free)
  const target = { id: createId(), port, password: createPassword() }
  try {
    const connection = await instances.start(target, new AbortController().signal)
    await connection.query('SELECT name FROM sys.databases')
    connection.close()
    await instances.stop(target.id) // its clean end is what writes the compiled code
  } finally {
    await instances.remove(target.id)
  }
}

async function readMarker(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
