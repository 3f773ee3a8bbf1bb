import { listProcessIds, readProcess, readProcessEnvironment } from '../../platform/index.ts'
import {
  CONTAINER_ID,
  CONTAINER_VARIABLE,
  type IsolationDriver,
  type JoinFiles,
  type ProcessTree,
} from './isolation-driver.ts'
import { signalProcess } from './signal-process.ts'

const CAPABILITIES = Object.freeze({
  name: 'none',
  containsTree: false,
  memoryLimit: false,
  cpuLimit: false,
  processLimit: false,
})

/**
 * No isolation: the tree is what shares the shim's session or inherited the container's variable. A
 * process that starts its own session with a cleared environment is not found.
 */
export class NoneDriver implements IsolationDriver {
  readonly capabilities = CAPABILITIES
  readonly #prefix: string

  constructor(namespace: string) {
    this.#prefix = `${CONTAINER_VARIABLE}=${namespace}/`
  }

  async create(): Promise<JoinFiles> {
    return { engine: [] }
  }

  async listPids(tree: ProcessTree): Promise<readonly number[]> {
    const candidates = (await listProcessIds()).filter(
      (pid) => pid !== tree.shimPid && pid !== process.pid,
    )
    const members = await Promise.all(candidates.map((pid) => this.#isMember(pid, tree)))
    return candidates.filter((_, index) => members[index])
  }

  async terminate(tree: ProcessTree): Promise<void> {
    for (const pid of await this.listPids(tree)) signalProcess(pid, 'SIGKILL')
  }

  async readCpuMs(tree: ProcessTree): Promise<number> {
    const processes = await Promise.all((await this.listPids(tree)).map(readProcess))
    return processes.reduce((sum, each) => sum + (each?.cpuMs ?? 0), 0)
  }

  async remove(): Promise<void> {}

  async close(): Promise<void> {}

  async list(): Promise<readonly string[]> {
    const ids = await Promise.all((await listProcessIds()).map((pid) => this.#readId(pid)))
    return [...new Set(ids.filter((id) => id !== undefined))]
  }

  async #isMember(pid: number, tree: ProcessTree): Promise<boolean> {
    const found = await readProcess(pid)
    if (found === undefined || !found.alive) return false
    if (tree.sessionId !== undefined && found.sessionId === tree.sessionId) return true
    return (await this.#readId(pid)) === tree.id
  }

  async #readId(pid: number): Promise<string | undefined> {
    const environment = (await readProcessEnvironment(pid)) ?? []
    const id = environment.find((entry) => entry.startsWith(this.#prefix))
    const digits = id?.slice(this.#prefix.length)
    return digits !== undefined && CONTAINER_ID.test(digits) ? digits : undefined
  }
}
