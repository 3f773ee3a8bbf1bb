import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdir, readdir, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import { detachLoopDevice, findLoopDevices, findMount, unmount } from '../../src/platform/index.ts'
import { type OpenedStore, openStore, type StoreDriverChoice } from '../../src/store/index.ts'
import { createQuietLogger } from '../support/quiet-logger.ts'
import { createScratchFolder } from '../support/scratch-folder.ts'
import { mountScratch, skipWithoutMounts } from '../support/scratch-mount.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3
const LIMIT = GIB
const NOBODY = 65_534
const SKIP = skipWithoutMounts('mkfs.xfs', 'mkfs.ext4')

interface Place extends AsyncDisposable {
  readonly root: string
  readonly image: string
  readonly mountPoint: string
  readonly source: { readonly name: string; readonly path: string }
  readonly logLines: readonly string[]
  open(options?: { driver?: StoreDriverChoice; limitBytes?: number }): Promise<OpenedStore>
}

describe('openStore', () => {
  it('copies, and says what that costs, when told to', async () => {
    await using scratch = await createScratchFolder()
    const { logger } = createQuietLogger()
    const root = path.join(scratch.path, 'store')
    const { driver, reason } = await openStore({ root, driver: 'copy', limitBytes: LIMIT, logger })
    assert.equal(driver.capabilities.name, 'copy')
    assert.match(reason, /every clone takes as long as copying its database/)
    await driver.close()
  })

  it('does not make an image file for an ordinary user', { skip: SKIP }, async () => {
    await using scratch = await mountScratch({ type: 'ext4', sizeBytes: 64 * MIB })
    await chmod(path.dirname(scratch.path), 0o755)
    await chown(scratch.path, NOBODY, NOBODY)
    const reason = openAsNobody(path.join(scratch.path, 'store'))
    assert.match(reason, /^copy: .*; not reflink: the ext4 file system/)
    assert.match(reason, /; not an XFS image file: mounting one needs root/)
  })

  it('refuses to hide data in an image it cannot mount', { skip: SKIP }, async () => {
    await using scratch = await createScratchFolder()
    await chown(scratch.path, NOBODY, NOBODY)
    await writeFile(path.join(scratch.path, 'image.xfs'), '')
    const error = openAsNobody(scratch.path)
    assert.match(
      error,
      /whose data is in .*image\.xfs: not an XFS image file: mounting one needs root/,
    )
  })
})

describe('openStore on a file system that shares blocks', { skip: SKIP }, () => {
  it('uses it as it is', async () => {
    await using holder = await mountScratch({ type: 'xfs', sizeBytes: 320 * MIB })
    const { logger } = createQuietLogger()
    const root = path.join(holder.path, 'store')
    const { driver, reason } = await openStore({ root, driver: 'auto', limitBytes: LIMIT, logger })
    assert.equal(driver.root, root)
    assert.equal(driver.capabilities.name, 'reflink')
    assert.match(reason, /share blocks with their base on the xfs file system/)
    assert.deepEqual((await readdir(root)).sort(), ['bases', 'clones', 'tmp'])
    await driver.close()
  })
})

describe('openStore on a file system that cannot share blocks', { skip: SKIP }, () => {
  it('makes and mounts an XFS image file of its own, and unmounts it at close', async () => {
    await using place = await createPlace()
    const { driver, reason } = await place.open()
    assert.equal(driver.capabilities.name, 'reflink')
    assert.match(reason, /image\.xfs, which takes up disk as it fills, up to 1\.0 GiB/)
    assert.match(reason, /not reflink: the ext4 file system of .* cannot share blocks/)
    const { size, blocks } = await stat(place.image)
    assert.equal(size, LIMIT)
    assert.ok(blocks * 512 < 100 * MIB, `the empty image takes ${blocks * 512} bytes`)
    await driver.close()
    await assertReleased(place)
  })

  it('mounts it again at the next start, with everything in it', async () => {
    await using place = await createPlace()
    await fillAndClose(place)
    const { driver } = await place.open()
    assert.deepEqual(await driver.list(), [
      { kind: 'base', key: 'base' },
      { kind: 'clone', key: 'clone', base: 'base' },
    ])
    assert.ok((await driver.usage('clone')).exclusiveBytes < MIB)
    await driver.close()
  })

  it('takes over the mount of a killed predecessor', async () => {
    await using place = await createPlace()
    const first = await place.open()
    await first.driver.commit('base', [place.source])
    const second = await place.open() // the first was never closed
    assert.deepEqual(await second.driver.list(), [{ kind: 'base', key: 'base' }])
    assert.equal((await findLoopDevices(place.image)).length, 1)
    await second.driver.close()
    await assertReleased(place)
  })

  it('starts over after a crash while the image was made', async () => {
    await using place = await createPlace()
    await mkdir(place.root)
    await writeFile(`${place.image}.tmp`, 'half')
    const { driver } = await place.open()
    await assert.rejects(stat(`${place.image}.tmp`), { code: 'ENOENT' })
    await driver.close()
  })

  it('detaches the device of a start that did not come to mounting', async () => {
    await using place = await createPlace()
    await fillAndClose(place)
    execFileSync('losetup', ['--find', place.image])
    assert.equal((await findLoopDevices(place.image)).length, 1)
    const { driver } = await place.open()
    assert.equal((await findLoopDevices(place.image)).length, 1)
    await driver.close()
    await assertReleased(place)
  })

  it('grows with the limit, mounted or not, and after a crash in between', async () => {
    await using place = await createPlace()
    await fillAndClose(place)
    await truncate(place.image, LIMIT + 64 * MIB) // as if the crash came before the file system grew
    const first = await place.open()
    const before = (await first.driver.space()).totalBytes
    assert.ok(before > LIMIT - 100 * MIB + 64 * MIB, `it has ${before} bytes`)
    const second = await place.open({ limitBytes: 2 * LIMIT }) // still mounted
    assert.ok((await second.driver.space()).totalBytes >= before + LIMIT - 128 * MIB)
    assert.equal((await second.driver.list()).length, 2)
    await second.driver.close()
  })

  it('never promises more than the disk can hold', async () => {
    await using place = await createPlace({ diskBytes: 2 * GIB })
    const { driver } = await place.open({ limitBytes: 1024 * GIB })
    const { freeBytes, totalBytes } = await driver.space()
    assert.ok(totalBytes < GIB && freeBytes < GIB, `${freeBytes} of ${totalBytes} bytes free`)
    await driver.close()
  })

  it('copies where the disk has no room for an image', async () => {
    await using place = await createPlace({ diskBytes: 128 * MIB })
    const { driver, reason } = await place.open()
    assert.equal(driver.capabilities.name, 'copy')
    assert.match(reason, /not an XFS image file: it needs 320 MiB, and there is room for less/)
    await driver.close()
  })

  it('leaves the mount to whoever still uses it, with a warning', async () => {
    await using place = await createPlace()
    const { driver } = await place.open()
    const previous = process.cwd()
    process.chdir(driver.root)
    await driver.close().finally(() => process.chdir(previous))
    assert.ok(place.logLines.some((line) => line.startsWith('warn the store stays mounted')))
    const again = await place.open()
    await again.driver.close()
    await assertReleased(place)
  })

  it('does not touch what somebody else mounted in its place', async () => {
    await using place = await createPlace()
    await mkdir(place.mountPoint, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place.mountPoint])
    const { driver, reason } = await place.open()
    assert.equal(driver.capabilities.name, 'copy')
    assert.match(reason, /not an XFS image file: tmpfs is mounted on/)
    await driver.close()
  })

  it('stays where its data is, and says so when it cannot', async () => {
    await using place = await createPlace()
    await fillAndClose(place)
    const data = /open the store, whose data is in .*image\.xfs: not with the driver "copy"/
    await assert.rejects(place.open({ driver: 'copy' }), {
      code: 'STORE_UNSUPPORTED',
      message: data,
    })
  })

  it('keeps copying where copies already are', async () => {
    await using place = await createPlace()
    const first = await place.open({ driver: 'copy' })
    await first.driver.commit('base', [place.source])
    await first.driver.close()
    const { driver } = await place.open()
    assert.equal(driver.capabilities.name, 'copy')
    assert.deepEqual(await driver.list(), [{ kind: 'base', key: 'base' }])
    await driver.close()
    const reason = /whose data is in .*store: not reflink: the ext4 file system/
    await assert.rejects(place.open({ driver: 'reflink' }), { message: reason })
  })
})

/** An ext4 file system with the folder of a store; whatever the test mounted in it is unmounted. */
async function createPlace(options: { diskBytes?: number } = {}): Promise<Place> {
  await using stack = new AsyncDisposableStack()
  const sources = stack.use(await createScratchFolder())
  const sizeBytes = options.diskBytes ?? 8 * GIB
  const disk = stack.use(await mountScratch({ type: 'ext4', sizeBytes }))
  const root = path.join(disk.path, 'store')
  const mountPoint = path.join(root, 'mnt')
  stack.defer(async () => {
    while ((await findMount(mountPoint)) !== undefined) await unmount(mountPoint)
    for (const device of await findLoopDevices(path.join(root, 'image.xfs'))) {
      await detachLoopDevice(device)
    }
  })
  const source = { name: 'data.mdf', path: path.join(sources.path, 'data.mdf') }
  await writeFile(source.path, Buffer.alloc(2 * MIB, 5))
  const { logger, lines } = createQuietLogger()
  const undo = stack.move()
  return {
    root,
    image: path.join(root, 'image.xfs'),
    mountPoint,
    source,
    logLines: lines,
    open: ({ driver = 'auto', limitBytes = LIMIT } = {}) =>
      openStore({ root, driver, limitBytes, logger }),
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  }
}

function openAsNobody(root: string): string {
  const script = path.resolve(import.meta.dirname, '../support/open-store-as.ts')
  return execFileSync(process.execPath, [script, root, String(NOBODY)], { encoding: 'utf8' })
}

async function fillAndClose(place: Place): Promise<void> {
  const { driver } = await place.open()
  await driver.commit('base', [place.source])
  await driver.prepare('clone', 'base')
  await driver.close()
}

async function assertReleased(place: Place): Promise<void> {
  assert.equal(await findMount(place.mountPoint), undefined)
  assert.deepEqual(await findLoopDevices(place.image), [])
}
