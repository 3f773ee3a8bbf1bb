import type { IndexColumns } from '../../catalog/index-columns.ts'
import type { VerifyContext } from '../verify-context.ts'
import { matchIndex } from './index-match.ts'
import type { RowSink } from './leaf-check.ts'
import { MultisetDigest } from './multiset-digest.ts'
import type { RowFilter } from './row-filter.ts'
import { RowHash } from './row-hash.ts'
import { ROLES } from './row-pass.ts'
import type { RowsetTarget } from './rowset-target.ts'
import { readRowsAgain, SecondLook } from './second-look.ts'
import type { StructureReport } from './structure-report.ts'

/** Fewer rows than this are never taken for a layout that is not understood. */
const FEW_ROWS = 20

export interface ComparedTables {
  readonly base: readonly RowsetTarget[]
  readonly index: readonly RowsetTarget[]
  /** The rows of a partition of the table that the index has; undefined when it has all. */
  filterOf(base: RowsetTarget): RowFilter | undefined
}

/** Compares the rows of a table with those of one of its indexes, all partitions of both together. */
export class IndexComparison {
  readonly indexTargets: readonly RowsetTarget[]
  readonly leftOut: string | undefined
  readonly #context: VerifyContext
  readonly #baseTargets: readonly RowsetTarget[]
  readonly #columns: IndexColumns
  readonly #filterOfBase: ComparedTables['filterOf']
  readonly #base = new MultisetDigest()
  readonly #index = new MultisetDigest()
  readonly #sinks: RowSink[] = []

  constructor(
    context: VerifyContext,
    tables: ComparedTables,
    columns: IndexColumns,
    leftOut: string | undefined,
  ) {
    this.#context = context
    this.#baseTargets = tables.base
    this.indexTargets = tables.index
    this.#columns = columns
    this.#filterOfBase = tables.filterOf
    this.leftOut = leftOut
  }

  /** A comparison; a text says why there can be none. */
  static of(
    context: VerifyContext,
    tables: ComparedTables,
    columns: IndexColumns,
  ): IndexComparison | string {
    let leftOut: string | undefined
    for (const base of tables.base) {
      for (const index of tables.index) {
        const match = matchIndex(base, index, columns)
        if (typeof match === 'string') return match
        leftOut ??= match.leftOut
      }
    }
    return new IndexComparison(context, tables, columns, leftOut)
  }

  sinkOf(target: RowsetTarget): RowSink {
    const digest = target.form === 'data' ? this.#base : this.#index
    const filter = this.#filterOf(target)
    const sink = { rowHash: this.#rowHash(target), digest, filter, isUncertain: false }
    this.#sinks.push(sink)
    return sink
  }

  /** Whether every row could be hashed. */
  get isCertain(): boolean {
    return this.#sinks.every(({ isUncertain }) => !isUncertain)
  }

  /** Tells which rows have no counterpart. */
  check(report: StructureReport): void {
    if (this.#base.difference(this.#index).length === 0) return
    const look = this.#lookAgain()
    const differences = [...look.elements()]
    const rows = Math.max(this.#base.count, this.#index.count)
    if (rows >= FEW_ROWS && differences.length > rows) {
      report.find({
        kind: 'not-checked',
        severity: 'warning',
        message: 'nearly all rows of the index differ from those of the table',
        consequence: 'the index may be damaged, or is kept in a way this program does not know',
      })
      return
    }
    const { indexName } = this.#object
    for (const { count, slot, ...pointer } of differences) {
      const page = report.readPage(pointer)
      if (typeof page === 'string') continue
      report.find({
        kind: 'index-row',
        page,
        slot,
        message:
          count > 0
            ? `this row of the table has no row in ${indexName} that says the same`
            : `this row of ${indexName} says what no row of the table does`,
        consequence:
          count > 0
            ? `a query through ${indexName} may miss this row; rebuild the index`
            : `a query through ${indexName} may return a row that does not exist; rebuild the index`,
      })
    }
  }

  #filterOf(target: RowsetTarget): RowFilter | undefined {
    return target.form === 'data' ? this.#filterOfBase(target) : undefined
  }

  get #object() {
    const [first] = this.indexTargets
    return first?.object ?? { indexName: undefined }
  }

  #lookAgain(): SecondLook {
    const look = new SecondLook(this.#base, this.#index)
    for (const target of [...this.#baseTargets, ...this.indexTargets]) {
      const rowHash = this.#rowHash(target)
      const filter = this.#filterOf(target)
      readRowsAgain(this.#context, target, ({ page, slot }, pass, role) => {
        if (role === ROLES.stub) return
        const here = { fileId: page.fileId, pageNumber: page.pageNumber, slot }
        if (filter !== undefined && filter(pass.cells) !== true) return
        const address = role === ROLES.forwarded ? (pass.backPointer() ?? here) : here
        if (!rowHash.compute(page, pass.cells, address)) return
        if (target.form === 'data') look.addLeft(rowHash.hash, here.fileId, here.pageNumber, slot)
        else look.addRight(rowHash.hash, here.fileId, here.pageNumber, slot)
      })
    }
    return look
  }

  #rowHash(target: RowsetTarget): RowHash {
    const [firstBase] = this.#baseTargets
    const [firstIndex] = this.indexTargets
    const isBase = target.form === 'data'
    const base = isBase ? target : firstBase
    const index = isBase ? firstIndex : target
    const match =
      base === undefined || index === undefined ? '' : matchIndex(base, index, this.#columns)
    if (typeof match === 'string') return new RowHash(this.#context, target, [])
    return isBase
      ? new RowHash(this.#context, target, match.base)
      : new RowHash(this.#context, target, match.index, match.addressColumn)
  }
}
