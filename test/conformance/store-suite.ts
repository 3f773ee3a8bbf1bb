import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import type { StoreDriver } from '../../src/store/index.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3
const HELD_COMMIT = path.resolve(import.meta.dirname, '../support/held-commit.ts')

/** A place for one store. */
export interface StorePlace extends AsyncDisposable {
  readonly root: string
  /** Folder for source files, on a file system that shares no blocks with `root`. */
  readonly sources: string
  open(): Promise<StoreDriver>
}

export interface StoreSuiteOptions {
  readonly name: StoreDriver['capabilities']['name']
  readonly skip: string | false
  readonly createPlace: () => Promise<StorePlace>
  /** A place whose file system is small enough to be filled; `skip` where there is none. */
  readonly createSmallPlace: () => Promise<StorePlace>
  readonly skipSmall: string | false
}

/** What every store driver promises (src/store/store-driver.ts). */
export function describeStoreDriver(suite: StoreSuiteOptions): void {
  describe(`StoreDriver: ${suite.name}`, { skip: suite.skip }, () => {
    describe('commit', () => describeCommit(suite))
    describe('commitWritten', () => describeCommitWritten(suite))
    describe('prepare', () => describePrepare(suite))
    describe('remove', () => describeRemove(suite))
    describe('usage', () => describeUsage(suite))
    describe('a crash', () => describeCrash(suite))
    describe('a full disk', { skip: suite.skipSmall }, () => describeFullDisk(suite))
  })
}

function describeCommit({ createPlace }: StoreSuiteOptions): void {
  it('takes files in, in their order, unchanged and read-only', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const sources = [
      await createSource(place, 'z.mdf', randomBytes(300_000)),
      await createSource(place, 'a.ldf', Buffer.alloc(100_000, 1)),
    ]
    const files = await driver.commit('base', sources)
    assert.deepEqual(
      files.map((file) => file.name),
      ['z.mdf', 'a.ldf'],
    )
    assert.deepEqual(await driver.files('base'), files)
    for (const [index, file] of files.entries()) {
      assert.deepEqual(await readFile(file.path), await readFile(sources[index]?.path ?? ''))
      assert.equal((await stat(file.path)).mode & 0o777, 0o444)
    }
    await driver.close()
  })

  it('leaves the source as it was', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const source = await createSource(place, 'data.mdf', randomBytes(100_000))
    const before = await stat(source.path)
    await driver.commit('base', [source])
    const after = await stat(source.path)
    assert.deepEqual(
      [after.mtimeMs, after.size, after.mode],
      [before.mtimeMs, before.size, before.mode],
    )
  })

  it('keeps the holes of a large sparse file', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const source = await createSource(place, 'data.mdf', randomBytes(MIB))
    await writeAt(source.path, 5 * GIB, Buffer.alloc(MIB, 7))
    await truncate(source.path, 10 * GIB)
    const [file] = await driver.commit('base', [source])
    const [clone] = await driver.prepare('clone', 'base')
    for (const each of [file, clone]) {
      const { size, blocks } = await stat(each?.path ?? '')
      assert.equal(size, 10 * GIB)
      assert.ok(blocks * 512 < 4 * MIB, `it takes ${blocks * 512} bytes of disk`)
      assert.deepEqual(await readAt(each?.path ?? '', 5 * GIB, MIB), Buffer.alloc(MIB, 7))
      assert.deepEqual(await readAt(each?.path ?? '', 0, MIB), await readAt(source.path, 0, MIB))
    }
  })

  it('reports progress up to the sum of the sizes', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const sources = [
      await createSource(place, 'data.mdf', randomBytes(MIB)),
      await createSource(place, 'log.ldf', randomBytes(MIB)),
    ]
    const reports: number[] = []
    await driver.commit('base', sources, { onProgress: (done) => reports.push(done) })
    assert.equal(reports.at(-1), 2 * MIB)
    assert.deepEqual(
      reports,
      [...reports].sort((one, other) => one - other),
    )
  })

  it('stops with the reason of its signal and leaves nothing', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const source = await createSource(place, 'data.mdf', randomBytes(2 * MIB))
    const controller = new AbortController()
    const reason = new Error('enough')
    const committing = driver.commit('base', [source], {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    })
    await assert.rejects(committing, reason)
    await assertNothingLeft(driver)
  })

  it('refuses a source that changes meanwhile', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const source = await createSource(place, 'data.mdf', randomBytes(2 * MIB))
    const changes: Promise<void>[] = []
    const committing = driver.commit('base', [source], {
      onProgress: () => changes.push(appendFile(source.path, 'more')),
    })
    await assert.rejects(committing, { code: 'FILE_CHANGED' })
    await Promise.all(changes)
    await assertNothingLeft(driver)
  })

  it('refuses a source that is missing or no file', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const missing = { name: 'data.mdf', path: path.join(place.sources, 'missing.mdf') }
    await assert.rejects(driver.commit('base', [missing]), { code: 'FILE_NOT_FOUND' })
    const folder = { name: 'data.mdf', path: place.sources }
    await assert.rejects(driver.commit('base', [folder]), { code: 'FILE_NOT_FOUND' })
    await assertNothingLeft(driver)
  })

  it('refuses names that would leave its folder or clash', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const source = await createSource(place, 'data.mdf', randomBytes(1000))
    for (const name of ['../data.mdf', 'a/b', '', '.slipway.json']) {
      await assert.rejects(driver.commit('base', [{ ...source, name }]), {
        code: 'INVALID_ARGUMENT',
      })
    }
    await assert.rejects(driver.commit('base', [source, source]), { code: 'INVALID_ARGUMENT' })
    await assert.rejects(driver.commit('base', []), { code: 'INVALID_ARGUMENT' })
    await assert.rejects(driver.commit('../base', [source]), { code: 'INVALID_ARGUMENT' })
  })

  it('gives a key to one of several who want it at once', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const source = await createSource(place, 'data.mdf', randomBytes(100_000))
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => driver.commit('base', [source])),
    )
    const failures = tries.filter((each) => each.status === 'rejected')
    assert.equal(failures.length, 4)
    for (const failure of failures) assert.equal(failure.reason.code, 'STORE_KEY_EXISTS')
    await assert.rejects(driver.commit('base', [source]), { code: 'STORE_KEY_EXISTS' })
    assert.deepEqual(await driver.list(), [{ kind: 'base', key: 'base' }])
  })
}

function describeCommitWritten({ createPlace }: StoreSuiteOptions): void {
  it('makes a base of what is written into its folder, read-only', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const content = randomBytes(100_000)
    const files = await driver.commitWritten('base', ['b.mdf', 'a.ldf'], async (folder) => {
      for (const name of ['a.ldf', 'b.mdf']) await writeFile(path.join(folder, name), content)
      assert.deepEqual(await driver.list(), [])
    })
    assert.deepEqual(
      files.map(({ name }) => name),
      ['b.mdf', 'a.ldf'],
    )
    for (const file of files) {
      assert.deepEqual(await readFile(file.path), content)
      assert.equal((await stat(file.path)).mode & 0o777, 0o444)
    }
    const [clone] = await driver.prepare('clone', 'base')
    await writeAt(clone?.path ?? '', 0, Buffer.from('x'))
    await assert.rejects(
      driver.commitWritten('base', ['a.mdf'], async () => {}),
      { code: 'STORE_KEY_EXISTS' },
    )
  })

  it('leaves nothing of what fails', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const enough = new Error('enough')
    const failing = driver.commitWritten('base', ['a.mdf'], async (folder) => {
      await writeFile(path.join(folder, 'a.mdf'), randomBytes(100_000))
      throw enough
    })
    await assert.rejects(failing, enough)
    await assertNothingLeft(driver)
    const incomplete = driver.commitWritten('base', ['a.mdf', 'b.ldf'], async (folder) => {
      await writeFile(path.join(folder, 'a.mdf'), 'alone')
    })
    await assert.rejects(incomplete, { code: 'ENOENT' })
    await assertNothingLeft(driver)
    await assert.rejects(
      driver.commitWritten('base', ['../a.mdf'], async () => {}),
      { code: 'INVALID_ARGUMENT' },
    )
  })
}

function describePrepare({ createPlace }: StoreSuiteOptions): void {
  it('makes a writable clone that is independent of its base and of other clones', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const content = randomBytes(MIB)
    const [base] = await driver.commit('base', [await createSource(place, 'data.mdf', content)])
    const [one] = await driver.prepare('one', 'base')
    const [other] = await driver.prepare('other', 'base')
    await writeAt(one?.path ?? '', 8192, Buffer.alloc(8192, 9))
    assert.deepEqual(await readFile(base?.path ?? ''), content)
    assert.deepEqual(await readFile(other?.path ?? ''), content)
    assert.deepEqual(await readAt(one?.path ?? '', 8192, 8192), Buffer.alloc(8192, 9))
    assert.equal((await stat(one?.path ?? '')).mode & 0o777, 0o600)
  })

  it('makes fifty clones at once', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const content = randomBytes(200_000)
    await driver.commit('base', [await createSource(place, 'data.mdf', content)])
    const keys = Array.from({ length: 50 }, (_, index) => `clone-${index}`)
    const clones = await Promise.all(keys.map((key) => driver.prepare(key, 'base')))
    for (const [file] of clones) assert.deepEqual(await readFile(file?.path ?? ''), content)
    assert.equal((await driver.list()).filter((entry) => entry.base === 'base').length, 50)
  })

  it('refuses a base that is not there, a clone as a base, and a key in use', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    await assert.rejects(driver.prepare('clone', 'missing'), { code: 'STORE_KEY_NOT_FOUND' })
    await driver.commit('base', [await createSource(place, 'data.mdf', randomBytes(1000))])
    await driver.prepare('clone', 'base')
    await assert.rejects(driver.prepare('second', 'clone'), { code: 'STORE_KEY_NOT_FOUND' })
    await assert.rejects(driver.prepare('clone', 'base'), { code: 'STORE_KEY_EXISTS' })
    await assert.rejects(driver.prepare('base', 'base'), { code: 'STORE_KEY_EXISTS' })
    await assert.rejects(driver.files('missing'), { code: 'STORE_KEY_NOT_FOUND' })
    await assert.rejects(driver.usage('missing'), { code: 'STORE_KEY_NOT_FOUND' })
  })
}

function describeRemove({ createPlace }: StoreSuiteOptions): void {
  it('refuses a base with clones, and removes it after them', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    await driver.commit('base', [await createSource(place, 'data.mdf', randomBytes(1000))])
    const [clone] = await driver.prepare('clone', 'base')
    await assert.rejects(driver.remove('base'), { code: 'STORE_BASE_IN_USE' })
    assert.deepEqual(await driver.list(), [
      { kind: 'base', key: 'base' },
      { kind: 'clone', key: 'clone', base: 'base' },
    ])
    await driver.remove('clone')
    await assert.rejects(stat(clone?.path ?? ''), { code: 'ENOENT' })
    await driver.remove('base')
    await assertNothingLeft(driver)
  })

  it('does nothing for a key that is not there', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    await driver.remove('missing')
    await assertNothingLeft(driver)
  })

  it('takes what an engine put beside its files', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    await driver.commit('base', [await createSource(place, 'data.mdf', randomBytes(1000))])
    const [clone] = await driver.prepare('clone', 'base')
    const beside = path.join(path.dirname(clone?.path ?? ''), 'xtp')
    await mkdir(beside)
    await writeFile(path.join(beside, 'checkpoint'), 'x')
    await driver.remove('clone')
    await assert.rejects(stat(beside), { code: 'ENOENT' })
  })
}

function describeUsage({ createPlace }: StoreSuiteOptions): void {
  it('counts what a clone owns', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    const source = await createSource(place, 'data.mdf', randomBytes(16 * MIB))
    await driver.commit('base', [source])
    const [clone] = await driver.prepare('clone', 'base')
    const fresh = await driver.usage('clone')
    assert.equal(fresh.apparentBytes, 16 * MIB)
    const shares = driver.capabilities.copyOnWrite
    if (shares) assert.ok(fresh.exclusiveBytes < MIB, `a fresh clone owns ${fresh.exclusiveBytes}`)
    else assert.ok(fresh.exclusiveBytes >= 16 * MIB)
    await writeAt(clone?.path ?? '', 0, randomBytes(4 * MIB))
    const changed = await driver.usage('clone')
    const grown = changed.exclusiveBytes - fresh.exclusiveBytes
    if (shares) assert.ok(grown >= 4 * MIB && grown < 5 * MIB, `it grew by ${grown}`)
    else assert.ok(grown < MIB, `it grew by ${grown}`)
  })

  it('gives a base back its blocks when its last clone goes', async () => {
    await using place = await createPlace()
    const driver = await place.open()
    await driver.commit('base', [await createSource(place, 'data.mdf', randomBytes(4 * MIB))])
    await driver.prepare('clone', 'base')
    if (driver.capabilities.copyOnWrite) {
      assert.ok((await driver.usage('base')).exclusiveBytes < MIB)
    }
    await driver.remove('clone')
    assert.ok((await driver.usage('base')).exclusiveBytes >= 4 * MIB)
  })
}

function describeCrash({ name, createPlace }: StoreSuiteOptions): void {
  it('keeps what was complete', async () => {
    await using place = await createPlace()
    const first = await place.open()
    const content = randomBytes(100_000)
    await first.commit('base', [await createSource(place, 'data.mdf', content)])
    await first.prepare('clone', 'base')
    await first.close()
    await first.close()
    const second = await place.open()
    assert.deepEqual(await second.list(), [
      { kind: 'base', key: 'base' },
      { kind: 'clone', key: 'clone', base: 'base' },
    ])
    const [clone] = await second.files('clone')
    assert.deepEqual(await readFile(clone?.path ?? ''), content)
    await second.close()
  })

  it('in the middle of a commit leaves nothing after the next open', async () => {
    await using place = await createPlace()
    const source = await createSource(place, 'data.mdf', randomBytes(2 * MIB))
    await killDuringCommit(place.root, name, source.path)
    const driver = await place.open()
    await assertNothingLeft(driver)
    await driver.commit('base', [source])
    await driver.close()
  })

  it('in the middle of a removal leaves nothing after the next open', async () => {
    await using place = await createPlace()
    const first = await place.open()
    const rubbish = path.join(first.root, 'tmp', 'entry-abc123', 'clone')
    await mkdir(rubbish, { recursive: true })
    await writeFile(path.join(rubbish, 'data.mdf'), 'x', { mode: 0o444 })
    await first.close()
    const second = await place.open()
    await assertNothingLeft(second)
    await second.close()
  })
}

function describeFullDisk({ createSmallPlace }: StoreSuiteOptions): void {
  it('refuses a source that does not fit, at once', async () => {
    await using place = await createSmallPlace()
    const driver = await place.open()
    const { freeBytes } = await driver.space()
    const source = await createSource(place, 'data.mdf', randomBytes(freeBytes + MIB))
    let reported = false
    const committing = driver.commit('base', [source], { onProgress: () => (reported = true) })
    await assert.rejects(committing, { code: 'STORE_FULL' })
    assert.equal(reported, false)
    await assertNothingLeft(driver)
  })

  it('fails with STORE_FULL when what is written does not fit', async () => {
    await using place = await createSmallPlace()
    const driver = await place.open()
    const { freeBytes } = await driver.space()
    const writing = driver.commitWritten('base', ['a.mdf'], (folder) =>
      writeFile(path.join(folder, 'a.mdf'), randomBytes(Math.floor(1.5 * freeBytes))),
    )
    await assert.rejects(writing, { code: 'STORE_FULL' })
    await assertNothingLeft(driver)
  })

  it('fails with STORE_FULL when the space runs out, and gives it back', async () => {
    await using place = await createSmallPlace()
    const driver = await place.open()
    const { freeBytes } = await driver.space()
    const source = await createSource(place, 'data.mdf', randomBytes(Math.floor(freeBytes * 0.6)))
    // Each of them alone would fit, so both begin.
    const tries = await Promise.allSettled(
      ['one', 'other'].map((key) => driver.commit(key, [source])),
    )
    const failure = tries.find((each) => each.status === 'rejected')
    assert.equal(failure?.reason.code, 'STORE_FULL')
    assert.deepEqual(await readdir(path.join(driver.root, 'tmp')), [])
    for (const { key } of await driver.list()) await driver.remove(key)
    await assertNothingLeft(driver)
    await driver.commit('again', [source])
  })
}

async function createSource(
  place: StorePlace,
  name: string,
  content: Buffer,
): Promise<{ name: string; path: string }> {
  const file = path.join(place.sources, name)
  await writeFile(file, content)
  return { name, path: file }
}

/** Runs a commit in a process of its own and ends it with SIGKILL after the first bytes. */
async function killDuringCommit(root: string, driver: string, source: string): Promise<void> {
  const child = spawn(process.execPath, [HELD_COMMIT, root, driver, source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await ended
}

async function assertNothingLeft(driver: StoreDriver): Promise<void> {
  assert.deepEqual(await driver.list(), [])
  for (const folder of ['bases', 'clones', 'tmp']) {
    assert.deepEqual(await readdir(path.join(driver.root, folder)), [], folder)
  }
}

async function writeAt(file: string, position: number, content: Buffer): Promise<void> {
  await using handle = await open(file, 'r+')
  await handle.write(content, 0, content.length, position)
}

async function readAt(file: string, position: number, length: number): Promise<Buffer> {
  await using handle = await open(file, 'r')
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer
}
