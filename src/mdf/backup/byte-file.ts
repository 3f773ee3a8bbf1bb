import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { PlatformError, systemErrorCode } from '../../base/index.ts'

/** A file read at any place: a backup's blocks lie on no page boundary. */
export class ByteFile {
  readonly path: string
  readonly sizeBytes: number
  #descriptor: number | undefined

  /** @throws PlatformError FILE_NOT_FOUND, NOT_A_BACKUP for what is no regular file */
  constructor(path: string) {
    this.path = path
    let descriptor: number | undefined
    try {
      // Asked before opening: opening a named pipe would wait for its other end.
      if (!statSync(path).isFile()) {
        throw new PlatformError('NOT_A_BACKUP', `${path} is not a regular file`)
      }
      descriptor = openSync(path, 'r')
      this.sizeBytes = fstatSync(descriptor).size
      this.#descriptor = descriptor
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor)
      if (error instanceof PlatformError) throw error
      throw unreadable(path, error)
    }
  }

  /** Up to `length` bytes from `position`; fewer at the end of the file. */
  read(position: number, length: number): Buffer {
    const available = Math.max(0, Math.min(length, this.sizeBytes - position))
    const bytes = Buffer.allocUnsafeSlow(available)
    return bytes.subarray(0, this.readInto(position, bytes))
  }

  /**
   * Fills `into` from `position` and returns how many bytes there were.
   * @throws PlatformError FILE_NOT_FOUND when the file can't be read
   */
  readInto(position: number, into: Buffer): number {
    if (this.#descriptor === undefined) {
      throw new PlatformError('INTERNAL', `${this.path} was read after it was closed`)
    }
    let filled = 0
    while (filled < into.length) {
      const count = this.#readSome(into, filled, position)
      if (count === 0) break
      filled += count
    }
    return filled
  }

  /** Closes the file. A second call does nothing. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #readSome(into: Buffer, filled: number, position: number): number {
    try {
      return readSync(this.#descriptor ?? -1, into, filled, into.length - filled, position + filled)
    } catch (error) {
      throw unreadable(this.path, error)
    }
  }
}

function unreadable(path: string, error: unknown): PlatformError {
  const why = systemErrorCode(error)
  const text =
    why === 'ENOENT' || why === 'ENOTDIR' ? 'does not exist' : `cannot be read: ${why ?? 'error'}`
  return new PlatformError('FILE_NOT_FOUND', `${path} ${text}`, { cause: error, details: { path } })
}
