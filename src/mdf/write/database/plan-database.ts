import { SqlDateTime } from '../../sql-type.ts'
import { DatabaseNames } from './database-names.ts'
import type { DatabaseDefinition } from './definition.ts'
import {
  type PlannedCheck,
  type PlannedForeignKey,
  planChecks,
  planForeignKeys,
} from './describe-constraints.ts'
import { type ObjectIds, type PlannedModule, planModules } from './describe-modules.ts'
import { invalidDefinition } from './invalid-definition.ts'
import { type PlannedFile, planFiles } from './plan-files.ts'
import { type PlannedTable, planTable } from './plan-table.ts'

/** 2024-01-01. */
const DEFAULT_CREATED = new SqlDateTime(738_885, 0)
const COMPATIBILITY_LEVELS: readonly number[] = [100, 110, 120, 130, 140, 150]

/** A definition with its ids, found to be whole. */
export interface DatabasePlan {
  readonly definition: DatabaseDefinition
  readonly names: DatabaseNames
  readonly created: SqlDateTime
  /** Data files first, then the log. */
  readonly files: readonly PlannedFile[]
  readonly tables: readonly PlannedTable[]
  readonly checks: readonly PlannedCheck[]
  readonly foreignKeys: readonly PlannedForeignKey[]
  readonly modules: readonly PlannedModule[]
  /** Tables and modules by `schema.name` in lower case. */
  readonly objects: ObjectIds
}

/** @throws PlatformError INVALID_ARGUMENT that names what is wrong */
export function planDatabase(definition: DatabaseDefinition): DatabasePlan {
  const { compatibilityLevel, created = DEFAULT_CREATED } = definition
  const where = `database ${definition.name}`
  if (compatibilityLevel !== undefined && !COMPATIBILITY_LEVELS.includes(compatibilityLevel)) {
    throw invalidDefinition(
      where,
      `SQL Server 2019 has no compatibility level ${compatibilityLevel}`,
    )
  }
  const names = new DatabaseNames(definition)
  const files = planFiles(names, definition)
  const tables = (definition.tables ?? []).map((table) => planTable(names, table))
  const objects: ObjectIds = new Map(
    tables.map((table) => [
      `${table.schema}.${table.definition.name}`.toLowerCase(),
      table.objectId,
    ]),
  )
  return {
    definition,
    names,
    created,
    files,
    tables,
    checks: tables.flatMap((table) => planChecks(names, table)),
    foreignKeys: tables.flatMap((table) => planForeignKeys(names, table, tables)),
    modules: planModules(names, definition.modules ?? [], objects),
    objects,
  }
}
