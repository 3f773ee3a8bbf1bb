import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { PlatformError, syncFolder, systemErrorCode } from '../../base/index.ts'

const NO_SPACE = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** A file being restored, under a temporary name until `publish`. What is not written is a hole. */
export class TargetFile {
  readonly path: string
  readonly sizeBytes: number
  readonly #temporary: string
  #handle: FileHandle | undefined
  #isPublished = false

  private constructor(file: string, sizeBytes: number, handle: FileHandle) {
    this.path = file
    this.sizeBytes = sizeBytes
    this.#temporary = temporaryName(file)
    this.#handle = handle
  }

  /** @throws PlatformError INVALID_ARGUMENT when it exists or can't be made, DISK_FULL */
  static async create(file: string, sizeBytes: number): Promise<TargetFile> {
    if (await exists(file)) {
      throw new PlatformError('INVALID_ARGUMENT', `${file} exists already`, {
        details: { path: file },
      })
    }
    const handle = await open(temporaryName(file), 'w').catch((error: unknown) => {
      const why = systemErrorCode(error) ?? 'error'
      throw new PlatformError('INVALID_ARGUMENT', `${file} cannot be created: ${why}`, {
        cause: error,
        details: { path: file },
      })
    })
    const target = new TargetFile(file, sizeBytes, handle)
    try {
      await target.#guarded(() => handle.truncate(sizeBytes))
    } catch (error) {
      await target.discard()
      throw error
    }
    return target
  }

  /** @throws PlatformError DISK_FULL */
  async write(bytes: Buffer, position: number): Promise<void> {
    await this.#guarded(async (handle) => {
      for (let written = 0; written < bytes.length; ) {
        const at = position + written
        written += (await handle.write(bytes, written, bytes.length - written, at)).bytesWritten
      }
    })
  }

  /** Sees to it that the content is on the disk, and closes the file. */
  async flush(): Promise<void> {
    await this.#guarded((handle) => handle.sync())
    await this.#close()
  }

  /** Gives the flushed file its name. */
  async publish(): Promise<void> {
    await rename(this.#temporary, this.path)
    this.#isPublished = true
    await syncFolder(path.dirname(this.path))
  }

  /** Removes the file under either name. */
  async discard(): Promise<void> {
    await this.#close()
    await rm(this.#isPublished ? this.path : this.#temporary, { force: true })
  }

  async #close(): Promise<void> {
    const handle = this.#handle
    this.#handle = undefined
    await handle?.close()
  }

  async #guarded(action: (handle: FileHandle) => Promise<unknown>): Promise<void> {
    if (this.#handle === undefined) {
      throw new PlatformError('INTERNAL', `${this.path} was written after it was closed`)
    }
    try {
      await action(this.#handle)
    } catch (error) {
      if (!NO_SPACE.includes(systemErrorCode(error) ?? '')) throw error
      throw new PlatformError('DISK_FULL', `no space is left for ${this.path}`, {
        cause: error,
        details: { path: this.path },
      })
    }
  }
}

function temporaryName(file: string): string {
  return `${file}.partial`
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false
    throw new PlatformError('INVALID_ARGUMENT', `${file} cannot be created`, {
      cause: error,
      details: { path: file },
    })
  }
}
