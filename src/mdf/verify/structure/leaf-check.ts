import { CELL_STATES, type RowCells } from '../../key/row-cells.ts'
import type { Page } from '../../page/page.ts'
import type { Problem } from '../problem.ts'
import type { FragmentAddress, LargeValues } from './large-values.ts'
import { type Hash, hashAddress, MultisetDigest, startHash } from './multiset-digest.ts'
import type { RowFilter } from './row-filter.ts'
import type { RowHash } from './row-hash.ts'
import { ROLES, type Role, RowPass } from './row-pass.ts'
import type { RowsetTarget } from './rowset-target.ts'
import type { StructureReport } from './structure-report.ts'
import { type ValueCheck, valueCheck } from './value-check.ts'
import { ValuePointers } from './value-pointers.ts'

/** Takes the rows that a table and an index are compared by. */
export interface RowSink {
  readonly rowHash: RowHash
  readonly digest: MultisetDigest
  /** Which rows the index has; all when undefined. */
  readonly filter: RowFilter | undefined
  /** Set when a row has a value that is not known for certain: the comparison proves nothing then. */
  isUncertain: boolean
}

/** What the separators above a leaf promise of its keys. */
export interface KeyBounds {
  readonly low: RowCells | undefined
  readonly high: RowCells | undefined
}

const NO_BOUNDS: KeyBounds = { low: undefined, high: undefined }

/** Checks the pages with a rowset's rows: records, values, large values, the order of keys. */
export class LeafCheck {
  rows = 0
  hasGhosts = false
  /** Whether every row could be read. */
  isSound = true
  /** Whether every large value could be walked to its end. */
  hasWholeValues = true
  /** Whether every forwarded row names its stub in a way that is understood. */
  hasBackPointers = true
  readonly stubs = new MultisetDigest()
  readonly forwarded = new MultisetDigest()
  readonly #target: RowsetTarget
  readonly #report: StructureReport
  readonly #largeValues: LargeValues
  readonly #sinks: readonly RowSink[]
  readonly #valueSeverity: Problem['severity']
  readonly #pass: RowPass
  readonly #checks: readonly (ValueCheck | undefined)[]
  readonly #checkedColumns: readonly number[]
  readonly #pointers: ValuePointers
  readonly #hash: Hash = { low: 0, high: 0 }
  #hasPrevious = false
  #isPreviousGhost = false

  constructor(
    target: RowsetTarget,
    tools: {
      readonly report: StructureReport
      readonly largeValues: LargeValues
      readonly sinks: readonly RowSink[]
      /** What a value out of its type's range is: old databases may have some. */
      readonly valueSeverity: Problem['severity']
    },
  ) {
    this.#target = target
    this.#report = tools.report
    this.#largeValues = tools.largeValues
    this.#sinks = tools.sinks
    this.#valueSeverity = tools.valueSeverity
    this.#pass = new RowPass(target)
    this.#checks = target.leaf.map(valueCheck)
    this.#checkedColumns = this.#checks.flatMap((check, column) =>
      check === undefined ? [] : [column],
    )
    this.#pointers = new ValuePointers(target.leaf)
  }

  /** The next page does not follow the last one: their keys are not compared. */
  interrupt(): void {
    this.#hasPrevious = false
  }

  check(page: Page, bounds: KeyBounds = NO_BOUNDS): void {
    let isFirst = true
    for (let slot = 0; slot < page.slotCount; slot++) {
      const offset = this.#pass.slotOffset(page, slot)
      if (offset === 0) continue
      const problem =
        typeof offset === 'string' ? offset : this.#checkRecord(page, slot, offset, isFirst, bounds)
      if (problem !== undefined) {
        this.#unreadable(page, slot, problem)
        continue
      }
      isFirst = false
    }
    const { order } = this.#target
    const { high } = bounds
    if (isFirst || high === undefined || !this.#hasPrevious) return
    if (order.compare(this.#pass.previous, high) !== 1) return
    this.#report.find({
      kind: 'index-order',
      page,
      slot: page.slotCount - 1,
      message: 'its last key comes after the one that the page above promises for the next page',
      consequence: MISSED_BY_SEARCH,
    })
  }

  #checkRecord(
    page: Page,
    slot: number,
    offset: number,
    isFirst: boolean,
    bounds: KeyBounds,
  ): string | undefined {
    const pass = this.#pass
    const problem = pass.place(page, offset)
    if (problem !== undefined) return problem
    const role = pass.role()
    if (role === ROLES.stub) {
      this.#addStub(page, slot)
      return undefined
    }
    if (role === ROLES.stranger) {
      return `it is of record type ${pass.frame.type}, which has no place here`
    }
    const unreadable = pass.cells.read(page, pass.frame)
    if (unreadable !== undefined) return unreadable
    this.#checkOrder(page, slot, role, isFirst ? bounds.low : undefined)
    this.#checkRow(page, slot, role)
    pass.swap()
    this.#hasPrevious = true
    this.#isPreviousGhost = role === ROLES.ghost
    return undefined
  }

  #checkRow(page: Page, slot: number, role: Role): void {
    if (role === ROLES.ghost) {
      this.hasGhosts = true
      return
    }
    this.rows += 1
    this.#checkValues(page, slot)
    this.#walkLargeValues(page, slot)
    const address = role === ROLES.forwarded ? this.#addForwarded(page, slot) : undefined
    const { sinks } = this
    if (sinks.length === 0) return
    const row = address ?? { fileId: page.fileId, pageNumber: page.pageNumber, slot }
    for (const sink of sinks) {
      const accepts = sink.filter === undefined || sink.filter(this.#pass.cells)
      if (accepts === false) continue
      if (accepts !== undefined && sink.rowHash.compute(page, this.#pass.cells, row)) {
        sink.digest.add(sink.rowHash.hash)
      } else sink.isUncertain = true
    }
  }

  get sinks(): readonly RowSink[] {
    return this.#sinks
  }

  #checkOrder(page: Page, slot: number, role: Role, low: RowCells | undefined): void {
    const { order } = this.#target
    const { cells, previous } = this.#pass
    if (this.#hasPrevious && order.hasKey) {
      const result = order.compare(previous, cells)
      if (result === 1) {
        this.#disorder(page, slot, 'its key comes before the key of the row before it')
      } else if (result === 0 && role !== ROLES.ghost && !this.#isPreviousGhost) {
        this.#disorder(page, slot, 'its key is that of the row before it, and no two may be equal')
      }
    }
    if (low !== undefined && order.compare(cells, low) === -1) {
      this.#disorder(page, slot, 'its first key comes before the one that the page above promises')
    }
  }

  #disorder(page: Page, slot: number, message: string): void {
    this.#report.find({ kind: 'index-order', page, slot, message, consequence: MISSED_BY_SEARCH })
  }

  #checkValues(page: Page, slot: number): void {
    const { cells } = this.#pass
    for (const column of this.#checkedColumns) {
      if (cells.states[column] !== CELL_STATES.value) continue
      const start = cells.starts[column] ?? 0
      const end = cells.ends[column] ?? 0
      const problem = this.#checks[column]?.(cells.bytes, start, end)
      const cell = this.#target.leaf[column]
      if (problem === undefined || cell === undefined) continue
      const name = this.#target.columnName(cell)
      this.#report.find({
        kind: 'value',
        severity: this.#valueSeverity,
        page,
        slot,
        message: `${name}: ${problem}`,
        consequence: `the value of ${name} in this row is wrong`,
      })
    }
  }

  #walkLargeValues(page: Page, slot: number): void {
    this.#pointers.visit(this.#pass, (column, { bytes, start, end }) => {
      if (this.#target.isFilestream(column)) return
      const problem = this.#largeValues.walk(bytes, start, end)
      if (problem === undefined) return
      this.hasWholeValues = false
      const name = this.#target.columnName(column)
      this.#report.find({
        kind: 'lob',
        page,
        slot,
        message: `${name}: ${problem}`,
        consequence: `the value of ${name} in this row is lost`,
      })
    })
  }

  #addStub(page: Page, slot: number): void {
    const target = this.#pass.stubTarget()
    this.#hashPair({ fileId: page.fileId, pageNumber: page.pageNumber, slot }, target)
    this.stubs.add(this.#hash)
  }

  /** The address of a forwarded row is that of the stub it left behind. */
  #addForwarded(page: Page, slot: number): FragmentAddress | undefined {
    const stub = this.#pass.backPointer()
    if (stub === undefined) {
      this.hasBackPointers = false
      if (!this.#pass.frame.isCompressed) {
        this.#report.find({
          kind: 'forwarding',
          page,
          slot,
          message: 'it is a forwarded row, and does not name its stub',
          consequence: 'this row cannot be found, or not be moved',
        })
      }
      return undefined
    }
    this.#hashPair(stub, { fileId: page.fileId, pageNumber: page.pageNumber, slot })
    this.forwarded.add(this.#hash)
    return stub
  }

  #hashPair(stub: FragmentAddress, target: FragmentAddress): void {
    startHash(this.#hash)
    hashAddress(this.#hash, stub.fileId, stub.pageNumber, stub.slot)
    hashAddress(this.#hash, target.fileId, target.pageNumber, target.slot)
  }

  #unreadable(page: Page, slot: number, problem: string): void {
    this.isSound = false
    this.#hasPrevious = false
    const { object, form } = this.#target
    this.#report.find({
      kind: 'record',
      page,
      slot,
      message: `the record cannot be read: ${problem}`,
      consequence:
        form === 'data'
          ? 'this row is lost'
          : `a query through ${object.indexName} may miss a row; rebuild the index`,
    })
  }
}

const MISSED_BY_SEARCH = 'a search by this key may miss rows; rebuild the index'
