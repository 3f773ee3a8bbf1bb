import { PlatformError } from '../../../base/index.ts'
import { RowCells } from '../../key/row-cells.ts'
import { childInLastColumn, childPointer } from '../../page/index-record.ts'
import { PAGE_TYPES, type Page, type PagePointer } from '../../page/page.ts'
import { RecordFrame } from '../../page/record-frame.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import { describeOwner } from '../page-owners.ts'
import type { KeyBounds, LeafCheck } from './leaf-check.ts'
import type { RowsetTarget } from './rowset-target.ts'
import { pageName, type StructureTools } from './structure-tools.ts'
import { eachUnreachedPage, tellUnreachedPages } from './unreached-pages.ts'

const LEVEL_OFFSET = 3
const MAX_DEPTH = 40
const FIRST_USER_OBJECT_ID = 100

/** What the walk remembers of a level: the page it met last; 'unknown' where a page is missing. */
type LastPage = Page | 'unknown' | undefined

interface Parent {
  readonly page: Page
  readonly slot: number
}

/** Walks an index from its root, depth first, with as much memory as it is deep. */
export class TreeCheck {
  /** Whether all of the index could be walked. */
  isWhole = true
  /** Whether the upper pages, if compressed, say what is below them in a way that is known. */
  isUnderstood = true
  readonly #target: RowsetTarget
  readonly #tools: StructureTools
  readonly #leaves: LeafCheck
  readonly #lastPages: LastPage[] = []
  readonly #separators: { low: RowCells; high: RowCells }[] = []
  readonly #frame = new RecordFrame()
  #leafDepth: number | undefined

  constructor(target: RowsetTarget, tools: StructureTools, leaves: LeafCheck) {
    this.#target = target
    this.#tools = tools
    this.#leaves = leaves
  }

  run(): void {
    const root = this.#target.unit?.root
    if (root === undefined) return
    this.#visit(root, undefined, 0, { low: undefined, high: undefined })
    if (!this.isUnderstood) {
      this.#checkRest()
      return
    }
    for (const last of this.#lastPages) {
      if (last === undefined || last === 'unknown' || last.nextPage === undefined) continue
      const next = pageName(last.nextPage)
      this.#link(last, `its next page is ${next}, and it should be the last of its level`)
    }
    tellUnreachedPages(this.#target, this.#tools, this.isWhole)
  }

  #visit(pointer: PagePointer, parent: Parent | undefined, depth: number, bounds: KeyBounds): void {
    const page = this.#reach(pointer, parent, depth)
    if (page === undefined) {
      this.#lose(depth)
      return
    }
    this.#tools.onPage()
    this.#checkAllocated(page)
    this.#checkLinks(page, depth)
    if (this.#isLeaf(page)) this.#visitLeaf(page, parent, depth, bounds)
    else this.#visitChildren(page, depth, bounds)
  }

  /** From here on the next page of each level, from `depth` down, follows one that was not met. */
  #lose(depth: number): void {
    this.isWhole = false
    for (let below = depth; below <= MAX_DEPTH; below++) this.#lastPages[below] = 'unknown'
    this.#leaves.interrupt()
  }

  /** The page that a pointer names, if it can be the one that is meant. */
  #reach(pointer: PagePointer, parent: Parent | undefined, depth: number): Page | undefined {
    const { context, report, reached } = this.#tools
    const page = report.readPage(pointer)
    if (typeof page === 'string') return this.#stray(pointer, parent, `cannot be read: ${page}`)
    if (depth > MAX_DEPTH) return this.#stray(pointer, parent, 'lies too deep')
    const owner = context.ownerOf(page.fileId, page.pageNumber)
    if (
      owner !== undefined &&
      owner.unit.allocationUnitId !== this.#target.unit?.allocationUnitId
    ) {
      return this.#stray(pointer, parent, `belongs to ${describeOwner(owner)}`)
    }
    const isRight =
      page.type === PAGE_TYPES.index || (this.#isClustered && page.type === PAGE_TYPES.data)
    if (!isRight) return this.#stray(pointer, parent, `is of type ${page.type}`)
    // Upper pages of system tables can be of level 0 (format reference 1.6).
    const hasLevels = !this.#isClustered || this.#target.rowset.objectId >= FIRST_USER_OBJECT_ID
    const parentLevel = parent === undefined || !hasLevels ? 0 : level(parent.page)
    if (parentLevel > 0 && level(page) !== parentLevel - 1) {
      return this.#stray(pointer, parent, `is of level ${level(page)} below level ${parentLevel}`)
    }
    if (!reached.add(page.fileId, page.pageNumber)) {
      return this.#stray(pointer, parent, 'has been reached before: the index runs in a circle')
    }
    return page
  }

  #stray(pointer: PagePointer, parent: Parent | undefined, what: string): undefined {
    const from = parent === undefined ? 'the catalog names as its root' : 'it names as a child'
    this.#tools.report.find({
      kind: 'index-structure',
      page: parent?.page,
      slot: parent?.slot,
      message: `page ${pageName(pointer)}, which ${from}, ${what}`,
      consequence: this.#isClustered
        ? 'the rows below it cannot be found'
        : `a query through ${this.#indexName} may miss rows; rebuild the index`,
    })
  }

  #checkAllocated(page: Page): void {
    if (this.#tools.context.isAllocated(page.fileId, page.pageNumber) !== false) return
    this.#tools.report.find({
      kind: 'allocation',
      page,
      message: 'the index uses the page, and its PFS byte calls it free',
      consequence: `SQL Server may give the page to another object, over the rows of ${this.#indexName}`,
    })
  }

  #isLeaf(page: Page): boolean {
    return this.#isClustered ? page.type === PAGE_TYPES.data : level(page) === 0
  }

  #visitLeaf(page: Page, parent: Parent | undefined, depth: number, bounds: KeyBounds): void {
    this.#leafDepth ??= depth
    if (depth !== this.#leafDepth) {
      this.#stray(page, parent, `is a leaf ${depth} levels down, and others are ${this.#leafDepth}`)
    }
    this.#leaves.check(page, bounds)
  }

  #visitChildren(page: Page, depth: number, bounds: KeyBounds): void {
    const separators = this.#separatorsAt(depth)
    if (page.slotCount === 0)
      this.#childless({ page, slot: undefined }, 'it has no children', depth)
    // A page's first key means nothing: what is below it is bounded by the page above.
    let low = bounds.low
    for (let slot = 0; slot < page.slotCount; slot++) {
      const child = this.#child(page, slot, depth)
      if (child === undefined) continue
      const high = this.#readSeparator(page, slot + 1, separators.high) ?? bounds.high
      this.#checkSeparator(page, slot, { low, high })
      this.#visit(child, { page, slot }, depth + 1, { low, high })
      if (high !== separators.high) low = slot + 1 < page.slotCount ? undefined : low
      else {
        const { low: free } = separators
        separators.low = separators.high
        separators.high = free
        low = separators.low
      }
    }
  }

  #child(page: Page, slot: number, depth: number): PagePointer | undefined {
    const problem = this.#place(page, slot)
    if (problem !== undefined) {
      return this.#childless({ page, slot }, `the record cannot be read: ${problem}`, depth)
    }
    const child = childPointer(page, this.#frame)
    if (!this.#frame.isCompressed) {
      return child ?? this.#childless({ page, slot }, 'the record names no child', depth)
    }
    return this.#isOwn(child) ? child : this.#compressedChild(page, depth)
  }

  #compressedChild(page: Page, depth: number): PagePointer | undefined {
    try {
      const child = childInLastColumn(page, this.#frame)
      if (this.#isOwn(child)) return child
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error
    }
    this.isUnderstood = false
    this.#lose(depth + 1)
    return undefined
  }

  #isOwn(pointer: PagePointer | undefined): boolean {
    if (pointer === undefined) return false
    const owner = this.#tools.context.ownerOf(pointer.fileId, pointer.pageNumber)
    return owner?.unit.allocationUnitId === this.#target.unit?.allocationUnitId
  }

  #childless(
    place: { page: Page; slot: number | undefined },
    what: string,
    depth: number,
  ): undefined {
    this.#lose(depth + 1)
    this.#tools.report.find({
      kind: 'index-structure',
      ...place,
      message: what,
      consequence: this.#isClustered
        ? 'the rows below it cannot be found'
        : `a query through ${this.#indexName} may miss rows; rebuild the index`,
    })
  }

  #place(page: Page, slot: number): string | undefined {
    const offset = page.bytes.readUInt16LE(PAGE_SIZE - 2 - 2 * slot)
    return this.#frame.place(page, offset, 'index')
  }

  /** The key of a slot, which bounds the pages before it and those behind it. */
  #readSeparator(page: Page, slot: number, into: RowCells): RowCells | undefined {
    if (slot >= page.slotCount || this.#place(page, slot) !== undefined) return undefined
    if (this.#frame.isCompressed) return undefined
    return into.read(page, this.#frame) === undefined ? into : undefined
  }

  #checkSeparator(page: Page, slot: number, { low, high }: KeyBounds): void {
    if (low === undefined || high === undefined) return
    if (this.#target.order.compare(low, high) !== 1) return
    this.#tools.report.find({
      kind: 'index-order',
      page,
      slot,
      message: 'its key comes after the key that follows it',
      consequence: 'a search by this key may miss rows; rebuild the index',
    })
  }

  #separatorsAt(depth: number): { low: RowCells; high: RowCells } {
    const known = this.#separators[depth]
    if (known !== undefined) return known
    const { internal } = this.#target
    const made = { low: new RowCells(internal), high: new RowCells(internal) }
    this.#separators[depth] = made
    return made
  }

  #checkLinks(page: Page, depth: number): void {
    const last = this.#lastPages[depth]
    this.#lastPages[depth] = page
    if (last === 'unknown') return
    const { previousPage } = page
    if (last === undefined) {
      if (previousPage === undefined) return
      this.#link(
        page,
        `its previous page is ${pageName(previousPage)}, and it should be the first of its level`,
      )
      return
    }
    if (!isSame(last.nextPage, page)) {
      this.#link(
        last,
        `its next page is ${pageName(last.nextPage)}, and should be ${pageName(page)}`,
      )
    }
    if (!isSame(previousPage, last)) {
      this.#link(
        page,
        `its previous page is ${pageName(previousPage)}, and should be ${pageName(last)}`,
      )
    }
  }

  #link(page: Page, message: string): void {
    this.#tools.report.find({
      kind: 'page-link',
      page,
      message,
      consequence: `a scan of ${this.#indexName} may miss rows or read some twice; rebuild the index`,
    })
  }

  /** The leaves that could not be reached from above, in the order of the IAM chain. */
  #checkRest(): void {
    this.#tools.report.find({
      kind: 'not-checked',
      severity: 'warning',
      message: 'its upper pages are compressed in an unknown way: only its rows were checked',
      consequence: 'damage in the upper pages would not be seen',
    })
    this.isWhole = eachUnreachedPage(this.#target, this.#tools, (page) => {
      this.#tools.reached.add(page.fileId, page.pageNumber)
      this.#tools.onPage()
      this.#leaves.interrupt()
      if (this.#isLeaf(page)) this.#leaves.check(page)
    })
  }

  get #isClustered(): boolean {
    return this.#target.form === 'data'
  }

  get #indexName(): string {
    const { indexName, name: objectName } = this.#target.object
    return indexName ?? objectName
  }
}

function level(page: Page): number {
  return page.bytes.readUInt8(LEVEL_OFFSET)
}

function isSame(pointer: PagePointer | undefined, page: PagePointer): boolean {
  return pointer?.fileId === page.fileId && pointer.pageNumber === page.pageNumber
}
