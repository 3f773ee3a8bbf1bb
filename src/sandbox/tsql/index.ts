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
  describeBatch,
  runBatch,
} from './batch/index.ts'
export { type RowValue, rowCondition, rowValue } from './definition/index.ts'
export type {
  ExecutionHost,
  ForeignKeyRule,
  HostProcedure,
  LocatedRow,
  ModuleSource,
  ObjectInfo,
  ProcedureArgument,
  RowChange,
  SessionState,
  SourceColumn,
  StatementScope,
  TableSource,
  TableWriter,
  TransactionControl,
  ViewSource,
} from './host.ts'
export {
  type AdministrationStatement,
  type DatabaseFileSpecification,
  type DefinitionStatement,
  type Expression,
  type ObjectName,
  type ParameterDeclaration,
  parseExpression,
  parseParameterList,
  type TableElement,
} from './syntax/index.ts'
export { compareValues, convert, formatValue, resolveTypeName } from './values/index.ts'
