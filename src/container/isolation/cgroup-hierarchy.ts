import { access, mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { systemErrorCode } from '../../base/index.ts'
import { readMounts } from '../../platform/index.ts'

const CONTROLLERS = ['memory', 'pids', 'cpuacct'] as const
export type Controller = (typeof CONTROLLERS)[number]

const REMOVE_ATTEMPTS = 50
const REMOVE_PAUSE_MS = 10
const CREATE_ATTEMPTS = 5

/** A mounted cgroup hierarchy: the one of version 2, or one of version 1 with its controllers. */
export interface CgroupHierarchy {
  readonly version: 1 | 2
  readonly mountPoint: string
  /** Those of version 1 that are mounted here; version 2 shows its own in each folder. */
  readonly controllers: readonly Controller[]
}

/**
 * The hierarchies a container joins: version 2 where it is mounted, and on older and hybrid machines
 * the ones of version 1 that limit or account. The first one is where the processes are counted.
 */
export async function findHierarchies(): Promise<readonly CgroupHierarchy[]> {
  const found = new Map<string, CgroupHierarchy>()
  for (const { fileSystem, mountPoint, options } of await readMounts()) {
    if (fileSystem === 'cgroup2') found.set(mountPoint, { version: 2, mountPoint, controllers: [] })
    if (fileSystem !== 'cgroup') continue
    const controllers = CONTROLLERS.filter((name) => options.includes(name))
    if (controllers.length > 0) found.set(mountPoint, { version: 1, mountPoint, controllers })
  }
  return [...found.values()].sort((one, other) => other.version - one.version)
}

/**
 * Makes `mountPoint/names...` and, in version 2, hands the controllers down to it. Others may remove
 * an empty parent at the same time, so it tries again.
 */
export async function createCgroup(
  hierarchy: CgroupHierarchy,
  names: readonly string[],
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await createNested(hierarchy, names)
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT' || attempt === CREATE_ATTEMPTS) throw error
    }
  }
}

/** Every process in the cgroup and in those below it. */
export async function readCgroupPids(folder: string): Promise<readonly number[]> {
  const text = await readCgroupFile(path.join(folder, 'cgroup.procs'))
  const own = (text ?? '').split('\n').filter(Boolean).map(Number)
  const below = await Promise.all((await listCgroups(folder)).map(readCgroupPids))
  return [...own, ...below.flat()]
}

/** Names of the cgroups in a cgroup, as paths; none where it does not exist. */
export async function listCgroups(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((each) => each.isDirectory()).map((each) => path.join(folder, each.name))
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

/** Removes an empty cgroup and those below it; the kernel may need a moment after the last exit. */
export async function removeCgroup(folder: string): Promise<void> {
  for (const below of await listCgroups(folder)) await removeCgroup(below)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rmdir(folder)
    } catch (error) {
      if (isGone(error)) return
      if (systemErrorCode(error) !== 'EBUSY' || attempt === REMOVE_ATTEMPTS) throw error
      await delay(REMOVE_PAUSE_MS)
    }
  }
}

/** Content of a cgroup's file, or undefined where the cgroup or the file is not there. */
export async function readCgroupFile(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    // ENODEV: removed while open. EOPNOTSUPP: a threaded cgroup has no list of processes.
    if (isGone(error) || systemErrorCode(error) === 'EOPNOTSUPP') return undefined
    throw error
  }
}

/** @returns whether there is such a file; a write that fails is an error */
export async function writeCgroupFile(file: string, value: string): Promise<boolean> {
  try {
    await access(file)
  } catch {
    return false // never create it: on a tmpfs that holds the mounts this would make an ordinary file
  }
  await writeFile(file, value, { flag: 'r+' })
  return true
}

async function createNested(hierarchy: CgroupHierarchy, names: readonly string[]): Promise<string> {
  let folder = hierarchy.mountPoint
  for (const name of names) {
    if (hierarchy.version === 2) await delegateControllers(folder)
    folder = path.join(folder, name)
    await mkdir(folder).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EEXIST') throw error
    })
  }
  return folder
}

/** Lets the cgroups below use memory and pids, one by one: each may be missing or in use elsewhere. */
async function delegateControllers(folder: string): Promise<void> {
  const available = (await readCgroupFile(path.join(folder, 'cgroup.controllers'))) ?? ''
  const file = path.join(folder, 'cgroup.subtree_control')
  const delegated = (await readCgroupFile(file)) ?? ''
  for (const name of ['memory', 'pids']) {
    if (!hasWord(available, name) || hasWord(delegated, name)) continue
    try {
      await writeFile(file, `+${name}`, { flag: 'r+' })
    } catch {
      // no such limit then, and the capabilities say so
    }
  }
}

function hasWord(text: string, word: string): boolean {
  return text.trim().split(/\s+/).includes(word)
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENODEV'].includes(systemErrorCode(error) ?? '')
}
