import { mkdir, open, realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Logger, PlatformError, writeFileAtomic } from '../base/index.ts'
import { tryLockFile } from '../platform/index.ts'

const OTHERS = 0o077

/** The folder that holds everything a daemon keeps, locked for this process. */
export interface StateRoot {
  /** Without symbolic links: the same folder always has the same name. */
  readonly folder: string
  /** Writes `daemon.json`, by which clients on this machine find the daemon. */
  publish(url: string): Promise<void>
  /** Removes `daemon.json` and lets go of the folder. */
  release(): Promise<void>
}

/**
 * Makes the folder (readable by its owner only) as needed, and locks it.
 *
 * @throws PlatformError STATE_ROOT_IN_USE with the pid of the daemon that has it
 */
export async function openStateRoot(stateRoot: string, logger: Logger): Promise<StateRoot> {
  await mkdir(stateRoot, { recursive: true, mode: 0o700 })
  const folder = await realpath(stateRoot)
  if (path.sep === '/' && ((await stat(folder)).mode & OTHERS) !== 0) {
    logger.warn('the state root is open to other users of this machine', { stateRoot: folder })
  }
  const lockFile = path.join(folder, 'daemon.lock')
  await using handle = await open(lockFile, 'a+', 0o600)
  const lock = await tryLockFile(lockFile)
  if (lock === undefined) {
    const pid = (await handle.readFile('utf8')).trim() || 'unknown'
    throw new PlatformError(
      'STATE_ROOT_IN_USE',
      `${folder} is in use by the daemon with pid ${pid}`,
    )
  }
  await handle.truncate(0)
  await handle.write(String(process.pid))
  const recordFile = path.join(folder, 'daemon.json')
  return {
    folder,
    async publish(url) {
      await writeFileAtomic(recordFile, JSON.stringify({ pid: process.pid, url }))
    },
    async release() {
      await rm(recordFile, { force: true })
      await lock.release()
    },
  }
}
