import assert from 'node:assert/strict'
import { open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, it } from 'node:test'
import {
  dataSegments,
  findFileSystem,
  readBootId,
  readCommandLine,
  readExclusiveBytes,
  readProcess,
  readProcessEnvironment,
  readResidentBytes,
  runTool,
} from '../../../src/platform/index.ts'
import { parseMounts } from '../../../src/platform/linux/mounts.ts'
import { parseProcessStat } from '../../../src/platform/linux/process-table.ts'
import { createScratchFolder } from '../../support/scratch-folder.ts'

const MIB = 1024 ** 2
const skip = process.platform === 'linux' ? false : 'these are bindings of Linux'

describe('parseMounts', () => {
  it('reads the mount point, type, source and options, with and without optional fields', () => {
    const text =
      '36 35 98:0 /mnt1 /mnt/my\\040data rw,noatime master:1 shared:2 - xfs /dev/loop0 rw,noquota\n' +
      '42 35 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n'
    assert.deepEqual(parseMounts(text), [
      {
        mountPoint: '/mnt/my data',
        fileSystem: 'xfs',
        source: '/dev/loop0',
        options: ['rw', 'noquota'],
      },
      {
        mountPoint: '/sys/fs/cgroup/memory',
        fileSystem: 'cgroup',
        source: 'cgroup',
        options: ['rw', 'memory'],
      },
    ])
  })
})

describe('parseProcessStat', () => {
  it('finds the fields behind a command name with blanks and parentheses', () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index + 4).join(' ')
    assert.deepEqual(parseProcessStat(`77 (my) (pro gram) S ${numbers}\n`), {
      pid: 77,
      alive: true,
      sessionId: 6,
      startTicks: 22,
      cpuMs: (14 + 15 + 16 + 17) * 10,
    })
  })

  it('counts a zombie as ended', () => {
    assert.equal(parseProcessStat(`5 (sh) Z ${'0 '.repeat(50)}`).alive, false)
  })
})

describe('the process table', { skip }, () => {
  it('shows this process', async () => {
    const own = await readProcess(process.pid)
    assert.equal(own?.pid, process.pid)
    assert.equal(own.alive, true)
    assert.ok(own.startTicks > 0)
    assert.ok((await readCommandLine(process.pid))?.startsWith(process.argv0))
    assert.ok((await readProcessEnvironment(process.pid))?.includes(`PATH=${process.env['PATH']}`))
    const resident = await readResidentBytes(process.pid)
    assert.ok(Math.abs(resident - process.memoryUsage.rss()) < 32 * MIB, `${resident} bytes`)
    assert.match(await readBootId(), /^[0-9a-f-]{36}$/)
  })

  it('shows nothing for a pid nobody has', async () => {
    const free = 2 ** 22 + 1 // above the kernel's largest pid
    assert.equal(await readProcess(free), undefined)
    assert.equal(await readCommandLine(free), undefined)
    assert.equal(await readResidentBytes(free), 0)
  })
})

describe('dataSegments', { skip }, () => {
  it('yields what was written and leaves the holes out', async () => {
    await using scratch = await createScratchFolder()
    await using file = await open(path.join(scratch.path, 'sparse'), 'w+')
    await file.truncate(100 * MIB)
    await file.write(Buffer.alloc(MIB, 1), 0, MIB, 10 * MIB)
    await file.write(Buffer.alloc(MIB, 1), 0, MIB, 99 * MIB)
    const segments = await Array.fromAsync(dataSegments(file.fd, 100 * MIB))
    assert.deepEqual(segments, [
      { start: 10 * MIB, end: 11 * MIB },
      { start: 99 * MIB, end: 100 * MIB },
    ])
  })

  it('yields nothing for a file that is empty or one hole', async () => {
    await using scratch = await createScratchFolder()
    await using file = await open(path.join(scratch.path, 'sparse'), 'w+')
    assert.deepEqual(await Array.fromAsync(dataSegments(file.fd, 0)), [])
    await file.truncate(MIB)
    assert.deepEqual(await Array.fromAsync(dataSegments(file.fd, MIB)), [])
  })
})

describe('readExclusiveBytes', { skip }, () => {
  it('counts the blocks of a file, more than one request of the kernel holds', async (context) => {
    await using scratch = await createScratchFolder()
    const fileSystem = await findFileSystem(scratch.path)
    if (!['ext4', 'xfs', 'btrfs'].includes(fileSystem)) {
      return context.skip(`${fileSystem} has no extent map`)
    }
    await using file = await open(path.join(scratch.path, 'fragments'), 'w+')
    const pieces = 1500
    for (let piece = 0; piece < pieces; piece += 1) {
      await file.write(Buffer.alloc(4096, 1), 0, 4096, piece * 128 * 1024)
    }
    assert.equal(await readExclusiveBytes(file), pieces * 4096)
  })
})

describe('runTool', { skip }, () => {
  it('answers what the tool printed', async () => {
    assert.match(await runTool('stat', ['-f', '/proc']), /proc/)
  })

  it('fails with the words of the tool, or with its name where it is not installed', async () => {
    await using scratch = await createScratchFolder()
    const file = path.join(scratch.path, 'image')
    await writeFile(file, '')
    await assert.rejects(runTool('stat', [`${file}-missing`]), { message: /stat: .*No such file/ })
    await assert.rejects(runTool('no-such-tool', []), {
      code: 'STORE_UNSUPPORTED',
      message: /the program no-such-tool is not installed/,
    })
  })
})
