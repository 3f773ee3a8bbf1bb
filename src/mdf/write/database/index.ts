/**
 * Builds new databases from a definition: `buildDatabase` writes data files, the system tables that
 * describe them and a log, as SQL Server 2019 (internal version 904) would leave them after a clean
 * shutdown.
 *
 * By the book, compared with files of that server: the base tables with their columns, indexes, record
 * layouts, ids and status bits; what they say of tables, constraints, modules, files and principals; the
 * boot page; the log's header, virtual log files, and the blocks of its last checkpoint.
 *
 * Unproven, as no SQL Server was there to attach the files: whether it misses what is left out. That
 * is: system objects with negative ids, internal tables and queues of Service Broker and the query
 * store, statistics, XML schema components, fields of the boot page of unknown meaning. Also the place
 * of columns in nonclustered indexes with included columns, references of objects in other filegroups,
 * and the order of text keys with other characters than letters and digits.
 *
 * @module
 */
export { buildDatabase } from './build-database.ts'
export type {
  AliasTypeDefinition,
  BuiltDatabase,
  BuiltTable,
  CheckDefinition,
  ColumnDefinition,
  Compression,
  DatabaseDefinition,
  DataFileDefinition,
  ExtendedPropertyDefinition,
  FileGrowth,
  ForeignKeyDefinition,
  IdentityDefinition,
  IndexDefinition,
  KeyColumn,
  KeyColumnDefinition,
  KeyConstraintDefinition,
  LogFileDefinition,
  ModuleDefinition,
  ModuleParameter,
  ModuleType,
  PrincipalDefinition,
  RowDefinition,
  RowValues,
  SchemaDefinition,
  TableDefinition,
} from './definition.ts'
