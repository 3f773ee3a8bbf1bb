import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * The parts of the heap that may be in use: by what a statement works with, and by rows that stay, which
 * leave room for that. From 80 % on V8 gives up when it collects often and finds little.
 */
const FULL_PARTS = { work: 0.75, rows: 0.6 } as const
/** What V8 adds to the limit for young objects: three semi-spaces of 64 MiB. */
const YOUNG_BYTES = 3 * 64 * 1024 * 1024
/** The heap is looked at when so much has been asked for since the last time. */
const LOOK_BYTES = 1024 * 1024
/** A heap that has grown by so much of it since it was cleared may have garbage again. */
const CLEARING_PART = 0.05

/** What objects that stay may take of the heap. */
export const heapLimitBytes = getHeapStatistics().heap_size_limit - YOUNG_BYTES

const asked = { work: 0, rows: 0 }
let usedWhenCleared = 0
let collect: (() => void) | undefined

/**
 * Whether so many more bytes may be too many for the process: everything on the heap counts, whoever
 * has it, but for garbage.
 */
export function isHeapFull(bytes: number, use: keyof typeof FULL_PARTS): boolean {
  asked[use] += bytes
  if (asked[use] < LOOK_BYTES) return false
  asked[use] = 0
  const most = heapLimitBytes * FULL_PARTS[use] - bytes
  const used = usedBytes()
  if (used <= most) return false
  if (used - usedWhenCleared < heapLimitBytes * CLEARING_PART) return true
  clear()
  usedWhenCleared = usedBytes()
  return usedWhenCleared > most
}

function usedBytes(): number {
  return getHeapStatistics().used_heap_size
}

/** V8 would only do this when it is about to give up. */
function clear(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}
