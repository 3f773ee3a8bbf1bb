import { constants } from 'node:os'
import { loadLibc } from './libc.ts'

const SEEK_DATA = 3
const SEEK_HOLE = 4

/** A stretch of a file: `start` inclusive, `end` exclusive, in bytes. */
export interface FileSegment {
  readonly start: number
  readonly end: number
}

/**
 * The stretches of an open file that hold data; what lies between them is holes (lseek(2), SEEK_DATA).
 * A file system that does not know its holes reports the whole file. Moves the file's offset.
 */
export async function* dataSegments(fd: number, size: number): AsyncGenerator<FileSegment> {
  const { lseek, errno } = await loadLibc()
  for (let position = 0; position < size; ) {
    const start = Number(lseek(fd, position, SEEK_DATA))
    if (start === -1) {
      // ENXIO: only a hole from here to the end. Anything else: holes are not reported here.
      if (errno() !== constants.errno.ENXIO) yield { start: position, end: size }
      return
    }
    const end = Math.min(Number(lseek(fd, start, SEEK_HOLE)), size)
    yield { start, end }
    position = end
  }
}
