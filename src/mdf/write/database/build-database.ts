import { rmSync } from 'node:fs'
import { addInitialRows } from '../catalog/initial-rows.ts'
import { SystemRows } from '../catalog/system-rows.ts'
import {
  addBaseTables,
  type UserRowset,
  writeSystemTables,
} from '../catalog/write-system-tables.ts'
import { StorageWriter } from '../storage/index.ts'
import { bootRecord } from './boot-record.ts'
import type { BuiltDatabase, DatabaseDefinition } from './definition.ts'
import { describeCheck, describeForeignKey } from './describe-constraints.ts'
import {
  describeFilegroups,
  describeFiles,
  describePrincipals,
  describeProperties,
} from './describe-database.ts'
import { describeModule } from './describe-modules.ts'
import { describeTable } from './describe-table.ts'
import { CHECKPOINT_LSN, FIRST_PAGE_LSN, writeLogFile } from './log-file-writer.ts'
import { type DatabasePlan, planDatabase } from './plan-database.ts'
import { type WrittenTable, writeTable } from './write-table.ts'

const DEFAULT_COMPATIBILITY = 150

/**
 * Builds the files of a new database from its definition: schema, rows, catalog, and a log. Rows are
 * streamed (see `TableDefinition`). The files have temporary names until they are complete, the primary
 * file gets its name last, and none stays when something fails.
 * @throws PlatformError INVALID_ARGUMENT that names the table and column, or a file that is there
 *   already; DISK_FULL
 */
export async function buildDatabase(definition: DatabaseDefinition): Promise<BuiltDatabase> {
  const plan = planDatabase(definition)
  const bindingId = plan.names.guid('binding')
  const writer = new StorageWriter(
    plan.files.filter(({ type }) => type === 'ROWS'),
    { bindingId, firstLsn: FIRST_PAGE_LSN, usesMixedExtents: definition.usesMixedExtents ?? false },
  )
  try {
    const tables: WrittenTable[] = []
    const sortPath = plan.files[0]?.path ?? ''
    for (const table of plan.tables) tables.push(await writeTable(writer, table, { sortPath }))
    const record = writeCatalog(writer, plan, tables)
    await publish(writer, plan, record)
    return {
      name: definition.name,
      paths: plan.files.map(({ path }) => path),
      tables: plan.tables.map(({ schema, definition: { name }, objectId }, index) => ({
        schema,
        name,
        objectId,
        rowCount: tables[index]?.rowCount ?? 0,
      })),
    }
  } finally {
    writer.abandon()
  }
}

/** The log comes first: with the primary file the database is there. */
async function publish(writer: StorageWriter, plan: DatabasePlan, record: Buffer): Promise<void> {
  const { files, names, created } = plan
  const logFile = files.find(({ type }) => type === 'LOG')
  if (logFile === undefined) {
    await writer.finish({ bootRecord: record })
    return
  }
  const facts = { bindingId: names.guid('binding'), bootRecord: record, created }
  const log = writeLogFile(logFile, facts)
  try {
    await log.publish()
    await writer.finish({ bootRecord: record })
  } catch (error) {
    log.abandon()
    rmSync(logFile.path, { force: true })
    throw error
  }
}

/** Writes the system tables and makes the boot record that leads to them. */
function writeCatalog(
  writer: StorageWriter,
  plan: DatabasePlan,
  written: readonly WrittenTable[],
): Buffer {
  const { names, created, definition } = plan
  const { collationId } = names
  const rows = new SystemRows(collationId)
  addInitialRows(rows, collationId, created)
  addBaseTables(rows, created)
  describeAll(rows, plan, written)
  const firstSysIndexes = writeSystemTables(writer, rows, userRowsets(plan, written), () => {
    describeFiles(rows, plan.files, (file) =>
      file.type === 'LOG' ? file.minimumPages : writer.sizePagesOf(file.fileId),
    )
  })
  return bootRecord({
    databaseName: definition.name,
    collationId,
    compatibilityLevel: definition.compatibilityLevel ?? DEFAULT_COMPATIBILITY,
    recoveryModel: definition.recoveryModel ?? 'FULL',
    isAutoClose: definition.isAutoClose ?? false,
    created,
    checkpointLsn: CHECKPOINT_LSN,
    nextObjectId: names.nextObjectId(),
    nextUnitNumber: names.nextUnitNumber,
    maxTimestamp: lastTimestamp(written),
    familyGuid: names.guid('family'),
    brokerGuid: names.guid('broker'),
    firstSysIndexes,
  })
}

function describeAll(rows: SystemRows, plan: DatabasePlan, written: readonly WrittenTable[]): void {
  const { names, created, definition } = plan
  const context = { rows, collationId: names.collationId, created }
  describePrincipals(context, names, definition)
  describeFilegroups(context, names)
  plan.tables.forEach((table, index) => {
    const result = written[index]
    if (result !== undefined) describeTable(context, table, result)
  })
  for (const check of plan.checks) describeCheck(context, check)
  for (const key of plan.foreignKeys) describeForeignKey(context, key)
  for (const module of plan.modules) describeModule(context, names, module)
  describeProperties(context, definition.extendedProperties ?? [], plan)
}

function userRowsets(plan: DatabasePlan, written: readonly WrittenTable[]): UserRowset[] {
  return plan.tables.flatMap((table, index) =>
    [table.data, ...table.nonclustered].flatMap(({ indexId, rowset }) => {
      const result = written[index]?.rowsets.get(indexId)
      return result === undefined ? [] : [{ plan: rowset, written: result }]
    }),
  )
}

/** The highest rowversion of all tables. */
function lastTimestamp(written: readonly WrittenTable[]): bigint {
  let last = 0n
  for (const { maxTimestamp } of written) if (maxTimestamp > last) last = maxTimestamp
  return last
}
