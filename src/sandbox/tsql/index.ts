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
export type {
  ExecutionHost,
  HostProcedure,
  ObjectInfo,
  ProcedureArgument,
  SessionState,
  SourceColumn,
  TableSource,
  ViewSource,
} from './host.ts'
export {
  type AdministrationStatement,
  type DatabaseFileSpecification,
  type Expression,
  type ObjectName,
  type ParameterDeclaration,
  parseExpression,
  parseParameterList,
} from './syntax/index.ts'
export { convert, resolveTypeName } from './values/index.ts'
