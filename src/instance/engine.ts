import { constants, globSync, statSync } from 'node:fs'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { PlatformError } from '../base/index.ts'

const SOURCES = path.resolve(import.meta.dirname, '..')
const SANDBOX_PROGRAM = path.join(SOURCES, 'sandbox/main.ts')
/** What `npm run setup` makes of it. */
const SANDBOX_BUNDLE = path.resolve(SOURCES, '../dist/sandbox/main.js')
/** The rooms that the sandbox is made of. */
const SANDBOX_ROOMS = '{base,mdf,platform,sandbox}/**/*.ts'

/** An installed SQL Server, or the bundled sandbox, that instances can be started from. */
export interface Engine {
  /** What people are shown. */
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** Added to the environment of the engine process contract (design, section 4). */
  readonly environment: Readonly<Record<string, string>>
  /** Where it keeps compiled code between starts, if it does. */
  readonly cacheFolder?: string
}

/**
 * The engine to use: the program at `enginePath`, or the bundled sandbox.
 *
 * @throws PlatformError ENGINE_NOT_FOUND when that is no program this user can execute
 */
export async function discoverEngine(options: {
  readonly enginePath?: string
  /** Where the sandbox keeps its compiled code, so that the next one starts faster. */
  readonly cacheFolder: string
}): Promise<Engine> {
  const { enginePath, cacheFolder } = options
  if (enginePath === undefined) {
    return {
      name: 'Slipway sandbox',
      command: [process.execPath, findSandbox()],
      environment: { NODE_COMPILE_CACHE: cacheFolder },
      cacheFolder,
    }
  }
  const program = path.resolve(enginePath)
  try {
    await access(program, constants.X_OK)
  } catch (error) {
    throw new PlatformError('ENGINE_NOT_FOUND', `the engine ${program} cannot be executed`, {
      cause: error,
    })
  }
  return { name: path.basename(program), command: [program], environment: {} }
}

/** The sandbox in one piece, which starts much faster; its sources where they are newer. */
function findSandbox(): string {
  const bundledAt = statSync(SANDBOX_BUNDLE, { throwIfNoEntry: false })?.mtimeMs
  if (bundledAt === undefined) return SANDBOX_PROGRAM
  const isNewer = (file: string): boolean => statSync(path.join(SOURCES, file)).mtimeMs > bundledAt
  return globSync(SANDBOX_ROOMS, { cwd: SOURCES }).some(isNewer) ? SANDBOX_PROGRAM : SANDBOX_BUNDLE
}
