import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdir, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createScratchFolder, type ScratchFolder } from './scratch-folder.ts'

const TOOL_FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** A reason to skip for node:test; false where a test can make and mount a file system of its own. */
export function skipWithoutMounts(...tools: readonly string[]): string | false {
  if (process.getuid?.() !== 0) return 'mounting needs root'
  if (!isUsable('/dev/loop-control', constants.W_OK)) return 'there are no loop devices'
  for (const tool of [...tools, 'mount', 'umount']) {
    if (!TOOL_FOLDERS.some((folder) => isUsable(path.join(folder, tool), constants.X_OK))) {
      return `${tool} is not installed`
    }
  }
  return false
}

/** A small file system of its own in an image file; unmounted, and its file removed, at the end. */
export async function mountScratch(options: {
  readonly type: 'xfs' | 'ext4'
  readonly sizeBytes: number
}): Promise<ScratchFolder> {
  const scratch = await createScratchFolder()
  const image = path.join(scratch.path, 'image')
  const mountPoint = path.join(scratch.path, 'mnt')
  await writeFile(image, '')
  await truncate(image, options.sizeBytes)
  await mkdir(mountPoint)
  run(`mkfs.${options.type}`, ['-q', image])
  run('mount', ['-o', 'loop', image, mountPoint])
  return {
    path: mountPoint,
    async [Symbol.asyncDispose]() {
      run('umount', [mountPoint])
      await scratch[Symbol.asyncDispose]()
    },
  }
}

function run(tool: string, args: readonly string[]): void {
  const env = { ...process.env, PATH: TOOL_FOLDERS.join(':') }
  execFileSync(tool, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

function isUsable(file: string, mode: number): boolean {
  try {
    accessSync(file, mode)
    return true
  } catch {
    return false
  }
}
