import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const MAIN = path.resolve(import.meta.dirname, '../../src/main.ts')
const START_TIMEOUT_MS = 60_000

export interface DaemonProcess {
  readonly url: string
  readonly pid: number
  readonly stateRoot: string
  /** SIGTERM, then waits for the end; gives the exit status. */
  stop(): Promise<number | null>
  /** kill -9. */
  kill(): Promise<void>
}

/** A real daemon process on a free port, with a state root of its own. */
export async function startDaemonProcess(options: {
  readonly stateRoot: string
  readonly flags?: readonly string[]
  /** Standard error of the daemon; default: shown. */
  readonly stderr?: 'inherit' | 'ignore'
}): Promise<DaemonProcess> {
  const { stateRoot, flags = [], stderr = 'inherit' } = options
  const args = [
    MAIN,
    '--state-root',
    stateRoot,
    '--listen-port',
    '0',
    '--log-level',
    'warn',
    ...flags,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', stderr] })
  const pid = child.pid ?? 0
  const exited = once(child, 'exit')
  const url = await readUrl(path.join(stateRoot, 'daemon.json'), pid, () => child.exitCode === null)
  return {
    url,
    pid,
    stateRoot,
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** The address this process wrote; a file left by a killed predecessor names another pid. */
async function readUrl(file: string, pid: number, isAlive: () => boolean): Promise<string> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline && isAlive()) {
    if (existsSync(file)) {
      const record = JSON.parse(await readFile(file, 'utf8')) as { pid: number; url: string }
      if (record.pid === pid) return record.url
    }
    await sleep(10)
  }
  throw new Error(`the daemon (pid ${pid}) did not start`)
}
