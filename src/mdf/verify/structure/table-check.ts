import type { CatalogIndex } from '../../catalog/catalog-entries.ts'
import type { Rowset } from '../../catalog/storage-rows.ts'
import type { CatalogView } from './catalog-view.ts'
import { checkForwarding } from './forwarding-check.ts'
import { checkFragments } from './fragment-check.ts'
import { checkHeap } from './heap-check.ts'
import { IndexComparison } from './index-comparison.ts'
import type { LargeValues } from './large-values.ts'
import { LeafCheck, type RowSink } from './leaf-check.ts'
import { type RowFilter, rowFilter } from './row-filter.ts'
import { type RowsetTarget, rowsetTarget } from './rowset-target.ts'
import type { StructureTools } from './structure-tools.ts'
import { TreeCheck } from './tree-check.ts'

const COLUMNSTORE = 3

export interface TableTools extends StructureTools {
  readonly largeValues: LargeValues
  readonly catalog: CatalogView
}

/** Checks a table with all its indexes; returns its number of rows. */
export function checkTable(
  objectId: number,
  rowsets: readonly Rowset[],
  tools: TableTools,
): number {
  return new TableCheck(objectId, rowsets, tools).run()
}

class TableCheck {
  readonly #objectId: number
  readonly #tools: TableTools
  readonly #indexes: readonly CatalogIndex[]
  readonly #targets: readonly RowsetTarget[]
  readonly #broken = new Set<RowsetTarget>()

  constructor(objectId: number, rowsets: readonly Rowset[], tools: TableTools) {
    this.#objectId = objectId
    this.#tools = tools
    this.#indexes = tools.catalog.indexes(objectId)
    const columnstores = new Map(
      rowsets
        .filter(({ compression }) => compression >= COLUMNSTORE)
        .map((rowset) => [rowset.indexId, rowset]),
    )
    for (const rowset of columnstores.values()) this.#notChecked(rowset)
    this.#targets = rowsets
      .filter(({ compression }) => compression < COLUMNSTORE)
      .map((rowset) => rowsetTarget(tools.context, rowset, tools.catalog))
  }

  run(): number {
    const base = this.#targets.filter(({ form }) => form === 'data')
    const comparisons = this.#compare(base)
    let rows = 0
    for (const target of base) {
      rows += this.#checkRowset(
        target,
        comparisons.map((comparison) => comparison.sinkOf(target)),
      )
    }
    for (const target of this.#targets) {
      if (target.form === 'data') continue
      const comparison = comparisons.find(({ indexTargets }) => indexTargets.includes(target))
      this.#checkRowset(target, comparison === undefined ? [] : [comparison.sinkOf(target)])
    }
    for (const comparison of comparisons) this.#finish(comparison, base)
    return rows
  }

  /** What the table's indexes are to be compared with it by. */
  #compare(base: readonly RowsetTarget[]): IndexComparison[] {
    const comparisons: IndexComparison[] = []
    for (const index of this.#indexes) {
      const targets = this.#targets.filter(({ rowset }) => rowset.indexId === index.indexId)
      const [first] = targets
      if (index.type === 'HEAP' || index.type === 'CLUSTERED') continue
      const reason = unknownIndex(index, base)
      if (reason !== undefined) {
        if (index.type !== 'NONCLUSTERED' || first !== undefined) this.#notCompared(index, reason)
        continue
      }
      if (first === undefined) continue
      const columns = this.#tools.catalog.indexColumns(this.#objectId, index.indexId)
      if (columns === undefined) {
        this.#notCompared(index, 'its columns are not in the catalog')
        continue
      }
      const filters = this.#filters(index, base)
      if (filters === undefined) {
        this.#notCompared(index, 'it has a filter that is not understood')
        continue
      }
      const filterOf = (target: RowsetTarget) => filters.get(target)
      const tables = { base, index: targets, filterOf }
      const comparison = IndexComparison.of(this.#tools.context, tables, columns)
      if (typeof comparison === 'string') this.#notCompared(index, comparison)
      else comparisons.push(comparison)
    }
    return comparisons
  }

  /** Which rows of each partition the index has; undefined when that is not understood. */
  #filters(
    index: CatalogIndex,
    base: readonly RowsetTarget[],
  ): Map<RowsetTarget, RowFilter> | undefined {
    const filters = new Map<RowsetTarget, RowFilter>()
    if (!index.hasFilter) return filters
    const { catalog } = this.#tools
    const text = catalog.filterText(this.#objectId, index.indexId)
    for (const target of base) {
      const filter = rowFilter(text, target, catalog.columns(this.#objectId))
      if (filter === undefined) return undefined
      filters.set(target, filter)
    }
    return filters
  }

  #checkRowset(target: RowsetTarget, sinks: readonly RowSink[]): number {
    const { report, largeValues, context } = this.#tools
    report.begin(target.object)
    largeValues.begin(target.rowset.rowsetId)
    const leaves = new LeafCheck(target, {
      report,
      largeValues,
      sinks,
      // SQL Server 2000 let values out of range in, and nothing has looked for them since.
      valueSeverity: context.reader.bootPage.hasDataPurity ? 'error' : 'warning',
    })
    let isWhole: boolean
    if (target.rowset.indexId === 0) {
      isWhole = checkHeap(target, this.#tools, leaves)
      if (isWhole && leaves.isSound) checkForwarding(target, this.#tools, leaves)
    } else {
      const tree = new TreeCheck(target, this.#tools, leaves)
      tree.run()
      isWhole = tree.isWhole
    }
    if (!leaves.hasBackPointers && target.rowset.compression !== 0) {
      this.#warn('its forwarded rows name their stubs in an unknown way: indexes were not compared')
    }
    isWhole &&= leaves.isSound && leaves.hasBackPointers
    if (!isWhole) this.#broken.add(target)
    if (!largeValues.isUnderstood) this.#warn('some large values are kept in an unknown way')
    else if (target.largeUnits.length > 0 && isWhole) {
      checkFragments(target, this.#tools, { leaves, largeValues })
    }
    if (isWhole && target.form === 'data') this.#checkRowCount(target, leaves.rows)
    report.end()
    return leaves.rows
  }

  #checkRowCount({ rowset }: RowsetTarget, rows: number): void {
    if (rows === rowset.rowCount) return
    this.#tools.report.find({
      kind: 'catalog',
      severity: 'warning',
      message: `the catalog counts ${rowset.rowCount} rows, and there are ${rows}`,
      consequence: 'row counts of this table are not exact',
    })
  }

  #finish(comparison: IndexComparison, base: readonly RowsetTarget[]): void {
    const { report } = this.#tools
    const targets = [...base, ...comparison.indexTargets]
    const [first] = comparison.indexTargets
    if (first === undefined || targets.some((target) => this.#broken.has(target))) return
    report.begin(first.object)
    if (!comparison.isCertain) {
      this.#warn('some of its values cannot be compared with those of the table')
    } else {
      comparison.check(report)
      if (comparison.leftOut !== undefined) {
        this.#warn(`not compared with the table: ${comparison.leftOut}`)
      }
    }
    report.end()
  }

  #notCompared(index: CatalogIndex, reason: string): void {
    const { report, catalog } = this.#tools
    report.begin(catalog.nameOf({ objectId: this.#objectId, indexId: index.indexId }))
    this.#warn(`its rows were not compared with those of the table: ${reason}`)
    report.end()
  }

  #notChecked(rowset: Rowset): void {
    this.#tools.report.begin(this.#tools.catalog.nameOf(rowset))
    this.#warn('it is a columnstore: its rows were not checked')
    this.#tools.report.end()
  }

  #warn(message: string): void {
    const consequence = 'damage there would not be seen'
    this.#tools.report.find({ kind: 'not-checked', severity: 'warning', message, consequence })
  }
}

/** Why an index's rows can't be told from the table's; undefined when they can. */
function unknownIndex(index: CatalogIndex, base: readonly RowsetTarget[]): string | undefined {
  if (index.type !== 'NONCLUSTERED') return `it is of the type ${index.type}`
  if (index.isDisabled) return 'it is disabled'
  if (index.isHypothetical) return 'it is hypothetical'
  return base.length === 0 ? 'the rows of the table cannot be read' : undefined
}
