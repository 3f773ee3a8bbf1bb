import type { CatalogDatabase } from './database.ts'
import { type ErrorRecord, formatError, parseError } from './error-record.ts'
import { number, optionalText, type Row, text, word } from './row.ts'

export const OPERATION_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type OperationStatus = (typeof OPERATION_STATUSES)[number]

export const STEP_STATUSES = ['pending', 'running', 'done', 'failed'] as const
export type StepStatus = (typeof STEP_STATUSES)[number]

/** What an operation works on. */
export interface OperationSubject {
  readonly kind: 'clone' | 'image'
  readonly id: string
  readonly name: string
}

/** User-visible long work. */
export interface OperationRecord {
  readonly id: string
  /** e.g. `clone.create`. */
  readonly type: string
  readonly status: OperationStatus
  /** Operations of one lane run one at a time, in the order they were submitted. */
  readonly laneKey: string
  readonly subject: OperationSubject
  /** 0 to 1. */
  readonly progress: number
  readonly createdAt: string
  readonly startedAt?: string
  readonly finishedAt?: string
  readonly steps: readonly StepRecord[]
  readonly error?: ErrorRecord
}

export interface StepRecord {
  readonly name: string
  readonly status: StepStatus
  readonly startedAt?: string
  readonly finishedAt?: string
}

const SUBJECT_KINDS = ['clone', 'image'] as const
const UNFINISHED = `status IN ('queued', 'running')`

export class OperationTable {
  readonly #database: CatalogDatabase

  constructor(database: CatalogDatabase) {
    this.#database = database
  }

  insert(operation: OperationRecord): void {
    const { id, type, status, laneKey, subject, createdAt } = operation
    this.#database.transaction(() => {
      this.#database
        .prepare(
          `INSERT INTO operations
             (id, type, status, lane_key, subject_kind, subject_id, subject_name, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, type, status, laneKey, subject.kind, subject.id, subject.name, createdAt)
      const insertStep = this.#database.prepare(
        'INSERT INTO operation_steps (operation_id, ordinal, name, status) VALUES (?, ?, ?, ?)',
      )
      for (const [ordinal, step] of operation.steps.entries()) {
        insertStep.run(id, ordinal, step.name, step.status)
      }
    })
  }

  /** A new attempt: running since `time`, every step pending again. */
  setRunning(id: string, time: string): void {
    this.#database.transaction(() => {
      this.#database
        .prepare(
          `UPDATE operations SET status = 'running', started_at = ?, progress = 0 WHERE id = ?`,
        )
        .run(time, id)
      this.#database
        .prepare(
          `UPDATE operation_steps SET status = 'pending', started_at = NULL, finished_at = NULL
           WHERE operation_id = ?`,
        )
        .run(id)
    })
  }

  setStepRunning(id: string, name: string, time: string): void {
    this.#database
      .prepare(
        `UPDATE operation_steps SET status = 'running', started_at = ?
         WHERE operation_id = ? AND name = ?`,
      )
      .run(time, id, name)
  }

  setStepEnded(id: string, name: string, end: { status: 'done' | 'failed'; time: string }): void {
    this.#database
      .prepare(
        `UPDATE operation_steps SET status = ?, finished_at = ? WHERE operation_id = ? AND name = ?`,
      )
      .run(end.status, end.time, id, name)
  }

  setProgress(id: string, progress: number): void {
    this.#database.prepare('UPDATE operations SET progress = ? WHERE id = ?').run(progress, id)
  }

  setEnded(
    id: string,
    end: {
      readonly status: 'succeeded' | 'failed' | 'cancelled'
      readonly time: string
      readonly error?: ErrorRecord
    },
  ): void {
    this.#database
      .prepare(
        `UPDATE operations SET status = ?, finished_at = ?, error = ?, progress = ifnull(?, progress)
         WHERE id = ?`,
      )
      .run(end.status, end.time, formatError(end.error), end.status === 'succeeded' ? 1 : null, id)
  }

  /** Forgets the oldest finished operations but `keep`. */
  prune(keep: number): void {
    this.#database
      .prepare(
        `DELETE FROM operations WHERE NOT ${UNFINISHED} AND sequence <= (
           SELECT sequence FROM operations WHERE NOT ${UNFINISHED}
           ORDER BY sequence DESC LIMIT 1 OFFSET ?)`,
      )
      .run(keep)
  }

  find(id: string): OperationRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM operations WHERE id = ?').get(id)
    return row === undefined ? undefined : this.#record(row)
  }

  /** Newest first. */
  list(): OperationRecord[] {
    const rows = this.#database.prepare('SELECT * FROM operations ORDER BY sequence DESC').all()
    return rows.map((row) => this.#record(row))
  }

  /** Those that were queued or running, in the order they were submitted. */
  listUnfinished(): OperationRecord[] {
    return this.#database
      .prepare(`SELECT * FROM operations WHERE ${UNFINISHED} ORDER BY sequence`)
      .all()
      .map((row) => this.#record(row))
  }

  unfinishedOfSubject(subjectId: string): OperationRecord[] {
    return this.#database
      .prepare(`SELECT * FROM operations WHERE subject_id = ? AND ${UNFINISHED} ORDER BY sequence`)
      .all(subjectId)
      .map((row) => this.#record(row))
  }

  #record(row: Row): OperationRecord {
    const id = text(row, 'id')
    const error = optionalText(row, 'error')
    const steps = this.#database
      .prepare('SELECT * FROM operation_steps WHERE operation_id = ? ORDER BY ordinal')
      .all(id)
    return {
      id,
      type: text(row, 'type'),
      status: word(row, 'status', OPERATION_STATUSES),
      laneKey: text(row, 'lane_key'),
      subject: {
        kind: word(row, 'subject_kind', SUBJECT_KINDS),
        id: text(row, 'subject_id'),
        name: text(row, 'subject_name'),
      },
      progress: number(row, 'progress'),
      createdAt: text(row, 'created_at'),
      ...times(row),
      steps: steps.map((step) => ({
        name: text(step, 'name'),
        status: word(step, 'status', STEP_STATUSES),
        ...times(step),
      })),
      ...(error === undefined ? {} : { error: parseError(error) }),
    }
  }
}

function times(row: Row): { readonly startedAt?: string; readonly finishedAt?: string } {
  const startedAt = optionalText(row, 'started_at')
  const finishedAt = optionalText(row, 'finished_at')
  return {
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
  }
}
