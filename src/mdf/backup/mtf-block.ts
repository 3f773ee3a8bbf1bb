import { PlatformError } from '../../base/index.ts'
import type { ByteFile } from './byte-file.ts'

// Microsoft Tape Format as SQL Server writes it (format reference 9.1). A block has a header of 52 bytes
// and fields of its own, then streams, each with a header of 22 bytes; the stream SPAD fills it up.
const BLOCK_HEADER_SIZE = 52
const ATTRIBUTES_OFFSET = 4
const STREAMS_OFFSET = 8
const BLOCK_CHECKSUM_OFFSET = 50
const STREAM_HEADER_SIZE = 22
const STREAM_MEDIA_ATTRIBUTES_OFFSET = 6
const STREAM_LENGTH_OFFSET = 8
const STREAM_ENCRYPTION_OFFSET = 16
const STREAM_COMPRESSION_OFFSET = 18
const STREAM_CHECKSUM_OFFSET = 20
/** A block's own fields and strings end before this; no known one is longer than a kilobyte. */
const LONGEST_BLOCK_START = 16 * 1024
const BLOCK_ALIGNMENT = 512
const STREAM_ALIGNMENT = 4
const MOST_STREAMS = 1_000_000
const LAST_STREAM = 'SPAD'
/** A filemark has no streams: the field holds its own length instead. */
const FILEMARK = 'SFMB'

/** A stream of a block: where its data are. */
export interface MtfStream {
  readonly id: string
  readonly mediaAttributes: number
  readonly dataStart: number
  readonly length: number
  readonly isEncrypted: boolean
  readonly isCompressed: boolean
}

/** A block: TAPE, SSET, VOLB, MSCI, MSDA, MSTL, MSLS, SFMB, ESET. */
export interface MtfBlock {
  readonly type: string
  readonly position: number
  readonly attributes: number
  /** The block up to its first stream: header, fields and strings. */
  readonly start: Buffer
  readonly streams: readonly MtfStream[]
  readonly end: number
}

/** Why a block can't be read; the caller knows what is lost by it. */
export class MtfDamage extends Error {}

/**
 * Reads the block at `position`, its headers' checksums verified; undefined at the end of the file and
 * where only zeros are left.
 * @throws MtfDamage
 */
export function readBlock(file: ByteFile, position: number): MtfBlock | undefined {
  if (position >= file.sizeBytes) return undefined
  const header = file.read(position, BLOCK_HEADER_SIZE)
  if (header.every((byte) => byte === 0)) return undefined
  if (header.length < BLOCK_HEADER_SIZE) throw new MtfDamage('the file ends inside a block')
  verifyXor(header, BLOCK_CHECKSUM_OFFSET, `the block at ${position}`)
  const type = header.toString('latin1', 0, 4)
  const length = header.readUInt16LE(STREAMS_OFFSET)
  if (length < BLOCK_HEADER_SIZE || length > LONGEST_BLOCK_START) {
    throw new MtfDamage(`the block at ${position} claims a header of ${length} bytes`)
  }
  const isFilemark = type === FILEMARK
  const start = isFilemark ? header : file.read(position, length)
  const streams = isFilemark ? [] : readStreams(file, position + length)
  const last = streams.at(-1)
  const streamsEnd = last === undefined ? position + length : last.dataStart + last.length
  const end = roundUp(streamsEnd, BLOCK_ALIGNMENT)
  return {
    type,
    position,
    attributes: header.readUInt32LE(ATTRIBUTES_OFFSET),
    start,
    streams,
    end,
  }
}

function readStreams(file: ByteFile, first: number): MtfStream[] {
  const streams: MtfStream[] = []
  for (let position = first; ; ) {
    const stream = readStream(file, position)
    streams.push(stream)
    if (stream.id === LAST_STREAM) return streams
    if (streams.length > MOST_STREAMS) throw new MtfDamage(`the block at ${first} has no end`)
    position = roundUp(stream.dataStart + stream.length, STREAM_ALIGNMENT)
  }
}

function readStream(file: ByteFile, position: number): MtfStream {
  const header = file.read(position, STREAM_HEADER_SIZE)
  if (header.length < STREAM_HEADER_SIZE) throw new MtfDamage('the file ends inside a stream')
  verifyXor(header, STREAM_CHECKSUM_OFFSET, `the stream at ${position}`)
  const dataStart = position + STREAM_HEADER_SIZE
  const length = Number(header.readBigUInt64LE(STREAM_LENGTH_OFFSET))
  const id = header.toString('latin1', 0, 4)
  // The padding of the very last block may be cut off; nothing is in it.
  if (dataStart + length > file.sizeBytes && id !== LAST_STREAM) {
    throw new MtfDamage(
      `the file ends inside the stream ${id} at ${position}: ${file.sizeBytes - dataStart} of ${length} bytes are there`,
    )
  }
  return {
    id,
    mediaAttributes: header.readUInt16LE(STREAM_MEDIA_ATTRIBUTES_OFFSET),
    dataStart,
    length,
    isEncrypted: header.readUInt16LE(STREAM_ENCRYPTION_OFFSET) !== 0,
    isCompressed: header.readUInt16LE(STREAM_COMPRESSION_OFFSET) !== 0,
  }
}

/** Headers carry the XOR of the 16-bit words before their checksum. */
function verifyXor(header: Buffer, checksumOffset: number, what: string): void {
  let sum = 0
  for (let offset = 0; offset < checksumOffset; offset += 2) sum ^= header.readUInt16LE(offset)
  if (sum !== header.readUInt16LE(checksumOffset)) {
    throw new MtfDamage(`the header checksum of ${what} is wrong`)
  }
}

/** A string of a block or record: `u16 size, u16 offset` at `reference`; '' when there is none. */
export function readString(bytes: Buffer, reference: number): string {
  if (reference + 4 > bytes.length) return ''
  const size = bytes.readUInt16LE(reference)
  const offset = bytes.readUInt16LE(reference + 2)
  if (offset + size > bytes.length) return ''
  return bytes.toString('utf16le', offset, offset + size).replace(/\0+$/, '')
}

const MTF_DATE_SIZE = 5

/**
 * A date of five bytes, as ISO 8601 text without a zone (SQL Server writes local time): year 14 bits,
 * month 4, day 5, hour 5, minute 6, second 6, big-endian. Undefined for zeros.
 */
export function readMtfDate(bytes: Buffer, offset: number): string | undefined {
  if (offset + MTF_DATE_SIZE > bytes.length) return undefined
  const bits = bytes.readUIntBE(offset, MTF_DATE_SIZE)
  if (bits === 0) return undefined
  const field = (shift: number, width: number) => Math.floor(bits / 2 ** shift) % 2 ** width
  const two = (value: number) => String(value).padStart(2, '0')
  const year = String(field(26, 14)).padStart(4, '0')
  const day = `${year}-${two(field(22, 4))}-${two(field(17, 5))}`
  return `${day}T${two(field(12, 5))}:${two(field(6, 6))}:${two(field(0, 6))}`
}

function roundUp(position: number, unit: number): number {
  return Math.ceil(position / unit) * unit
}

/** A backup that can't be read on. */
export function damagedBackup(path: string, what: string): PlatformError {
  return new PlatformError('BACKUP_DAMAGED', `${path}: ${what}`, { details: { path } })
}
