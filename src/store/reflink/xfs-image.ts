import { mkdir, open, rename, rm, stat, statfs, truncate } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Logger, PlatformError, syncFolder, systemErrorCode } from '../../base/index.ts'
import {
  detachLoopDevice,
  findLoopDevices,
  findMount,
  findTool,
  isImageDeleted,
  mountImage,
  refreshLoopSize,
  runTool,
  unmount,
} from '../../platform/index.ts'

const MIB = 1024 ** 2
/** mkfs.xfs makes nothing smaller than 300 MiB. */
const SMALLEST_IMAGE_BYTES = 320 * MIB
/** Left to the rest of the machine: a host that runs full would lose writes of every clone. */
const HOST_RESERVE_BYTES = 1024 * MIB
const LOG_BYTES = 64 * MIB
const BYTES_PER_STAT_BLOCK = 512
const UNMOUNT_ATTEMPTS = 10
const UNMOUNT_PAUSE_MS = 100

const TOOLS = ['mkfs.xfs', 'xfs_growfs', 'losetup', 'mount', 'umount'] as const

/** A mounted XFS file system of our own, in a sparse file. */
export interface XfsImage {
  readonly mountPoint: string
  readonly sizeBytes: number
  /** Bytes the image file may still grow by on the file system that holds it. */
  readHostFreeBytes(): Promise<number>
  /** Unmounts, unless something still uses it; then it is left for the next start, with a warning. */
  release(): Promise<void>
}

/** Where a store in `root` keeps its image file; it exists from the moment it is complete. */
export function xfsImageFile(root: string): string {
  return path.join(root, 'image.xfs')
}

/**
 * Mounts the store's image file, making or growing it to `limitBytes` (less where the disk could never
 * hold that much). Every step can be repeated after a crash; a mount left behind by a killed daemon,
 * with clones running on it, is taken over.
 *
 * @throws PlatformError STORE_UNSUPPORTED with the reason why that is not possible here
 */
export async function openXfsImage(options: {
  readonly root: string
  readonly limitBytes: number
  readonly logger: Logger
}): Promise<XfsImage> {
  await requirePrerequisites()
  const image = xfsImageFile(options.root)
  const mountPoint = path.join(options.root, 'mnt')
  await using undo = new AsyncDisposableStack()
  if (!(await isMounted(image, mountPoint))) {
    await detachStaleDevices(image)
    if (await createImage(image, options)) undo.defer(() => rm(image, { force: true }))
    await mkdir(mountPoint, { recursive: true, mode: 0o700 })
    await mountImage(image, mountPoint)
    undo.defer(() => unmount(mountPoint))
  }
  await growImage(image, { ...options, mountPoint })
  undo.move()
  return {
    mountPoint,
    sizeBytes: (await stat(image)).size,
    readHostFreeBytes: () => readHostFreeBytes(options.root),
    release: () => releaseImage(image, mountPoint, options.logger),
  }
}

async function requirePrerequisites(): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw unsupported('mounting one needs root, and the daemon runs as an ordinary user')
  }
  for (const tool of TOOLS) {
    if ((await findTool(tool)) !== undefined) continue
    const source = tool.includes('xfs') ? 'xfsprogs' : 'util-linux and mount'
    throw unsupported(`${tool} is not installed (package ${source})`)
  }
  try {
    await using _ = await open('/dev/loop-control', 'r+')
  } catch (error) {
    const why = systemErrorCode(error) ?? String(error)
    throw unsupported(`there are no loop devices here (/dev/loop-control: ${why})`, error)
  }
}

/** @throws PlatformError STORE_UNSUPPORTED when something else is mounted there */
async function isMounted(image: string, mountPoint: string): Promise<boolean> {
  const mount = await findMount(mountPoint)
  if (mount === undefined) return false
  if ((await findLoopDevices(image)).includes(mount.source)) return true
  if (await isImageDeleted(mount.source)) {
    await unmount(mountPoint)
    return false
  }
  throw unsupported(`${mount.source} is mounted on ${mountPoint}, which is not ${image}`)
}

/** A start that died between attaching and mounting leaves its device behind. */
async function detachStaleDevices(image: string): Promise<void> {
  for (const device of await findLoopDevices(image)) await detachLoopDevice(device)
}

/** @returns whether it was made now */
async function createImage(
  image: string,
  options: { readonly root: string; readonly limitBytes: number },
): Promise<boolean> {
  const draft = `${image}.tmp`
  await rm(draft, { force: true })
  if ((await readSize(image)) !== undefined) return false
  const size = await affordableBytes(options, 0)
  if (size < SMALLEST_IMAGE_BYTES) {
    throw unsupported(`it needs ${SMALLEST_IMAGE_BYTES / MIB} MiB, and there is room for less`)
  }
  try {
    await using handle = await open(draft, 'wx', 0o600)
    await handle.truncate(size)
    await runTool('mkfs.xfs', ['-q', '-m', 'reflink=1', '-l', `size=${LOG_BYTES}`, draft])
    await handle.sync()
    await rename(draft, image)
    await syncFolder(options.root)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return true
}

/** Grows the file, its device and its file system; each step does nothing where it was done before. */
async function growImage(
  image: string,
  options: { readonly root: string; readonly limitBytes: number; readonly mountPoint: string },
): Promise<void> {
  const { size, blocks } = await stat(image)
  const wanted = await affordableBytes(options, blocks * BYTES_PER_STAT_BLOCK)
  if (wanted > size) await truncate(image, wanted)
  for (const device of await findLoopDevices(image)) await refreshLoopSize(device)
  await runTool('xfs_growfs', [options.mountPoint])
}

/** The limit, or what the disk can hold if that is less, in whole MiB. */
async function affordableBytes(
  options: { readonly root: string; readonly limitBytes: number },
  usedBytes: number,
): Promise<number> {
  const bytes = Math.min(options.limitBytes, usedBytes + (await readHostFreeBytes(options.root)))
  return Math.floor(bytes / MIB) * MIB
}

async function readHostFreeBytes(root: string): Promise<number> {
  const { bavail, bsize } = await statfs(root)
  return Math.max(0, bavail * bsize - HOST_RESERVE_BYTES)
}

async function releaseImage(image: string, mountPoint: string, logger: Logger): Promise<void> {
  for (let attempt = 1; (await findMount(mountPoint)) !== undefined; attempt += 1) {
    try {
      await unmount(mountPoint)
    } catch (error) {
      if (attempt === UNMOUNT_ATTEMPTS) {
        const why = error instanceof Error ? error.message : String(error)
        logger.warn('the store stays mounted, the next start takes it over', { mountPoint, why })
        return
      }
      await delay(UNMOUNT_PAUSE_MS)
    }
  }
  await detachStaleDevices(image)
}

async function readSize(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function unsupported(why: string, cause?: unknown): PlatformError {
  return new PlatformError('STORE_UNSUPPORTED', why, { cause })
}
