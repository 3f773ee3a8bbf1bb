import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createId } from '../../src/base/index.ts'
import type { ContainerRuntime, ContainerSpec } from '../../src/container/index.ts'
import { readBootId, readCommandLine, readProcess } from '../../src/platform/index.ts'
import {
  createContainerPlace as createPlace,
  isAlive,
  PATH,
  type ContainerPlace as Place,
  readPid,
  waitForLog,
} from '../support/container-place.ts'

const MIB = 1024 ** 2
const STARTER = path.resolve(import.meta.dirname, '../support/start-container-and-hang.ts')
const WAIT_MS = 10_000

export interface IsolationSuiteOptions {
  readonly name: 'cgroup' | 'none'
  readonly skip: string | false
}

/** What the container runtime promises over every isolation driver (src/container/contract.ts). */
export function describeContainerRuntime(suite: IsolationSuiteOptions): void {
  const create = (): Promise<Place> => createPlace(suite.name)
  describe(`ContainerRuntime: ${suite.name}`, { skip: suite.skip }, () => {
    describe('start', () => describeStart(create))
    describe('an exit', () => describeExit(create))
    describe('stop and kill', () => describeKill(create))
    describe('after the daemon ended', () => describeAdoption(suite, create))
    describe('remove and list', () => describeRemove(create))
    describe('usage', () => describeUsage(create))
  })
}

function describeStart(create: () => Promise<Place>): void {
  it('runs the program in its folder with exactly the environment it was given', async () => {
    await using place = await create()
    const spec = place.createSpec('', {
      command: ['/bin/sh', '-c', 'pwd > folder; exec /usr/bin/env -u PWD'],
      environment: { PATH, WORDS: 'one  two\nthree', EMPTY: '', code: 'x' },
    })
    await place.runtime.start(spec)
    await place.runtime.waitForExit(spec.id)
    assert.equal(await readFile(path.join(place.folder, 'folder'), 'utf8'), `${place.folder}\n`)
    const marker = `SLIPWAY_CONTAINER=${place.namespace}/${spec.id}`
    assert.deepEqual((await readFile(spec.logFile, 'utf8')).split('\n').filter(Boolean).sort(), [
      'EMPTY=',
      `PATH=${PATH}`,
      marker,
      'WORDS=one  two',
      'code=x',
      'three',
    ])
  })

  it('appends standard output and standard error to the log, and nothing of its own', async () => {
    await using place = await create()
    const spec = place.createSpec('echo out; echo err >&2; kill -KILL $$')
    await writeFile(spec.logFile, 'before\n')
    await place.runtime.start(spec)
    await place.runtime.waitForExit(spec.id)
    assert.equal(await readFile(spec.logFile, 'utf8'), 'before\nout\nerr\n')
  })

  it('answers the pid of the program itself, in a session that is not the daemon’s', async () => {
    await using place = await create()
    const spec = place.createSpec('', { command: ['/bin/sleep', '100'] })
    const { pid } = await place.runtime.start(spec)
    assert.equal(await readCommandLine(pid), '/bin/sleep\u0000100\u0000')
    const own = await readProcess(process.pid)
    assert.notEqual((await readProcess(pid))?.sessionId, own?.sessionId)
    const status = await place.runtime.inspect(spec.id)
    assert.ok(status.status === 'running' && status.pid === pid)
    assert.ok(Math.abs(status.startedAt.getTime() - Date.now()) < WAIT_MS)
  })

  it('keeps a secret out of command lines and files', async () => {
    await using place = await create()
    const secret = 'Sup3r-secret'
    const spec = place.createSpec('', {
      command: ['/bin/sleep', '100'],
      environment: { MSSQL_SA_PASSWORD: secret },
    })
    const { pid } = await place.runtime.start(spec)
    const shim = (await readProcess(pid))?.sessionId ?? 0
    for (const each of [pid, shim]) {
      assert.doesNotMatch((await readCommandLine(each)) ?? '', new RegExp(secret))
    }
    const folder = path.join(place.root, spec.id)
    for (const name of await readdir(folder)) {
      assert.doesNotMatch(await readFile(path.join(folder, name), 'utf8'), new RegExp(secret))
    }
    assert.equal((await stat(folder)).mode & 0o077, 0)
    assert.equal((await stat(spec.logFile)).mode & 0o077, 0)
  })

  it('fails for a program that cannot be executed, and leaves nothing', async () => {
    await using place = await create()
    const script = path.join(place.folder, 'script')
    await writeFile(script, '#!/missing/interpreter\n', { mode: 0o755 })
    const plain = path.join(place.folder, 'plain')
    await writeFile(plain, 'echo hello\n', { mode: 0o644 })
    for (const program of ['/missing/program', 'no-such-program', script, plain, place.folder]) {
      const spec = place.createSpec('', { command: [program] })
      await assert.rejects(place.runtime.start(spec), { code: 'ENGINE_START_FAILED' }, program)
      assert.deepEqual(await place.runtime.inspect(spec.id), { status: 'absent' })
    }
    const spec = place.createSpec('true', { workingDirectory: '/missing' })
    await assert.rejects(place.runtime.start(spec), { code: 'ENGINE_START_FAILED' })
    assert.deepEqual(await place.runtime.list(), [])
  })

  it('refuses an id that is a path and a variable no shell can pass on', async () => {
    await using place = await create()
    const spec = place.createSpec('true', { id: '../../escape' })
    await assert.rejects(place.runtime.start(spec), { code: 'INVALID_ARGUMENT' })
    const dotted = place.createSpec('true', { environment: { 'a.b': 'c' } })
    await assert.rejects(place.runtime.start(dotted), { code: 'INVALID_ARGUMENT' })
  })

  it('refuses to start what runs, and starts again what has ended', async () => {
    await using place = await create()
    const spec = place.createSpec('[ -e again ] && exit 4; touch again; echo first; exec sleep 100')
    await place.runtime.start(spec)
    await waitForLog(spec, 'first')
    await assert.rejects(place.runtime.start(spec), { code: 'INVALID_STATE_TRANSITION' })
    await place.runtime.kill(spec.id)
    await place.runtime.start(spec)
    assertExited(await place.runtime.waitForExit(spec.id), 4)
  })

  it('starts many at once', async () => {
    await using place = await create()
    const specs = Array.from({ length: 10 }, (_, index) =>
      place.createSpec(`exit ${index}`, { logFile: path.join(place.folder, `log-${index}`) }),
    )
    await Promise.all(specs.map((spec) => place.runtime.start(spec)))
    for (const [index, spec] of specs.entries()) {
      assertExited(await place.runtime.waitForExit(spec.id), index)
    }
  })
}

function describeExit(create: () => Promise<Place>): void {
  it('is reported as a shell does', async () => {
    await using place = await create()
    for (const [script, exitCode] of [
      ['exit 0', 0],
      ['exit 3', 3],
      ['exit 127', 127],
      ['kill -TERM $$', 143],
      ['kill -KILL $$', 137],
    ] as const) {
      const spec = place.createSpec(`sleep 0.05; ${script}`)
      await place.runtime.start(spec)
      assertExited(await place.runtime.waitForExit(spec.id), exitCode)
    }
  })

  it('wakes everybody who waits, promptly', async () => {
    await using place = await create()
    const spec = place.createSpec('read line < gate; exit 5')
    await runToEnd('mkfifo', [path.join(place.folder, 'gate')])
    await place.runtime.start(spec)
    const waiting = [1, 2, 3].map(() => place.runtime.waitForExit(spec.id))
    await delay(50)
    const openedAt = Date.now()
    await writeFile(path.join(place.folder, 'gate'), 'go\n')
    for (const status of await Promise.all(waiting)) assertExited(status, 5)
    assert.ok(Date.now() - openedAt < 900, 'it was noticed by the watch, not by the slow poll')
  })

  it('is waited for no longer than the signal allows', async () => {
    await using place = await create()
    const spec = place.createSpec('exec sleep 100')
    await place.runtime.start(spec)
    const waiting = place.runtime.waitForExit(spec.id, { signal: AbortSignal.timeout(50) })
    await assert.rejects(waiting, { name: 'TimeoutError' })
    assert.equal((await place.runtime.inspect(spec.id)).status, 'running')
  })

  it('is absent for a container nobody started', async () => {
    await using place = await create()
    assert.deepEqual(await place.runtime.waitForExit(createId()), { status: 'absent' })
  })
}

function describeKill(create: () => Promise<Place>): void {
  it('asks first: a program that ends by itself keeps its exit code', async () => {
    await using place = await create()
    const spec = place.createSpec('trap "exit 7" TERM; echo ready; while :; do sleep 0.01; done')
    await place.runtime.start(spec)
    await waitForLog(spec, 'ready')
    await place.runtime.stop(spec.id, { graceMs: WAIT_MS })
    assertExited(await place.runtime.inspect(spec.id), 7)
    await place.runtime.stop(spec.id, { graceMs: WAIT_MS })
  })

  it('kills, after the grace, a program that does not listen', async () => {
    await using place = await create()
    const spec = place.createSpec('trap "" TERM; echo ready; while :; do sleep 0.01; done')
    await place.runtime.start(spec)
    await waitForLog(spec, 'ready')
    await place.runtime.stop(spec.id, { graceMs: 100 })
    assertExited(await place.runtime.inspect(spec.id), 137)
  })

  it('does not wait for the grace of a stop', async () => {
    await using place = await create()
    const spec = place.createSpec('trap "" TERM; echo ready; while :; do sleep 0.01; done')
    await place.runtime.start(spec)
    await waitForLog(spec, 'ready')
    const stopping = place.runtime.stop(spec.id, { graceMs: 60_000 })
    await place.runtime.kill(spec.id)
    await stopping
    assertExited(await place.runtime.inspect(spec.id), 137)
  })

  it('reaches children that ignore signals and daemons in sessions of their own', async () => {
    await using place = await create()
    const spec = place.createSpec(`
      sh -c 'trap "" TERM INT HUP; echo $$ > child; while :; do sleep 0.01; done' &
      setsid sh -c 'sh -c "echo \\$\\$ > daemon; exec sleep 100" &' &
      while ! [ -s child ] || ! [ -s daemon ]; do sleep 0.01; done
      echo ready; exec sleep 100`)
    const { pid } = await place.runtime.start(spec)
    await waitForLog(spec, 'ready')
    const pids = [pid, await readPid(place, 'child'), await readPid(place, 'daemon')]
    await place.runtime.kill(spec.id)
    for (const each of pids) assert.equal(await isAlive(each), false, String(each))
    await place.runtime.kill(spec.id)
  })

  it('takes what an engine left behind when it ended', async () => {
    await using place = await create()
    const spec = place.createSpec('setsid sleep 100 & echo $! > child; exit 2')
    await place.runtime.start(spec)
    assertExited(await place.runtime.waitForExit(spec.id), 2)
    const child = await readPid(place, 'child')
    assert.equal(await isAlive(child), true)
    await place.runtime.kill(spec.id)
    assert.equal(await isAlive(child), false)
    assertExited(await place.runtime.inspect(spec.id), 2)
  })
}

function describeAdoption(suite: IsolationSuiteOptions, create: () => Promise<Place>): void {
  it('a second runtime finds the container, its exit and its log', async () => {
    await using place = await create()
    const spec = place.createSpec('read line < gate; echo "$line"; exit 9')
    await runToEnd('mkfifo', [path.join(place.folder, 'gate')])
    const { pid } = await place.runtime.start(spec)
    const second = await place.createRuntime()
    const status = await second.inspect(spec.id)
    assert.ok(status.status === 'running' && status.pid === pid)
    await writeFile(path.join(place.folder, 'gate'), 'hello\n')
    assertExited(await second.waitForExit(spec.id), 9)
    assert.equal(await readFile(spec.logFile, 'utf8'), 'hello\n')
  })

  it('kill -9 of the one who started it does not end it', async () => {
    await using place = await create()
    const spec = place.createSpec('exec sleep 100')
    await startFromKilledProcess(suite, place, spec)
    const status = await place.runtime.inspect(spec.id)
    assert.ok(status.status === 'running')
    await place.runtime.stop(spec.id, { graceMs: WAIT_MS })
    assertExited(await place.runtime.inspect(spec.id), 143)
  })

  it('a process that got the pid of the engine is not taken for it', async () => {
    await using place = await create()
    const stranger = spawn('/bin/sleep', ['100'], { stdio: 'ignore' })
    try {
      await once(stranger, 'spawn')
      const spec = place.createSpec('exit 0')
      await place.runtime.start(spec)
      await place.runtime.waitForExit(spec.id)
      const record = `${stranger.pid} 1 ${await readBootId()}\n`
      const folder = path.join(place.root, spec.id)
      await writeFile(path.join(folder, 'engine'), record)
      await writeFile(path.join(folder, 'shim'), record)
      await rm(path.join(folder, 'exit'))
      assertExited(await place.runtime.inspect(spec.id), 255)
      await place.runtime.stop(spec.id, { graceMs: 0 })
      await place.runtime.remove(spec.id)
      assert.equal(await isAlive(stranger.pid ?? 0), true)
    } finally {
      stranger.kill('SIGKILL')
    }
  })

  it('a killed shim does not end the engine, whose end then counts as unseen', async () => {
    await using place = await create()
    const spec = place.createSpec('exec sleep 100')
    const { pid } = await place.runtime.start(spec)
    process.kill((await readProcess(pid))?.sessionId ?? 0, 'SIGKILL')
    assert.equal((await place.runtime.inspect(spec.id)).status, 'running')
    await place.runtime.kill(spec.id)
    assert.equal(await isAlive(pid), false)
    assertExited(await place.runtime.inspect(spec.id), 255)
  })
}

function describeRemove(create: () => Promise<Place>): void {
  it('lists a container until it is removed, and removes one that runs', async () => {
    await using place = await create()
    const spec = place.createSpec('exec sleep 100')
    const { pid } = await place.runtime.start(spec)
    assert.deepEqual(await place.runtime.list(), [spec.id])
    await place.runtime.remove(spec.id)
    assert.equal(await isAlive(pid), false)
    assert.deepEqual(await place.runtime.list(), [])
    assert.deepEqual(await place.runtime.inspect(spec.id), { status: 'absent' })
    assert.deepEqual(await readdir(place.root), [])
    await place.runtime.remove(spec.id)
  })

  it('finds and removes a container whose folder is gone', async () => {
    await using place = await create()
    const spec = place.createSpec('exec sleep 100')
    const { pid } = await place.runtime.start(spec)
    await rm(path.join(place.root, spec.id), { recursive: true })
    assert.deepEqual(await place.runtime.list(), [spec.id])
    await place.runtime.remove(spec.id)
    assert.equal(await isAlive(pid), false)
    assert.deepEqual(await place.runtime.list(), [])
  })

  it('does not see the containers of another namespace', async () => {
    await using place = await create()
    await using other = await create()
    await place.runtime.start(place.createSpec('exec sleep 100'))
    assert.deepEqual(await other.runtime.list(), [])
  })
}

function describeUsage(create: () => Promise<Place>): void {
  it('counts memory and processor time of the whole tree', async () => {
    await using place = await create()
    const burn = 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done'
    const spec = place.createSpec(`sh -c '${burn}; sleep 100' & wait`)
    await place.runtime.start(spec)
    await waitForLog(spec, 'done')
    const { memoryBytes, cpuMs } = await place.runtime.usage(spec.id)
    assert.ok(memoryBytes > MIB / 2 && memoryBytes < 100 * MIB, `${memoryBytes} bytes`)
    assert.ok(cpuMs >= 10 && cpuMs < 60_000, `${cpuMs} ms`)
  })

  it('is nothing for a container that does not run', async () => {
    await using place = await create()
    assert.deepEqual(await place.runtime.usage(createId()), { memoryBytes: 0, cpuMs: 0 })
  })
}

async function startFromKilledProcess(
  suite: IsolationSuiteOptions,
  place: Place,
  spec: ContainerSpec,
): Promise<void> {
  const { root, namespace } = place
  const options = JSON.stringify({ root, namespace, isolation: suite.name, spec })
  const starter = spawn(process.execPath, [STARTER, options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(starter, 'exit')
  await once(starter.stdout, 'data')
  starter.kill('SIGKILL')
  await ended
}

function assertExited(
  status: Awaited<ReturnType<ContainerRuntime['inspect']>>,
  exitCode: number,
): void {
  assert.ok(status.status === 'exited', status.status)
  assert.equal(status.exitCode, exitCode)
  assert.ok(Math.abs(status.finishedAt.getTime() - Date.now()) < WAIT_MS)
}

async function runToEnd(program: string, args: readonly string[]): Promise<void> {
  const [code] = await once(spawn(program, args, { stdio: 'inherit' }), 'exit')
  assert.equal(code, 0)
}
