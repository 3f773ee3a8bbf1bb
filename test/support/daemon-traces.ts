import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { systemErrorCode } from '../../src/base/index.ts'
import { listProcessIds, readMounts, readProcessEnvironment } from '../../src/platform/index.ts'

/** Ids of the instances under a state root that have a process, be it only their container's shim. */
export async function runningInstances(stateRoot: string): Promise<string[]> {
  const ids = (await instanceProcesses(stateRoot)).map(({ instanceId }) => instanceId)
  return [...new Set(ids)].sort()
}

/** kill -9 of every process of the instances under a state root. */
export async function killInstances(stateRoot: string): Promise<void> {
  for (const { pid } of await instanceProcesses(stateRoot)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if (systemErrorCode(error) !== 'ESRCH') throw error // a shim ends with its engine
    }
  }
}

async function instanceProcesses(
  stateRoot: string,
): Promise<{ readonly pid: number; readonly instanceId: string }[]> {
  const prefix = `MSSQL_DATA_DIR=${stateRoot}/instances/`
  const processes: { readonly pid: number; readonly instanceId: string }[] = []
  for (const pid of await listProcessIds()) {
    const environment = (await readProcessEnvironment(pid)) ?? []
    const folder = environment.find((entry) => entry.startsWith(prefix))?.slice(prefix.length)
    if (folder !== undefined) processes.push({ pid, instanceId: path.dirname(folder) })
  }
  return processes
}

/** Where something is mounted under a state root. */
export async function mountsUnder(stateRoot: string): Promise<string[]> {
  return (await readMounts())
    .map(({ mountPoint }) => mountPoint)
    .filter((mountPoint) => mountPoint.startsWith(`${stateRoot}/`))
}

/** Ids of the clones that have files in the store of a state root. */
export async function cloneFolders(stateRoot: string): Promise<string[]> {
  for (const place of ['store/mnt/clones', 'store/clones']) {
    const folders = await readdir(path.join(stateRoot, place)).catch(() => undefined)
    if (folders !== undefined) return folders
  }
  return []
}

/** Ports in the state LISTEN (0A) on this machine's loopback, from /proc/net/tcp (proc(5)). */
export async function listeningPorts(): Promise<Set<number>> {
  const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n').slice(1)
  const fields = lines.map((line) => line.trim().split(/\s+/))
  const listening = fields.filter(([, , , state]) => state === '0A')
  return new Set(
    listening.map(([, address = '']) => Number.parseInt(address.split(':')[1] ?? '', 16)),
  )
}
