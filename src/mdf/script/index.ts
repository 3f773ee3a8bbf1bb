/**
 * A database's schema as T-SQL: `scriptDatabase` turns the catalog of a data file into CREATE statements.
 *
 * @module
 */
export { type ScriptOptions, type ScriptSource, scriptDatabase } from './script-database.ts'
