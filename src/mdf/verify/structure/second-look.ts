import { PlatformError } from '../../../base/index.ts'
import { iamPages } from '../../page/allocation.ts'
import { PAGE_TYPES, type Page } from '../../page/page.ts'
import type { VerifyContext } from '../verify-context.ts'
import { bucketOf, type Hash, hashKey, type MultisetDigest } from './multiset-digest.ts'
import { ROLES, type Role, RowPass } from './row-pass.ts'
import type { RowsetTarget } from './rowset-target.ts'

const LEVEL_OFFSET = 3
/** Elements kept at a time: some 100 MB at worst. */
const MOST_KEPT = 500_000

/** Where an element of a multiset was met. */
export interface ElementPlace {
  readonly page: Page
  readonly slot: number
}

interface Element {
  count: number
  readonly fileId: number
  readonly pageNumber: number
  readonly slot: number
}

/**
 * Finds the elements that two multisets do not share: of their elements, only those in the buckets that
 * differ are kept.
 */
export class SecondLook {
  readonly #buckets: ReadonlySet<number>
  readonly #elements = new Map<number, Element>()

  constructor(left: MultisetDigest, right: MultisetDigest) {
    const differing = left.difference(right)
    const perBucket = Math.max(1, (left.count + right.count) / 1024)
    const most = Math.max(1, Math.floor(MOST_KEPT / perBucket))
    this.#buckets = new Set(differing.slice(0, most))
  }

  addLeft(hash: Hash, fileId: number, pageNumber: number, slot: number): void {
    this.#add(hash, { count: 1, fileId, pageNumber, slot })
  }

  addRight(hash: Hash, fileId: number, pageNumber: number, slot: number): void {
    this.#add(hash, { count: -1, fileId, pageNumber, slot })
  }

  /** Elements that one side has more often: those of the left with a positive count. */
  elements(): Iterable<Readonly<Element>> {
    return this.#elements.values()
  }

  #add(hash: Hash, element: Element): void {
    if (!this.#buckets.has(bucketOf(hash))) return
    const key = hashKey(hash)
    const known = this.#elements.get(key)
    if (known === undefined) {
      if (this.#elements.size < MOST_KEPT) this.#elements.set(key, element)
      return
    }
    known.count += element.count
    if (known.count === 0) this.#elements.delete(key)
    else if (Math.sign(known.count) === Math.sign(element.count)) {
      this.#elements.set(key, { ...element, count: known.count })
    }
  }
}

/** Reads a rowset's rows again, in the order of its pages; what cannot be read is left out. */
export function readRowsAgain(
  context: VerifyContext,
  target: RowsetTarget,
  onRow: (place: ElementPlace, pass: RowPass, role: Role) => void,
): void {
  const pass = new RowPass(target)
  try {
    for (const { fileId, pageNumber } of iamPages(context.reader, target.unit?.firstIam)) {
      const page = context.reader.readPage(fileId, pageNumber)
      if (!holdsRows(page, target)) continue
      for (let slot = 0; slot < page.slotCount; slot++) {
        const offset = pass.slotOffset(page, slot)
        if (offset === 0 || typeof offset === 'string') continue
        if (pass.place(page, offset) !== undefined) continue
        const role = pass.role()
        if (role === ROLES.ghost || role === ROLES.stranger) continue
        if (role === ROLES.stub || pass.cells.read(page, pass.frame) === undefined) {
          onRow({ page, slot }, pass, role)
        }
      }
    }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
  }
}

function holdsRows(page: Page, { form }: RowsetTarget): boolean {
  if (form === 'data') return page.type === PAGE_TYPES.data
  return page.type === PAGE_TYPES.index && page.bytes.readUInt8(LEVEL_OFFSET) === 0
}
