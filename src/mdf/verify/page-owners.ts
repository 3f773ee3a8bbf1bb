import type { AllocationUnit } from '../catalog/storage-rows.ts'
import { EXTENTS_PER_INTERVAL, PAGES_PER_EXTENT } from '../page/allocation.ts'
import type { ProblemObject } from './problem.ts'

/** An allocation unit that pages belong to. */
export interface PageOwner {
  readonly unit: AllocationUnit
  /** undefined when its rowset or object is not in the catalog. */
  readonly object: ProblemObject | undefined
  /** Whether its whole IAM chain could be read: only then a page that it does not claim is not its own. */
  isComplete: boolean
}

/** e.g. `dbo.Orders (PK_Orders)`. */
export function describeOwner({ object, unit }: PageOwner): string {
  if (object === undefined) return `allocation unit ${unit.allocationUnitId}`
  return object.indexName === undefined ? object.name : `${object.name} (${object.indexName})`
}

const NO_OWNER = 0

/**
 * Which allocation unit claims which page: a number an extent, in blocks of 256 KiB made when first
 * needed, and an entry for each single page of a mixed extent (of which a unit has 8 at most, and its
 * IAM pages).
 */
export class PageOwners {
  readonly #owners: PageOwner[] = []
  readonly #extents = new Map<number, Uint32Array>()
  readonly #singles = new Map<number, number>()
  readonly #mixedExtents = new Set<number>()
  readonly #byUnitId = new Map<bigint, PageOwner>()

  add(owner: PageOwner): number {
    this.#owners.push(owner)
    this.#byUnitId.set(owner.unit.allocationUnitId, owner)
    return this.#owners.length
  }

  byUnitId(allocationUnitId: bigint): PageOwner | undefined {
    return this.#byUnitId.get(allocationUnitId)
  }

  /** Claims a uniform extent; returns who has claimed it before, who keeps it. */
  claimExtent(fileId: number, extent: number, owner: number): PageOwner | undefined {
    const block = this.#block(fileId, extent)
    const index = extent % EXTENTS_PER_INTERVAL
    const previous = block[index] ?? NO_OWNER
    if (previous === NO_OWNER) block[index] = owner
    return this.#owners[previous - 1]
  }

  /** Claims a single page, likewise. */
  claimPage(fileId: number, pageNumber: number, owner: number): PageOwner | undefined {
    const key = pageKey(fileId, pageNumber)
    const previous = this.#singles.get(key)
    if (previous !== undefined) return this.#owners[previous - 1]
    this.#singles.set(key, owner)
    this.#mixedExtents.add(pageKey(fileId, Math.floor(pageNumber / PAGES_PER_EXTENT)))
    return undefined
  }

  ownerOf(fileId: number, pageNumber: number): PageOwner | undefined {
    const single = this.#singles.get(pageKey(fileId, pageNumber))
    if (single !== undefined) return this.#owners[single - 1]
    return this.ownerOfExtent(fileId, Math.floor(pageNumber / PAGES_PER_EXTENT))
  }

  ownerOfExtent(fileId: number, extent: number): PageOwner | undefined {
    const block = this.#extents.get(blockKey(fileId, extent))
    return this.#owners[(block?.[extent % EXTENTS_PER_INTERVAL] ?? NO_OWNER) - 1]
  }

  /** Whether single pages of the extent are claimed. */
  isMixedExtent(fileId: number, extent: number): boolean {
    return this.#mixedExtents.has(pageKey(fileId, extent))
  }

  /** Single pages whose extent is claimed as a whole as well, with both owners. */
  *pagesClaimedTwice() {
    for (const [key, single] of this.#singles) {
      const fileId = Math.floor(key / 2 ** 32)
      const pageNumber = key % 2 ** 32
      const whole = this.ownerOfExtent(fileId, Math.floor(pageNumber / PAGES_PER_EXTENT))
      const owner = this.#owners[single - 1]
      if (whole !== undefined && owner !== undefined) yield { fileId, pageNumber, owner, whole }
    }
  }

  #block(fileId: number, extent: number): Uint32Array {
    const key = blockKey(fileId, extent)
    const known = this.#extents.get(key)
    if (known !== undefined) return known
    const block = new Uint32Array(EXTENTS_PER_INTERVAL)
    this.#extents.set(key, block)
    return block
  }
}

function pageKey(fileId: number, number: number): number {
  return fileId * 2 ** 32 + number
}

function blockKey(fileId: number, extent: number): number {
  return fileId * 2 ** 32 + Math.floor(extent / EXTENTS_PER_INTERVAL)
}
