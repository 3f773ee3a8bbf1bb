/**
 * The TDS server: packets, PRELOGIN and TLS, LOGIN7, batches, remote procedure calls and the token
 * stream of their answers. Knows nothing of SQL; the engine behind it is a `TdsBackend`.
 *
 * @module
 */
export {
  type BulkLoad,
  type ColumnOrigins,
  DONE_COMMANDS,
  type DoneOptions,
  type EnvironmentChange,
  type LoginRequest,
  type ResultColumn,
  type ResultSink,
  type RpcCall,
  type RpcParameter,
  type TableParameter,
  type TableParameterColumn,
  type TdsBackend,
  type TdsConnection,
  type TdsSession,
  type TransactionRequest,
} from './backend.ts'
export { createSelfSignedCertificate, type ServerCertificate } from './certificate.ts'
export { createTdsServer, type TdsServer, type TdsServerOptions } from './server.ts'
