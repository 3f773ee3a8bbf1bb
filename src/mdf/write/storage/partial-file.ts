import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { PlatformError, syncFolder, systemErrorCode } from '../../../base/index.ts'

const NO_SPACE = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** A file under a temporary name until it is complete. */
export class PartialFile {
  readonly path: string
  readonly #partialPath: string
  #descriptor: number | undefined

  /** @throws PlatformError INVALID_ARGUMENT when the file cannot be created */
  constructor(path: string) {
    this.path = path
    this.#partialPath = `${path}.partial`
    try {
      this.#descriptor = openSync(this.#partialPath, 'w+')
    } catch (error) {
      const why = systemErrorCode(error) ?? 'error'
      throw new PlatformError('INVALID_ARGUMENT', `${path} cannot be created: ${why}`, {
        cause: error,
        details: { path },
      })
    }
  }

  /** @throws PlatformError DISK_FULL */
  write(bytes: Buffer, length: number, position: number): void {
    this.#guarded((descriptor) => {
      let written = 0
      while (written < length) {
        written += writeSync(descriptor, bytes, written, length - written, position + written)
      }
    })
  }

  /** Reads what was written: `length` bytes into `bytes[start, …)`. */
  read(bytes: Buffer, start: number, length: number, position: number): void {
    this.#guarded((descriptor) => {
      let done = 0
      while (done < length) {
        const count = readSync(descriptor, bytes, start + done, length - done, position + done)
        if (count === 0) throw new PlatformError('INTERNAL', `${this.path} ends too early`)
        done += count
      }
    })
  }

  /** Gives the file its size and sees to it that its content is on the disk. */
  flush(sizeBytes: number): void {
    this.#guarded((descriptor) => {
      ftruncateSync(descriptor, sizeBytes)
      fsyncSync(descriptor)
    })
  }

  /** Gives the file its name. */
  async publish(): Promise<void> {
    this.#close()
    renameSync(this.#partialPath, this.path)
    await syncFolder(dirname(this.path))
  }

  /** Removes the file, unless it has its name. */
  abandon(): void {
    this.#close()
    rmSync(this.#partialPath, { force: true })
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #guarded(action: (descriptor: number) => void): void {
    if (this.#descriptor === undefined) {
      throw new PlatformError('INTERNAL', `${this.path} was written after it was closed`)
    }
    try {
      action(this.#descriptor)
    } catch (error) {
      if (!NO_SPACE.includes(systemErrorCode(error) ?? '')) throw error
      throw new PlatformError('DISK_FULL', `no space is left for ${this.path}`, {
        cause: error,
        details: { path: this.path },
      })
    }
  }
}
