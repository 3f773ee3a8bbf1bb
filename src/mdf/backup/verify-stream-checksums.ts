import type { Problem } from '../verify/problem.ts'
import type { BackupSet } from './backup-set.ts'
import type { ByteFile } from './byte-file.ts'
import type { MtfBlock, MtfStream } from './mtf-block.ts'
import { nextTurn } from './next-turn.ts'
import { DATA_PREFIX_SIZE } from './page-stream.ts'

// BACKUP … WITH CHECKSUM (format reference 9.7): a stream CSUM of four bytes behind an MQDA or MQTL stream.
const HAS_CHECKSUM = 0x100
const CHECKSUM_SIZE = 4
const SECTOR_SIZE = 512
const CHUNK_BYTES = 1024 * 1024

/** Takes what a check of a backup finds, as it is found. */
export interface ChecksumObserver {
  onProblem(problem: Problem): void
  onProgress?(progress: { readonly doneBytes: number; readonly totalBytes: number }): void
}

/**
 * Compares every checksummed stream of a set with its checksum.
 * @returns how many streams were compared: 0 for a backup without checksums
 */
export async function verifyStreamChecksums(
  set: BackupSet,
  observer: ChecksumObserver,
  signal?: AbortSignal,
): Promise<number> {
  const pairs = [...set.scanned.data, ...set.scanned.log].flatMap(checksummedStreams)
  const totalBytes = pairs.reduce((sum, { data }) => sum + data.length, 0)
  let doneBytes = 0
  for (const { data, checksum } of pairs) {
    const report = (message: string) => observer.onProblem(problemOf(set, message))
    if (checksum === undefined) {
      report(`the stream ${data.id} at byte ${data.dataStart} has lost its checksum`)
      continue
    }
    const actual = await sumOf(set.file, data, (bytes) => {
      doneBytes += bytes
      observer.onProgress?.({ doneBytes, totalBytes })
      return nextTurn(signal)
    })
    const expected = set.file.read(checksum.dataStart, CHECKSUM_SIZE).readUInt32LE()
    if (actual !== expected) {
      report(
        `the stream ${data.id} at byte ${data.dataStart} has the checksum ${hex(actual)} instead of ${hex(expected)}`,
      )
    }
  }
  return pairs.length
}

function checksummedStreams({ streams }: MtfBlock) {
  return streams.flatMap((data, index) => {
    const isData = data.id === 'MQDA' || data.id === 'MQTL'
    if (!isData || (data.mediaAttributes & HAS_CHECKSUM) === 0) return []
    if (data.length <= DATA_PREFIX_SIZE) return []
    const next = streams[index + 1]
    const isChecksum = next?.id === 'CSUM' && next.length >= CHECKSUM_SIZE
    return [{ data, checksum: isChecksum ? next : undefined }]
  })
}

/** The sectors' XORs, folded with a rotation, as in a page's checksum. */
async function sumOf(
  file: ByteFile,
  { dataStart, length }: MtfStream,
  onChunk: (bytes: number) => Promise<void>,
): Promise<number> {
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  let sum = 0
  for (let offset = DATA_PREFIX_SIZE; offset < length; offset += CHUNK_BYTES) {
    const wanted = chunk.subarray(0, Math.min(CHUNK_BYTES, length - offset))
    const bytes = wanted.subarray(0, file.readInto(dataStart + offset, wanted))
    sum = fold(bytes, sum)
    await onChunk(bytes.length)
  }
  return sum >>> 0
}

function fold(bytes: Buffer, before: number): number {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let sum = before
  for (let sector = 0; sector < bytes.length; sector += SECTOR_SIZE) {
    const end = Math.min(sector + SECTOR_SIZE, bytes.length & ~3)
    let folded = 0
    for (let offset = sector; offset < end; offset += 4) folded ^= words.getInt32(offset, true)
    sum = ((sum << 1) | (sum >>> 31)) ^ folded
  }
  return sum
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}

function problemOf(set: BackupSet, message: string): Problem {
  return {
    kind: 'checksum',
    severity: 'error',
    path: set.path,
    fileId: undefined,
    pageNumber: undefined,
    slot: undefined,
    object: undefined,
    message: `backup set ${set.position}: ${message}`,
    consequence: 'the backup changed after it was written; restoring it would give wrong data',
  }
}
