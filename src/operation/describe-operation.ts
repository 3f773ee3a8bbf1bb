import type { OperationRecord } from '../catalog/index.ts'

/** An operation as users see it. */
export function describeOperation(operation: OperationRecord) {
  const { id, type, status, subject, progress, createdAt, startedAt, finishedAt } = operation
  return {
    id,
    type,
    status,
    subject,
    progress,
    createdAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    steps: operation.steps,
    ...(operation.error !== undefined && { error: operation.error }),
  }
}
