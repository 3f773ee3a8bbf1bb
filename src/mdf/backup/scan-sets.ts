import type { ByteFile } from './byte-file.ts'
import { type MtfBlock, MtfDamage, type MtfStream, readBlock } from './mtf-block.ts'

// Media header (format reference 9.2): the stream RAID of the block TAPE says how many families (files)
// a striped backup has and which one this is.
const FAMILY_COUNT_OFFSET = 20
const FAMILY_NUMBER_OFFSET = 24
const RAID_SIZE = 26
/** A description is a few kilobytes per file of the database. */
const LARGEST_DESCRIPTION = 64 * 1024 * 1024

/** A stripe's place among its siblings; 1 of 1 in a backup that is not striped. */
export interface MediaFamily {
  readonly count: number
  readonly number: number
}

/** Where the parts of a backup set lie in the file. */
export interface ScannedSet {
  /** The block SSET. */
  readonly start: MtfBlock
  /** The blocks MSDA that hold pages, in the order they were written. */
  readonly data: readonly MtfBlock[]
  /** The blocks MSTL, each with a part of the log. */
  readonly log: readonly MtfBlock[]
  /** The data of the MQCI streams: before the pages, and once more with final values behind the log. */
  readonly descriptions: readonly Buffer[]
  /** Why the set can't be read to its end; undefined when it can. */
  readonly damage: string | undefined
}

export interface ScannedBackup {
  readonly family: MediaFamily
  readonly sets: readonly ScannedSet[]
  /** What stands behind the last set and can't be read; undefined when nothing does. */
  readonly damage: string | undefined
}

interface OpenSet {
  readonly start: MtfBlock
  readonly data: MtfBlock[]
  readonly log: MtfBlock[]
  readonly descriptions: Buffer[]
  isComplete: boolean
}

/**
 * Finds the backup sets of a file without reading their pages. Damage ends the search; the sets before
 * it are whole.
 * @throws MtfDamage when not even the media header can be read
 */
export function scanSets(file: ByteFile): ScannedBackup {
  const media = readBlock(file, 0)
  if (media === undefined) throw new MtfDamage('it has no media header')
  const sets: OpenSet[] = []
  const damage = scanBlocks(file, media.end, sets)
  const scanned = sets.map((set, index) =>
    closeSet(set, index === sets.length - 1 ? damage : undefined),
  )
  const isInSet = sets.at(-1)?.isComplete === false
  return { family: readFamily(file, media), sets: scanned, damage: isInSet ? undefined : damage }
}

function closeSet({ isComplete, ...set }: OpenSet, damage: string | undefined): ScannedSet {
  return {
    ...set,
    damage: isComplete ? undefined : (damage ?? 'the file ends before the set does'),
  }
}

/** Answers why it went no further; undefined at the end of the file. */
function scanBlocks(file: ByteFile, first: number, sets: OpenSet[]): string | undefined {
  try {
    let block = readBlock(file, first)
    while (block !== undefined) {
      if (block.type === 'SSET') {
        sets.push({ start: block, data: [], log: [], descriptions: [], isComplete: false })
      } else {
        takeBlock(file, block, sets.at(-1))
      }
      block = readBlock(file, block.end)
    }
    return undefined
  } catch (error) {
    if (!(error instanceof MtfDamage)) throw error
    return error.message
  }
}

function takeBlock(file: ByteFile, block: MtfBlock, set: OpenSet | undefined): void {
  if (set === undefined) return
  if (block.type === 'MSDA') set.data.push(block)
  if (block.type === 'MSTL') set.log.push(block)
  if (block.type === 'ESET') set.isComplete = true
  const description = block.streams.find(({ id }) => id === 'MQCI')
  if (description !== undefined) set.descriptions.push(readWhole(file, description))
}

function readWhole(file: ByteFile, { dataStart, length }: MtfStream): Buffer {
  if (length > LARGEST_DESCRIPTION) {
    throw new MtfDamage(`the description at ${dataStart} claims ${length} bytes`)
  }
  return file.read(dataStart, length)
}

function readFamily(file: ByteFile, media: MtfBlock): MediaFamily {
  const raid = media.streams.find(({ id }) => id === 'RAID')
  if (raid === undefined || raid.length < RAID_SIZE) return { count: 1, number: 1 }
  const bytes = file.read(raid.dataStart, RAID_SIZE)
  return {
    count: bytes.readUInt16LE(FAMILY_COUNT_OFFSET),
    number: bytes.readUInt16LE(FAMILY_NUMBER_OFFSET),
  }
}
