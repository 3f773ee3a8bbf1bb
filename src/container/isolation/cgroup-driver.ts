import { execFile } from 'node:child_process'
import { rmdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { PlatformError } from '../../base/index.ts'
import { readProcess } from '../../platform/index.ts'
import type { ContainerSpec, IsolationCapabilities } from '../contract.ts'
import {
  type CgroupHierarchy,
  createCgroup,
  findHierarchies,
  listCgroups,
  readCgroupFile,
  readCgroupPids,
  removeCgroup,
  writeCgroupFile,
} from './cgroup-hierarchy.ts'
import {
  CONTAINER_ID,
  type IsolationDriver,
  type JoinFiles,
  type ProcessTree,
} from './isolation-driver.ts'
import { signalProcess } from './signal-process.ts'

/**
 * At the top of each hierarchy, not inside the daemon's own cgroup: a service manager that stops the
 * daemon ends everything in there.
 */
const TOP = 'slipway'
/** Beside the containers: where the shims are. */
const SHIMS = 'shims'
const PROBE = `probe-${process.pid}`
const PROCS = 'cgroup.procs'

const MEMORY_FILE = { 1: 'memory.limit_in_bytes', 2: 'memory.max' } as const
const PIDS_FILE = 'pids.max'

const run = promisify(execFile)

/**
 * Opens the cgroup driver for the containers of one namespace, after trying each hierarchy for real.
 *
 * @throws PlatformError ISOLATION_UNSUPPORTED with the reason why no cgroup can be used here
 */
export async function openCgroupDriver(namespace: string): Promise<IsolationDriver> {
  const usable: CgroupHierarchy[] = []
  const files = new Set<string>()
  const reasons: string[] = []
  for (const hierarchy of await findHierarchies()) {
    try {
      for (const file of await probeHierarchy(hierarchy, namespace)) files.add(file)
      usable.push(hierarchy)
    } catch (error) {
      const why = error instanceof Error ? error.message.trim() : String(error)
      reasons.push(`${hierarchy.mountPoint}: ${why}`)
    }
  }
  const [first, ...others] = usable
  if (first === undefined) {
    const why = reasons.join('; ') || 'no cgroup file system is mounted'
    throw new PlatformError('ISOLATION_UNSUPPORTED', why)
  }
  return new CgroupDriver(namespace, [first, ...others], files)
}

/** Puts a process into a new cgroup. Answers which of the limit files there are. */
async function probeHierarchy(
  hierarchy: CgroupHierarchy,
  namespace: string,
): Promise<readonly string[]> {
  const names = [TOP, namespace, PROBE]
  const folder = await createCgroup(hierarchy, names)
  try {
    await run('/bin/sh', ['-c', 'echo 0 > "$1"', 'probe', path.join(folder, PROCS)])
    const files = [MEMORY_FILE[hierarchy.version], PIDS_FILE]
    const contents = await Promise.all(files.map((name) => readCgroupFile(path.join(folder, name))))
    return files.filter((_, index) => contents[index] !== undefined)
  } finally {
    await removeCgroup(folder)
    await removeEmptyParents(hierarchy, namespace)
  }
}

class CgroupDriver implements IsolationDriver {
  readonly capabilities: IsolationCapabilities
  readonly #namespace: string
  readonly #hierarchies: readonly [CgroupHierarchy, ...CgroupHierarchy[]]

  constructor(
    namespace: string,
    hierarchies: readonly [CgroupHierarchy, ...CgroupHierarchy[]],
    limitFiles: ReadonlySet<string>,
  ) {
    this.#namespace = namespace
    this.#hierarchies = hierarchies
    this.capabilities = Object.freeze({
      name: 'cgroup',
      containsTree: true,
      memoryLimit: Object.values(MEMORY_FILE).some((name) => limitFiles.has(name)),
      cpuLimit: false,
      processLimit: limitFiles.has(PIDS_FILE),
    })
  }

  async create(id: string, limits: ContainerSpec['limits']): Promise<JoinFiles> {
    await this.remove(id) // a cgroup left by an earlier run has its limits
    const [tracking] = this.#hierarchies
    const folders: string[] = []
    for (const hierarchy of this.#hierarchies) {
      const folder = await createCgroup(hierarchy, [TOP, this.#namespace, id])
      await limit(path.join(folder, MEMORY_FILE[hierarchy.version]), limits?.memoryBytes)
      await limit(path.join(folder, PIDS_FILE), limits?.processCount)
      folders.push(folder)
    }
    const shims = await createCgroup(tracking, [TOP, this.#namespace, SHIMS])
    return {
      engine: folders.map((folder) => path.join(folder, PROCS)),
      shim: path.join(shims, PROCS),
    }
  }

  async listPids(tree: ProcessTree): Promise<readonly number[]> {
    const pids = await Promise.all(this.#folders(tree.id).map(readCgroupPids))
    return [...new Set(pids.flat())]
  }

  async terminate(tree: ProcessTree): Promise<void> {
    for (const folder of this.#folders(tree.id)) {
      await writeCgroupFile(path.join(folder, PIDS_FILE), '0')
      await writeCgroupFile(path.join(folder, 'cgroup.kill'), '1')
    }
    for (const pid of await this.listPids(tree)) signalProcess(pid, 'SIGKILL')
  }

  async readCpuMs(tree: ProcessTree): Promise<number> {
    for (const folder of this.#folders(tree.id)) {
      const stat = await readCgroupFile(path.join(folder, 'cpu.stat')) // version 2
      const microseconds = stat?.match(/^usage_usec (\d+)$/m)?.[1]
      if (microseconds !== undefined) return Number(microseconds) / 1e3
      const nanoseconds = await readCgroupFile(path.join(folder, 'cpuacct.usage')) // version 1
      if (nanoseconds !== undefined) return Number(nanoseconds) / 1e6
    }
    const processes = await Promise.all((await this.listPids(tree)).map(readProcess))
    return processes.reduce((sum, each) => sum + (each?.cpuMs ?? 0), 0)
  }

  async remove(id: string): Promise<void> {
    for (const hierarchy of this.#hierarchies) {
      await removeCgroup(path.join(hierarchy.mountPoint, TOP, this.#namespace, id))
      await removeEmptyParents(hierarchy, this.#namespace)
    }
  }

  async list(): Promise<readonly string[]> {
    const folders = await Promise.all(
      this.#hierarchies.map(({ mountPoint }) =>
        listCgroups(path.join(mountPoint, TOP, this.#namespace)),
      ),
    )
    const names = folders.flat().map((folder) => path.basename(folder))
    return [...new Set(names.filter((name) => CONTAINER_ID.test(name)))]
  }

  async close(): Promise<void> {
    for (const hierarchy of this.#hierarchies) {
      const folder = path.join(hierarchy.mountPoint, TOP, this.#namespace)
      // The kernel refuses to remove one with processes in it, and a shim leaves soon after its engine.
      await Promise.all(
        (await listCgroups(folder)).map((each) => removeCgroup(each).catch(() => {})),
      )
      await removeEmptyParents(hierarchy, this.#namespace)
    }
  }

  #folders(id: string): readonly string[] {
    return this.#hierarchies.map((each) => path.join(each.mountPoint, TOP, this.#namespace, id))
  }
}

/** A kernel without the limit has no such file; the capabilities say so. */
async function limit(file: string, value: number | undefined): Promise<void> {
  if (value !== undefined) await writeCgroupFile(file, String(value))
}

/** Whoever is last takes the shared parents along; while others use them the kernel keeps them. */
async function removeEmptyParents(hierarchy: CgroupHierarchy, namespace: string): Promise<void> {
  for (const names of [[TOP, namespace, SHIMS], [TOP, namespace], [TOP]]) {
    await rmdir(path.join(hierarchy.mountPoint, ...names)).catch(() => undefined)
  }
}
