import type { BigIntStats } from 'node:fs'
import { chmod, open, stat } from 'node:fs/promises'
import { PlatformError, systemErrorCode } from '../base/index.ts'
import { copyFileSparse } from './copy-file.ts'
import { tryReflinkFile } from './reflink-file.ts'
import type { TransferOptions } from './store-driver.ts'

const BYTES_PER_STAT_BLOCK = 512n
const READ_ONLY = 0o444
const OWNER_READ_WRITE = 0o600

export interface TakeSourceOptions {
  readonly signal: AbortSignal | undefined
  readonly onProgress: (position: number) => void
  /** Share the source's blocks where the file system can. */
  readonly copyOnWrite: boolean
  readonly readFreeBytes: () => Promise<number>
}

/**
 * Takes a file from outside into the store, read-only and durable, and answers its size. The source
 * is only read.
 *
 * @throws PlatformError FILE_NOT_FOUND, FILE_CHANGED, STORE_FULL
 */
export async function takeSourceFile(
  source: string,
  target: string,
  options: TakeSourceOptions,
): Promise<number> {
  const before = await statSource(source)
  const shared = options.copyOnWrite && (await tryReflinkFile(source, target))
  if (!shared) {
    await requireSpace(before, source, options.readFreeBytes)
    await copyFileSparse(source, target, options)
  }
  const after = await statSource(source)
  const size = Number(before.size)
  if (!isSameContent(before, after) || (await stat(target)).size !== size) {
    throw new PlatformError('FILE_CHANGED', `copy ${source}: it changed while it was copied`)
  }
  await sealBaseFile(target)
  options.onProgress(size)
  return size
}

/** Makes a file of a base read-only and durable. */
export async function sealBaseFile(target: string): Promise<void> {
  await chmod(target, READ_ONLY)
  await syncFile(target)
}

/** Makes the writable copy of a base's file, durable. */
export async function cloneBaseFile(
  source: string,
  target: string,
  options: TransferOptions & {
    readonly cloneFile: (source: string, target: string, options: TransferOptions) => Promise<void>
  },
): Promise<void> {
  await options.cloneFile(source, target, options)
  await chmod(target, OWNER_READ_WRITE)
  await syncFile(target)
}

async function statSource(source: string): Promise<BigIntStats> {
  try {
    await using handle = await open(source, 'r') // open, not stat: it must be readable too
    const stats = await handle.stat({ bigint: true })
    if (stats.isFile()) return stats
  } catch (error) {
    const why = systemErrorCode(error) ?? 'unknown'
    throw new PlatformError('FILE_NOT_FOUND', `open ${source}: ${why}`, { cause: error })
  }
  throw new PlatformError('FILE_NOT_FOUND', `open ${source}: not a regular file`)
}

function isSameContent(before: BigIntStats, after: BigIntStats): boolean {
  return before.ino === after.ino && before.size === after.size && before.mtimeNs === after.mtimeNs
}

/** Better one clear line now than a full disk, for everybody, after an hour. */
async function requireSpace(
  source: BigIntStats,
  name: string,
  readFreeBytes: () => Promise<number>,
): Promise<void> {
  const allocatedBytes = source.blocks * BYTES_PER_STAT_BLOCK
  const neededBytes = Number(allocatedBytes < source.size ? allocatedBytes : source.size)
  const freeBytes = await readFreeBytes()
  if (neededBytes <= freeBytes) return
  const message = `copy ${name}: it needs ${neededBytes} bytes, the store has ${freeBytes} left`
  throw new PlatformError('STORE_FULL', message, { details: { neededBytes, freeBytes } })
}

async function syncFile(file: string): Promise<void> {
  await using handle = await open(file, 'r')
  await handle.sync()
}
