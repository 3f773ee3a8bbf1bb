/**
 * Builds new databases from a definition: `buildDatabase` writes data files, the system tables that
 * describe them and a log, as SQL Server 2019 (internal version 904) would leave them after a clean
 * shutdown. Rows are streamed: they come from iterables, also asynchronous ones, and what has to be
 * sorted waits in temporary files, so that memory stays the same whatever the size.
 *
 * By the book, compared with files of that server: the base tables with their columns, indexes, record
 * layouts, ids and status bits; what they say of tables, constraints, modules, files and principals; the
 * boot page; the log's header, virtual log files, and the blocks of its last checkpoint.
 *
 * By description only, as no file at hand has them: compressed records and pages, sparse columns,
 * version tags. What is written is what this project's reader takes for right.
 *
 * Unproven, as no SQL Server was there to attach the files: whether it misses what is left out. That
 * is: system objects with negative ids, internal tables and queues of Service Broker and the query
 * store, statistics, XML schema components, fields of the boot page of unknown meaning. Also the place
 * of columns in nonclustered indexes with included columns, references of objects in other filegroups,
 * and the order of text keys with other characters than letters and digits.
 *
 * Not offered: formats of other versions; partitioned tables and indexes, indexed views, columnstore,
 * XML, spatial and full-text indexes, memory-optimized tables, filestream, encryption; column sets,
 * sparse values outside of their row, forwarded rows in compressed heaps, keys of sql_variant; torn-page
 * bits; synonyms, sequences, table types, rules, permissions; a log with changes still to be undone.
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
