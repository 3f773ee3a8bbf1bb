/**
 * Leaf tools every room may use: the error catalogue, keyed locks, state machines, ids, the clock,
 * atomic files and the log. Imports no other room.
 *
 * @module
 */
export { syncFolder, writeFileAtomic } from './atomic-file.ts'
export { type Clock, systemClock } from './clock.ts'
export { ERROR_KINDS, ERRORS, type ErrorCode, type ErrorKind } from './error-catalogue.ts'
export { createId, createPassword, shortId } from './ids.ts'
export { KeyedLock, type LockMode } from './keyed-lock.ts'
export { createLogger, LOG_LEVELS, type Logger, type LogLevel, redactSecrets } from './logger.ts'
export {
  assertNever,
  PlatformError,
  type PlatformErrorOptions,
  systemErrorCode,
  toPlatformError,
} from './platform-error.ts'
export { defineStateMachine, type StateMachine } from './state-machine.ts'
