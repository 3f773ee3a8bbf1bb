/**
 * The HTTP edge: routes, validation, errors to status codes, event streams. Declares what it needs of
 * the daemon (`RestBackend`) and never imports it.
 *
 * @module
 */
export { createServer, type Server } from './create-server.ts'
export {
  type AcceptedClone,
  type AcceptedImage,
  type BackupSelection,
  CLONE_STATUSES,
  type Clone,
  type CreateCloneRequest,
  type CreateImageRequest,
  type Health,
  type ImageDetail,
  type ImageSummary,
  OPERATION_STATUSES,
  type Operation,
  type OperationError,
  type PlatformEvent,
  type RestBackend,
} from './rest/backend.ts'
