import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { access, type FileHandle, open, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PlatformError, shortId } from '../base/index.ts'
import { readCommandLine } from '../platform/index.ts'
import type { ContainerRecords } from './container-records.ts'
import type { ContainerSpec } from './contract.ts'
import type { JoinFiles } from './isolation/isolation-driver.ts'

const SHELL = '/bin/sh'
const SHIM = path.resolve(import.meta.dirname, '../../native/container-shim.sh')
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin'
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** The shell's own: the program could not be executed, was not found; and the shim's: not prepared. */
const NOT_STARTED_STATUSES = [125, 126, 127]
const POLL_MS = 1
const START_TIMEOUT_MS = 10_000
const SHOWN_LOG_BYTES = 500

/**
 * Finds out what can be known without starting anything.
 *
 * @throws PlatformError INVALID_ARGUMENT, ENGINE_START_FAILED
 */
export async function checkSpec(spec: ContainerSpec): Promise<void> {
  for (const name of Object.keys(spec.environment)) {
    // The shell between us and the engine would drop it without a word.
    if (NAME.test(name)) continue
    throw new PlatformError(
      'INVALID_ARGUMENT',
      `"${name}" is not a name of an environment variable`,
    )
  }
  const directory = await stat(spec.workingDirectory).catch(() => undefined)
  if (directory?.isDirectory() !== true) {
    throw startFailed(spec.id, `the working directory ${spec.workingDirectory} does not exist`)
  }
  const [program] = spec.command
  if (!(await isExecutable(program, spec))) {
    throw startFailed(spec.id, `${program} does not exist or cannot be executed`)
  }
}

/**
 * Starts the shim in a session of its own and waits until the engine's program runs, or has ended.
 *
 * @throws PlatformError ENGINE_START_FAILED
 */
export async function startShim(
  spec: ContainerSpec,
  options: { readonly records: ContainerRecords; readonly joinFiles: JoinFiles },
): Promise<{ readonly pid: number }> {
  await using log = await open(spec.logFile, 'a+', 0o600)
  const { size } = await log.stat()
  const shim = spawn(SHELL, shimArguments(spec, options), {
    detached: true, // a session of its own: what ends the daemon's does not end this one
    cwd: spec.workingDirectory,
    env: { ...spec.environment },
    stdio: ['ignore', log.fd, log.fd],
  })
  shim.unref()
  await once(shim, 'spawn').catch((error: unknown) => {
    throw startFailed(spec.id, `${SHELL} could not be started`, error)
  })
  const pid = await waitForEngine(spec.id, shim, options.records)
  if (pid !== undefined) return { pid }
  throw startFailed(spec.id, await readLogTail(log, size))
}

function shimArguments(
  spec: ContainerSpec,
  { records, joinFiles }: { readonly records: ContainerRecords; readonly joinFiles: JoinFiles },
): string[] {
  const joins = [joinFiles.shim ?? '', String(joinFiles.engine.length), ...joinFiles.engine]
  return [SHIM, records.folder(spec.id), ...joins, ...spec.command]
}

/** @returns the engine's pid, or undefined when it could not be started */
async function waitForEngine(
  id: string,
  shim: ChildProcess,
  records: ContainerRecords,
): Promise<number | undefined> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; ) {
    const shimEnded = shim.exitCode !== null || shim.signalCode !== null
    const exit = await records.readExit(id)
    const engine = await records.readIdentity(id, 'engine')
    if (exit !== undefined) {
      return NOT_STARTED_STATUSES.includes(exit.exitCode) ? undefined : engine?.pid
    }
    if (engine !== undefined && (await hasReplacedShim(engine.pid))) return engine.pid
    if (shimEnded) return undefined
    await delay(POLL_MS)
  }
  return undefined
}

/** Until `exec` succeeds the engine's process still is a copy of the shim, with its arguments. */
async function hasReplacedShim(pid: number): Promise<boolean> {
  const commandLine = await readCommandLine(pid)
  return commandLine !== undefined && commandLine !== '' && !commandLine.includes(`\0${SHIM}\0`)
}

async function isExecutable(program: string, spec: ContainerSpec): Promise<boolean> {
  const folders = program.includes('/')
    ? [spec.workingDirectory]
    : (spec.environment['PATH'] ?? DEFAULT_PATH).split(':')
  for (const folder of folders) {
    const file = path.resolve(folder, program)
    try {
      await access(file, constants.X_OK)
      if ((await stat(file)).isFile()) return true
    } catch {
      // not there: the next folder
    }
  }
  return false
}

/** What the shell said about it. */
async function readLogTail(log: FileHandle, from: number): Promise<string> {
  const buffer = Buffer.alloc(SHOWN_LOG_BYTES)
  const { bytesRead } = await log.read(buffer, 0, buffer.length, from)
  const text = buffer.toString('utf8', 0, bytesRead).trim().replaceAll('\n', '; ')
  return text === '' ? 'its program did not come to run' : text
}

function startFailed(id: string, why: string, cause?: unknown): PlatformError {
  return new PlatformError('ENGINE_START_FAILED', `start container ${shortId(id)}: ${why}`, {
    cause,
  })
}
