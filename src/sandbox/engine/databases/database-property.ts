import { collationLcid, collationName, type SqlValue } from '../../../mdf/index.ts'
import type { Database } from './database.ts'
import type { DatabaseSettings } from './database-content.ts'

type Answer = (database: Database, settings: DatabaseSettings | undefined) => SqlValue

/** DATABASEPROPERTYEX's properties by upper-case name. */
const PROPERTIES: Readonly<Record<string, Answer>> = {
  COLLATION: (_, settings) =>
    settings === undefined ? null : (collationName(settings.collationId) ?? null),
  COMPARISONSTYLE: () => 196_609,
  EDITION: () => null,
  ISANSINULLDEFAULT: () => 0,
  ISANSINULLSENABLED: () => 0,
  ISANSIPADDINGENABLED: () => 0,
  ISANSIWARNINGSENABLED: () => 0,
  ISARITHMETICABORTENABLED: () => 0,
  ISAUTOCLOSE: (_, settings) => Number(settings?.isAutoClose ?? false),
  ISAUTOCREATESTATISTICS: () => 1,
  ISAUTOSHRINK: (_, settings) => Number(settings?.isAutoShrink ?? false),
  ISAUTOUPDATESTATISTICS: () => 1,
  ISCLONE: () => 0,
  ISCLOSECURSORSONCOMMITENABLED: () => 0,
  ISFULLTEXTENABLED: () => 0,
  ISINSTANDBY: () => 0,
  ISLOCALCURSORSDEFAULT: () => 0,
  ISMERGEPUBLISHED: () => 0,
  ISNULLCONCAT: () => 0,
  ISNUMERICROUNDABORTENABLED: () => 0,
  ISPARAMETERIZATIONFORCED: () => 0,
  ISPUBLISHED: () => 0,
  ISQUOTEDIDENTIFIERSENABLED: () => 0,
  ISRECURSIVETRIGGERSENABLED: () => 0,
  ISSUBSCRIBED: () => 0,
  ISSYNCWITHBACKUP: () => 0,
  ISTORNPAGEDETECTIONENABLED: (_, settings) =>
    Number(settings?.pageVerify === 'TORN_PAGE_DETECTION'),
  ISXTPSUPPORTED: () => 0,
  LASTGOODCHECKDBTIME: () => null,
  LCID: (_, settings) => (settings === undefined ? null : collationLcid(settings.collationId)),
  RECOVERY: (_, settings) => settings?.recoveryModel ?? null,
  SQLSORTORDER: (_, settings) => (settings === undefined ? null : settings.collationId >>> 24),
  STATUS: ({ state }) => state,
  UPDATEABILITY: ({ isReadOnly }) => (isReadOnly ? 'READ_ONLY' : 'READ_WRITE'),
  USERACCESS: ({ userAccess }) => userAccess,
  VERSION: (_, settings) => settings?.internalVersion ?? null,
}

/** DATABASEPROPERTYEX; undefined for a property it does not know. */
export function databaseProperty(database: Database, property: string): SqlValue | undefined {
  return PROPERTIES[property.toUpperCase()]?.(database, database.openContent?.settings)
}
