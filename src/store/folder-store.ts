import { mkdir, mkdtemp, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { KeyedLock, PlatformError, syncFolder, systemErrorCode } from '../base/index.ts'
import { checkKey, checkNames } from './check-names.ts'
import { discardFolder } from './discard-folder.ts'
import { METADATA_FILE, type Metadata, readMetadata, writeMetadata } from './metadata.ts'
import type {
  StoreCapabilities,
  StoreDriver,
  StoreEntry,
  StoreFile,
  StoreUsage,
  TransferOptions,
} from './store-driver.ts'
import { toStoreError } from './store-error.ts'
import { cloneBaseFile, sealBaseFile, takeSourceFile } from './transfer-file.ts'

/** What differs between the drivers that keep a base or clone as a folder of ordinary files. */
export interface FileCloning {
  readonly capabilities: StoreCapabilities
  /** Makes `target` a copy of `source`, both in the store. Not flushed. */
  readonly cloneFile: (source: string, target: string, options: TransferOptions) => Promise<void>
  /** Bytes on disk that belong to this file alone. */
  readonly readExclusiveBytes: (file: string) => Promise<number>
}

export interface FolderStoreOptions {
  readonly root: string
  readonly cloning: FileCloning
  /** Free bytes of the file system that holds the store's own image file. */
  readonly readHostFreeBytes?: () => Promise<number>
  readonly release?: () => Promise<void>
}

/** Folder of each kind of entry under a store's root. */
export const KIND_FOLDERS = { base: 'bases', clone: 'clones' } as const
const STAGING_FOLDER = 'tmp'

type Kind = StoreEntry['kind']

/**
 * Opens a store in a folder: `bases/KEY/` and `clones/KEY/` hold files and their metadata, `tmp/` what
 * is being made or removed. A rename is the one step in which an entry appears or goes.
 */
export async function openFolderStore(options: FolderStoreOptions): Promise<StoreDriver> {
  await rm(path.join(options.root, STAGING_FOLDER), { recursive: true, force: true })
  for (const folder of [...Object.values(KIND_FOLDERS), STAGING_FOLDER]) {
    await mkdir(path.join(options.root, folder), { recursive: true, mode: 0o700 })
  }
  return new FolderStore(options)
}

interface Found {
  readonly kind: Kind
  readonly key: string
  readonly folder: string
  readonly metadata: Metadata
}

class FolderStore implements StoreDriver {
  readonly root: string
  readonly capabilities: StoreCapabilities
  readonly #options: FolderStoreOptions
  /** By base: a clone being made shares it, its removal is alone. */
  readonly #locks = new KeyedLock()
  readonly #reserved = new Set<string>()
  #closing: Promise<void> | undefined

  constructor(options: FolderStoreOptions) {
    this.root = options.root
    this.capabilities = options.cloning.capabilities
    this.#options = options
  }

  async commit(
    key: string,
    sources: readonly { readonly name: string; readonly path: string }[],
    options: TransferOptions = {},
  ): Promise<readonly StoreFile[]> {
    checkNames(sources.map((source) => source.name))
    const metadata = { files: sources.map((source) => source.name) }
    return await this.#create('base', key, metadata, async (folder) => {
      let finishedBytes = 0
      for (const source of sources) {
        finishedBytes += await takeSourceFile(source.path, path.join(folder, source.name), {
          signal: options.signal,
          onProgress: (position) => options.onProgress?.(finishedBytes + position),
          copyOnWrite: this.capabilities.copyOnWrite,
          readFreeBytes: async () => (await this.space()).freeBytes,
        })
      }
    })
  }

  async commitWritten(
    key: string,
    names: readonly string[],
    write: (folder: string) => Promise<void>,
  ): Promise<readonly StoreFile[]> {
    checkNames(names)
    return await this.#create('base', key, { files: [...names] }, async (folder) => {
      await write(folder)
      for (const name of names) await sealBaseFile(path.join(folder, name))
    })
  }

  async prepare(
    key: string,
    base: string,
    options: TransferOptions = {},
  ): Promise<readonly StoreFile[]> {
    return await this.#locks.withLock(base, 'shared', async () => {
      const files = await this.#filesOfBase(base)
      const metadata = { base, files: files.map((file) => file.name) }
      return await this.#create('clone', key, metadata, async (folder) => {
        for (const file of files) {
          const target = path.join(folder, file.name)
          await cloneBaseFile(file.path, target, {
            ...options,
            cloneFile: this.#options.cloning.cloneFile,
          })
        }
      })
    })
  }

  async files(key: string): Promise<readonly StoreFile[]> {
    const found = await this.#find(key)
    if (found === undefined) throw keyNotFound(key)
    return listFiles(found.folder, found.metadata)
  }

  async usage(key: string): Promise<StoreUsage> {
    const found = await this.#find(key)
    if (found === undefined) throw keyNotFound(key)
    try {
      return await this.#measure(found.folder)
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error
      throw keyNotFound(key) // removed meanwhile
    }
  }

  async #measure(folder: string): Promise<StoreUsage> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    let exclusiveBytes = 0
    let apparentBytes = 0
    // Also what an engine put beside its files: removing the entry gives that back too.
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = path.join(entry.parentPath, entry.name)
      exclusiveBytes += await this.#options.cloning.readExclusiveBytes(file)
      if (entry.name !== METADATA_FILE) apparentBytes += (await stat(file)).size
    }
    return { exclusiveBytes, apparentBytes }
  }

  async list(): Promise<readonly StoreEntry[]> {
    const keys = [
      ...(await readdir(this.#folder('base', ''))),
      ...(await readdir(this.#folder('clone', ''))),
    ]
    const found = await Promise.all(keys.map((key) => this.#find(key)))
    return found.filter((each) => each !== undefined).map(toEntry)
  }

  async remove(key: string): Promise<void> {
    checkKey(key)
    await this.#locks.withLock(key, 'exclusive', async () => {
      const found = await this.#find(key)
      if (found === undefined) return
      if (found.kind === 'base') await this.#requireNoClones(key)
      const rubbish = await this.#createStagingFolder()
      await rename(found.folder, path.join(rubbish, key))
      await syncFolder(path.dirname(found.folder))
      await discardFolder(rubbish)
    })
  }

  async space(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }> {
    const { bavail, blocks, bsize } = await statfs(this.root)
    const hostFreeBytes = (await this.#options.readHostFreeBytes?.()) ?? Number.POSITIVE_INFINITY
    return { freeBytes: Math.min(bavail * bsize, hostFreeBytes), totalBytes: blocks * bsize }
  }

  async close(): Promise<void> {
    this.#closing ??= this.#options.release?.() ?? Promise.resolve()
    await this.#closing
  }

  /** Fills a folder nobody sees, makes it durable, and gives it its name in one step. */
  async #create(
    kind: Kind,
    key: string,
    metadata: Metadata,
    fill: (folder: string) => Promise<void>,
  ): Promise<readonly StoreFile[]> {
    await this.#reserve(key)
    const target = this.#folder(kind, key)
    let staging: string | undefined
    try {
      staging = await this.#createStagingFolder()
      await fill(staging)
      await writeMetadata(staging, metadata)
      await rename(staging, target)
      staging = target
      await syncFolder(path.dirname(target))
    } catch (error) {
      if (staging !== undefined) await discardFolder(staging)
      throw toStoreError(error, `make the ${kind} ${key}`)
    } finally {
      this.#reserved.delete(key)
    }
    return listFiles(target, metadata)
  }

  /** Checks and takes the key in one step; whoever makes the entry releases it. */
  async #reserve(key: string): Promise<void> {
    checkKey(key)
    if (this.#reserved.has(key)) throw keyExists(key)
    this.#reserved.add(key)
    if ((await this.#find(key)) === undefined) return
    this.#reserved.delete(key)
    throw keyExists(key)
  }

  async #filesOfBase(key: string): Promise<readonly StoreFile[]> {
    const found = await this.#find(key)
    if (found?.kind !== 'base') throw keyNotFound(key)
    return listFiles(found.folder, found.metadata)
  }

  async #find(key: string): Promise<Found | undefined> {
    checkKey(key)
    for (const kind of ['base', 'clone'] as const) {
      const folder = this.#folder(kind, key)
      const metadata = await readMetadata(folder)
      if (metadata !== undefined) return { kind, key, folder, metadata }
    }
    return undefined
  }

  async #requireNoClones(base: string): Promise<void> {
    const clones = (await this.list()).filter((entry) => entry.base === base)
    if (clones.length === 0) return
    const keys = clones.map((entry) => entry.key)
    throw new PlatformError('STORE_BASE_IN_USE', `remove the base ${base}: it has clones`, {
      details: { clones: keys },
    })
  }

  #folder(kind: Kind, key: string): string {
    return path.join(this.root, KIND_FOLDERS[kind], key)
  }

  async #createStagingFolder(): Promise<string> {
    return await mkdtemp(path.join(this.root, STAGING_FOLDER, 'entry-'))
  }
}

function toEntry({ kind, key, metadata }: Found): StoreEntry {
  return { kind, key, ...(metadata.base === undefined ? {} : { base: metadata.base }) }
}

function listFiles(folder: string, metadata: Metadata): readonly StoreFile[] {
  return metadata.files.map((name) => ({ name, path: path.join(folder, name) }))
}

function keyNotFound(key: string): PlatformError {
  return new PlatformError('STORE_KEY_NOT_FOUND', `the store has no entry ${key}`)
}

function keyExists(key: string): PlatformError {
  return new PlatformError('STORE_KEY_EXISTS', `the store already has an entry ${key}`)
}
