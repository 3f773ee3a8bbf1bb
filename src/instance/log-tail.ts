import { open } from 'node:fs/promises'
import { systemErrorCode } from '../base/index.ts'

const TAIL_BYTES = 4_096
const TAIL_LINES = 20

/** The last lines of a log file; '' when there is none. */
export async function readLogTail(file: string): Promise<string> {
  try {
    await using handle = await open(file, 'r')
    const { size } = await handle.stat()
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES))
    await handle.read(buffer, 0, buffer.length, size - buffer.length)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n')
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return ''
    throw error
  }
}
