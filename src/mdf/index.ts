/**
 * SQL Server's file formats: mdf, ndf and ldf files, their pages, catalog and rows. Pure functions
 * over bytes, with the one reader of files (`page-file.ts`) apart. Knows nothing of the platform.
 *
 * @module
 */
export {
  DAYS_TO_1900,
  Decimal,
  MAX_LENGTH,
  SQL_TYPE_NAMES,
  SqlDateTime,
  type SqlType,
  type SqlTypeName,
  type SqlValue,
  SqlVariant,
  TICKS_PER_DAY,
  TICKS_PER_SECOND,
} from './sql-type.ts'
