import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createId } from '../../src/base/index.ts'
import {
  type ContainerRuntime,
  type ContainerSpec,
  createContainerRuntime,
} from '../../src/container/index.ts'
import { readProcess } from '../../src/platform/index.ts'
import { createQuietLogger } from './quiet-logger.ts'
import { createScratchFolder } from './scratch-folder.ts'

export const PATH = '/usr/local/bin:/usr/bin:/bin'
const WAIT_MS = 10_000

/** A namespace of its own, and the folders for it; every container in it is removed at the end. */
export interface ContainerPlace extends AsyncDisposable {
  readonly root: string
  readonly folder: string
  readonly namespace: string
  readonly runtime: ContainerRuntime
  /** Another runtime over the same containers, as a restarted daemon would have. */
  createRuntime(): Promise<ContainerRuntime>
  /** A container that runs `script` in a shell; what it prints is in `logFile`. */
  createSpec(script: string, options?: Partial<ContainerSpec>): ContainerSpec
}

export async function createContainerPlace(isolation: 'cgroup' | 'none'): Promise<ContainerPlace> {
  await using stack = new AsyncDisposableStack()
  const scratch = stack.use(await createScratchFolder())
  const root = path.join(scratch.path, 'containers')
  const namespace = `test-${createId().slice(0, 12)}`
  const { logger } = createQuietLogger()
  const createRuntime = async (): Promise<ContainerRuntime> =>
    (await createContainerRuntime({ root, namespace, isolation, logger })).runtime
  const runtime = await createRuntime()
  stack.defer(async () => {
    for (const id of await runtime.list()) await runtime.remove(id)
  })
  const undo = stack.move()
  return {
    root,
    folder: scratch.path,
    namespace,
    runtime,
    createRuntime,
    createSpec: (script, options = {}) => ({
      id: createId(),
      command: ['/bin/sh', '-c', script],
      environment: { PATH },
      workingDirectory: scratch.path,
      logFile: path.join(scratch.path, 'log'),
      ...options,
    }),
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  }
}

/** Waits until the container has printed it. */
export async function waitForLog(spec: ContainerSpec, text: string): Promise<void> {
  for (const deadline = Date.now() + WAIT_MS; ; await delay(10)) {
    if ((await readFile(spec.logFile, 'utf8')).includes(text)) return
    assert.ok(Date.now() < deadline, `"${text}" does not appear in the log`)
  }
}

/** A pid that the container's script wrote to a file in its folder. */
export async function readPid(place: ContainerPlace, name: string): Promise<number> {
  return Number(await readFile(path.join(place.folder, name), 'utf8'))
}

export async function isAlive(pid: number): Promise<boolean> {
  return (await readProcess(pid))?.alive ?? false
}
