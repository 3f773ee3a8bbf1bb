import { EXTENTS_PER_INTERVAL, PAGES_PER_EXTENT } from '../page/allocation.ts'
import { PAGE_SIZE } from '../page-file.ts'

/**
 * Where the extents of a file are in a backup: four bytes for each extent that is allocated or lies
 * before one that is, so 64 MiB for a terabyte.
 */
export class ExtentMap {
  readonly fileId: number
  sizePages: number
  /** By GAM interval: page ordinal + 1 of each extent's first page, 0 when it is not in the backup. */
  readonly #intervals: Uint32Array[] = []
  #placed = 0

  constructor(fileId: number, sizePages: number) {
    this.fileId = fileId
    this.sizePages = sizePages
  }

  get extentCount(): number {
    return Math.ceil(this.sizePages / PAGES_PER_EXTENT)
  }

  get sizeBytes(): number {
    return this.sizePages * PAGE_SIZE
  }

  /** Bytes of the extents that are in the backup. */
  get savedBytes(): number {
    return this.#placed * PAGES_PER_EXTENT * PAGE_SIZE
  }

  /** Extents that `place` has reached, in whole intervals. */
  get knownExtents(): number {
    return this.#intervals.length * EXTENTS_PER_INTERVAL
  }

  /** Ordinal of the extent's first page among the pages of the set; undefined when it was not saved. */
  ordinalOf(extent: number): number | undefined {
    const interval = this.#intervals[Math.floor(extent / EXTENTS_PER_INTERVAL)]
    const stored = interval?.[extent % EXTENTS_PER_INTERVAL] ?? 0
    return stored === 0 ? undefined : stored - 1
  }

  /** Says where an extent is; a later call for the same extent holds. Intervals come in order. */
  place(extent: number, ordinal: number): void {
    const index = Math.floor(extent / EXTENTS_PER_INTERVAL)
    while (this.#intervals.length <= index) {
      this.#intervals.push(new Uint32Array(EXTENTS_PER_INTERVAL))
    }
    const interval = this.#intervals[index]
    const place = extent % EXTENTS_PER_INTERVAL
    if (interval === undefined) return
    if (interval[place] === 0) this.#placed++
    interval[place] = ordinal + 1
  }
}
