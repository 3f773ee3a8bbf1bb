import { PlatformError } from '../../../base/index.ts'
import type { Rowset } from '../../catalog/storage-rows.ts'
import { PageSet } from '../page-set.ts'
import type { ProblemSink } from '../problem.ts'
import type { StructureSummary, VerifyContext } from '../verify-context.ts'
import { CatalogView } from './catalog-view.ts'
import { GivenFiles } from './given-files.ts'
import { LargeValues } from './large-values.ts'
import { StructureReport } from './structure-report.ts'
import { checkTable, type TableTools } from './table-check.ts'

const PAGES_PER_PROGRESS = 256

/**
 * Checks every table, indexed view and system table of a database: index structure and order, heaps,
 * records, values, large values, and every index row against the row it stands for. Damage is
 * reported, never thrown; memory does not grow with the size of the database.
 */
export function verifyStructures(context: VerifyContext, sink: ProblemSink): StructureSummary {
  const report = new StructureReport(context, sink)
  const summary = { tablesChecked: 0, rowsChecked: 0 }
  try {
    const tools = tableTools(context, report)
    const objects = rowsetsByObject(context)
    for (const [objectId, rowsets] of objects) {
      summary.rowsChecked += checkTable(objectId, rowsets, tools)
      summary.tablesChecked += 1
    }
    for (const objectId of tools.catalog.tableIds) {
      if (!objects.has(objectId)) noteTableWithoutPages(tools, objectId)
    }
    const total = pagesToCheck(context)
    context.onProgress?.({ done: total, total })
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    report.end()
    report.find({
      kind: 'catalog',
      message: `the catalog cannot be read: ${error.message}`,
      consequence: 'tables and indexes were not checked, or not all of them',
    })
  }
  return summary
}

/** Memory-optimised and external tables. */
function noteTableWithoutPages({ report, catalog }: TableTools, objectId: number): void {
  report.begin(catalog.nameOf({ objectId, indexId: 0 }))
  report.find({
    kind: 'not-checked',
    severity: 'warning',
    message: 'the table keeps no rows in data pages: its rows were not checked',
    consequence: 'damage there would not be seen',
  })
  report.end()
}

function tableTools(context: VerifyContext, report: StructureReport): TableTools {
  const total = pagesToCheck(context)
  let done = 0
  return {
    context,
    report,
    files: new GivenFiles(context, report),
    reached: new PageSet(),
    largeValues: new LargeValues(context, report),
    catalog: new CatalogView(context, report),
    onPage: () => {
      done += 1
      if (done % PAGES_PER_PROGRESS === 0)
        context.onProgress?.({ done: Math.min(done, total), total })
    },
  }
}

/** As the catalog counts them. */
function pagesToCheck({ storage }: VerifyContext): number {
  let total = 0
  for (const { type, usedPages } of storage.units) if (type === 1) total += usedPages
  return total
}

/** Partitions of the table first, in their order, then its indexes. */
function rowsetsByObject({ storage }: VerifyContext): Map<number, Rowset[]> {
  const objects = new Map<number, Rowset[]>()
  for (const rowset of storage.rowsets) {
    const known = objects.get(rowset.objectId)
    if (known === undefined) objects.set(rowset.objectId, [rowset])
    else known.push(rowset)
  }
  for (const rowsets of objects.values()) {
    rowsets.sort(
      (left, right) => left.indexId - right.indexId || left.partitionNumber - right.partitionNumber,
    )
  }
  return objects
}
