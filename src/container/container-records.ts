import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { systemErrorCode, writeFileAtomic } from '../base/index.ts'
import { readBootId, readProcess } from '../platform/index.ts'
import { CONTAINER_ID } from './isolation/isolation-driver.ts'

/** As a container engine reports an end that nobody saw. */
const UNKNOWN_EXIT_CODE = 255

/** One process for all time: a pid alone is given to others later. */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTicks: number
  readonly bootId: string
  /** When the record was written: when the process started. */
  readonly recordedAt: Date
}

/** The files in a container's folder; native/container-shim.sh writes them. */
export class ContainerRecords {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  folder(id: string): string {
    return path.join(this.#root, id)
  }

  /** Makes the container's folder, without the records of an earlier run. */
  async create(id: string): Promise<void> {
    await mkdir(this.folder(id), { recursive: true, mode: 0o700 })
    for (const name of ['engine', 'shim', 'exit']) {
      await rm(path.join(this.folder(id), name), { force: true })
    }
  }

  readIdentity(id: string, name: 'engine' | 'shim'): Promise<ProcessIdentity | undefined> {
    return readRecord(path.join(this.folder(id), name), parseIdentity)
  }

  readExit(id: string): Promise<{ exitCode: number; finishedAt: Date } | undefined> {
    return readRecord(path.join(this.folder(id), 'exit'), (text, finishedAt) => ({
      exitCode: Number.parseInt(text, 10),
      finishedAt,
    }))
  }

  /** Notes the end of an engine whose shim did not live to do it (a power loss, a killed shim). */
  async noteUnseenExit(id: string): Promise<void> {
    await writeFileAtomic(path.join(this.folder(id), 'exit'), `${UNKNOWN_EXIT_CODE}\n`)
  }

  async remove(id: string): Promise<void> {
    await rm(this.folder(id), { recursive: true, force: true })
  }

  async list(): Promise<readonly string[]> {
    return (await readdir(this.#root)).filter((name) => CONTAINER_ID.test(name))
  }
}

/** Whether that very process runs. */
export async function isRunning(identity: ProcessIdentity | undefined): Promise<boolean> {
  if (identity === undefined || identity.bootId !== (await readBootId())) return false
  const found = await readProcess(identity.pid)
  return found?.alive === true && found.startTicks === identity.startTicks
}

function parseIdentity(text: string, recordedAt: Date): ProcessIdentity {
  const [pid = '', startTicks = '', bootId = ''] = text.trimEnd().split(' ')
  return { pid: Number(pid), startTicks: Number(startTicks), bootId, recordedAt }
}

/** A record without its newline is being written, or the disk was full: as if it were not there. */
async function readRecord<T>(
  file: string,
  parse: (text: string, writtenAt: Date) => T,
): Promise<T | undefined> {
  try {
    const text = await readFile(file, 'utf8')
    return text.endsWith('\n') ? parse(text, (await stat(file)).mtime) : undefined
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
