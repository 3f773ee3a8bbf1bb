import { type FileHandle, open } from 'node:fs/promises'
import { dataSegments } from '../platform/index.ts'

const CHUNK_BYTES = 256 * 1024
const ZEROS = Buffer.alloc(CHUNK_BYTES)

export interface CopyFileOptions {
  readonly signal?: AbortSignal | undefined
  /** Position in the file, holes included, so that it ends at the file's size. */
  readonly onProgress?: ((position: number) => void) | undefined
}

/**
 * Copies a file to a new one that takes no more disk than its data: holes, and long stretches of
 * zeros, become holes. The new file is not flushed.
 *
 * @throws the signal's reason when it is aborted; the caller removes the part that was written
 */
export async function copyFileSparse(
  source: string,
  target: string,
  options: CopyFileOptions = {},
): Promise<void> {
  await using from = await open(source, 'r')
  await using to = await open(target, 'wx', 0o600)
  const { size } = await from.stat()
  await to.truncate(size)
  for await (const segment of dataSegments(from.fd, size)) {
    for (let position = segment.start; position < segment.end; ) {
      options.signal?.throwIfAborted()
      const length = Math.min(CHUNK_BYTES, segment.end - position)
      const copied = await copyChunk(from, to, { position, length })
      if (copied === 0) return // it shrank; the caller compares its size before and after
      position += copied
      options.onProgress?.(position)
    }
  }
  options.onProgress?.(size)
}

async function copyChunk(
  from: FileHandle,
  to: FileHandle,
  range: { readonly position: number; readonly length: number },
): Promise<number> {
  const buffer = Buffer.allocUnsafe(range.length)
  const { bytesRead } = await from.read(buffer, 0, range.length, range.position)
  const data = buffer.subarray(0, bytesRead)
  if (data.equals(ZEROS.subarray(0, bytesRead))) return bytesRead
  for (let written = 0; written < bytesRead; ) {
    const rest = await to.write(data, written, bytesRead - written, range.position + written)
    written += rest.bytesWritten
  }
  return bytesRead
}
