import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { systemErrorCode } from '../../base/index.ts'
import { type Mount, readMounts } from './mounts.ts'
import { runTool } from './run-tool.ts'

const MOUNT_OPTIONS = 'loop,discard,noatime,nodev,nosuid,noexec'

/** Loop devices (`/dev/loop0`) that are attached to the image file. */
export async function findLoopDevices(image: string): Promise<readonly string[]> {
  const names = (await readdir('/sys/block')).filter((name) => name.startsWith('loop'))
  const attached = await Promise.all(
    names.map(async (name) => (await readBackingFile(name)) === image),
  )
  return names.filter((_, index) => attached[index]).map((name) => `/dev/${name}`)
}

/** Whether the image file behind a mounted loop device was deleted: what it holds cannot be kept. */
export async function isImageDeleted(device: string): Promise<boolean> {
  return (await readBackingFile(path.basename(device)))?.endsWith(' (deleted)') ?? false
}

/** The mount at exactly this path, the topmost one when there are several. */
export async function findMount(mountPoint: string): Promise<Mount | undefined> {
  return (await readMounts()).findLast((mount) => mount.mountPoint === mountPoint)
}

/** Mounts an image file; blocks freed in it return to the file system that holds it. */
export async function mountImage(image: string, mountPoint: string): Promise<void> {
  await runTool('mount', ['-t', 'xfs', '-o', MOUNT_OPTIONS, image, mountPoint])
}

/** Flushes and unmounts; the loop device that `mountImage` made goes with it. */
export async function unmount(mountPoint: string): Promise<void> {
  await runTool('umount', [mountPoint])
}

/** Detaches a loop device; one that is still mounted is detached by the kernel at its unmount. */
export async function detachLoopDevice(device: string): Promise<void> {
  await runTool('losetup', ['--detach', device])
}

/** Makes the device as large as its image file is now. */
export async function refreshLoopSize(device: string): Promise<void> {
  await runTool('losetup', ['--set-capacity', device])
}

async function readBackingFile(name: string): Promise<string | undefined> {
  try {
    return (await readFile(path.join('/sys/block', name, 'loop/backing_file'), 'utf8')).trimEnd()
  } catch (error) {
    // Not attached: the file does not exist, or went away between open and read.
    if (['ENOENT', 'ENXIO', 'ENODEV'].includes(systemErrorCode(error) ?? '')) return undefined
    throw error
  }
}
