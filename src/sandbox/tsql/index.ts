/**
 * T-SQL: text to results. The engine implements `ExecutionHost`, hands it to `runBatch` and finds the
 * answer in its `ResultSink`.
 *
 * @module
 */
export {
  type BatchOptions,
  type BatchParameter,
  type BatchResult,
  type BatchTableParameter,
  type CallArgument,
  describeBatch,
  type FetchedRow,
  type ProcedureResult,
  runBatch,
  runBulkLoad,
  runProcedure,
  ServerCursor,
  type ServerCursorOptions,
} from './batch/index.ts'
export { type CursorModel, type FetchPlace, forgetCursors } from './cursor/index.ts'
export { expressionText, type RowValue, rowCondition, rowValue } from './definition/index.ts'
export type {
  ExecutionHost,
  FilegroupInfo,
  FileInfo,
  ForeignKeyRule,
  HostProcedure,
  IndexRead,
  LocatedRow,
  MetadataSource,
  ModuleSource,
  ObjectInfo,
  ProcedureArgument,
  RowChange,
  SessionState,
  SourceColumn,
  SourceIndex,
  SourceIndexKey,
  StatementScope,
  SystemTableFunction,
  TableLock,
  TableLocks,
  TableSource,
  TableWriter,
  TransactionControl,
  UserTypeInfo,
  ViewSource,
} from './host.ts'
export { declaredTypeOrTable, estimatedRowBytes, isHeapFull, type RowTable } from './query/index.ts'
export {
  type AdministrationStatement,
  type AlterIndexStatement,
  type AlterTableStatement,
  type ColumnDefinition,
  type ConstraintDefinition,
  type CreateIndexStatement,
  type CreateSchemaStatement,
  type CreateSequenceStatement,
  type CreateSynonymStatement,
  type CreateTableStatement,
  type CreateTypeStatement,
  type DatabaseFileSpecification,
  type DefinitionStatement,
  type DropIndexStatement,
  type DropObjectStatement,
  type Expression,
  type IndexColumn as WrittenIndexColumn,
  type InlineIndex,
  type InsertBulkStatement,
  type ModuleDefinition,
  type ModuleParameter,
  type ModuleStatement,
  type ObjectName,
  type ParameterDeclaration,
  parseExpression,
  parseModule,
  parseParameterList,
  type ReferentialAction,
  type TableElement,
  type TypeName,
} from './syntax/index.ts'
export { compareValues, convert, formatValue, resolveTypeName } from './values/index.ts'
