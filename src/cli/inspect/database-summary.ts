import {
  type BootPage,
  collationName,
  type DatabaseReader,
  databaseNameOf,
  formatLsn,
  type Lsn,
  type SqlDateTime,
  type SqlType,
  sqlServerVersionName,
  valueText,
} from '../../mdf/index.ts'
import { type SpaceUse, spaceByObject } from './space.ts'
import { type TableSummary, tableSummaries } from './table-summary.ts'

/** What a database says of itself. Sizes are bytes, dates ISO 8601 in the server's local time. */
export interface DatabaseSummary {
  readonly databaseName: string
  readonly sqlServerVersion: string
  readonly internalVersion: number
  /** The server that wrote the files last. */
  readonly engineBuild: string | undefined
  readonly createdByVersion: string
  readonly compatibilityLevel: number
  readonly collation: string
  readonly recoveryModel: string
  readonly pageVerify: string
  readonly isCleanlyShutDown: boolean
  readonly isReadOnly: boolean
  readonly created: string
  readonly modified: string | undefined
  readonly checkpointLsn: string
  readonly lastBackupLsn: string | undefined
  readonly differentialBaseLsn: string | undefined
  readonly lastGoodCheck: string | undefined
  readonly familyGuid: string
  readonly recoveryForkGuid: string
  readonly serviceBrokerGuid: string | undefined
}

/** What is in a database. */
export interface DatabaseContents {
  readonly tables: readonly TableSummary[]
  readonly space: readonly SpaceUse[]
}

const DATE_TIME: SqlType = {
  name: 'datetime',
  maxLength: 8,
  precision: 23,
  scale: 3,
  collationId: 0,
}
const dateTimeText = valueText(DATE_TIME)

/** @param primaryLogicalName of the primary file, for a database that was attached by its file name */
export function summarizeDatabase(boot: BootPage, primaryLogicalName: string): DatabaseSummary {
  return {
    databaseName: databaseNameOf(boot.databaseName, primaryLogicalName),
    sqlServerVersion: sqlServerVersionName(boot.internalVersion),
    internalVersion: boot.internalVersion,
    engineBuild: boot.engineBuild,
    createdByVersion: sqlServerVersionName(boot.createVersion),
    compatibilityLevel: boot.compatibilityLevel,
    collation: collationName(boot.collationId) ?? `collation ${boot.collationId}`,
    recoveryModel: boot.recoveryModel,
    pageVerify: boot.pageVerify,
    isCleanlyShutDown: boot.isCleanlyShutDown,
    isReadOnly: boot.isReadOnly,
    created: dateTimeText(boot.creationDate),
    modified: optionalDate(boot.modificationDate),
    checkpointLsn: formatLsn(boot.checkpointLsn),
    lastBackupLsn: optionalLsn(boot.lastBackupLsn),
    differentialBaseLsn: optionalLsn(boot.differentialBaseLsn),
    lastGoodCheck: optionalDate(boot.lastGoodCheckDate),
    familyGuid: boot.familyGuid,
    recoveryForkGuid: boot.recoveryForkGuid,
    serviceBrokerGuid: boot.serviceBrokerGuid,
  }
}

/** @throws PlatformError FILE_DAMAGED when the catalog can't be read, or is in a missing file */
export function readContents(reader: DatabaseReader): DatabaseContents {
  return { tables: tableSummaries(reader), space: spaceByObject(reader) }
}

function optionalDate(date: SqlDateTime | undefined): string | undefined {
  return date === undefined ? undefined : dateTimeText(date)
}

function optionalLsn(lsn: Lsn | undefined): string | undefined {
  return lsn === undefined ? undefined : formatLsn(lsn)
}
