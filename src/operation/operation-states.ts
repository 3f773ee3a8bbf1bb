import { defineStateMachine } from '../base/index.ts'
import type { OperationRecord } from '../catalog/index.ts'

/** `running` again is another attempt, after a daemon that ended in the middle. */
export const operationStates = defineStateMachine({
  queued: ['running', 'cancelled'],
  running: ['running', 'succeeded', 'failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
})

/** Whether an operation has yet to end. */
export function isUnfinished(operation: OperationRecord): boolean {
  return operation.status === 'queued' || operation.status === 'running'
}
