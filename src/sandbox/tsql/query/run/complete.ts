import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Tick } from './row.ts'
import type { Run } from './run.ts'

/** The client asked to stop (attention) or is gone; not an error to report. */
export class StatementCancelled extends Error {
  static {
    StatementCancelled.prototype.name = 'StatementCancelled'
  }
}

/** Lets the event loop run when the time slice is used up. @throws StatementCancelled */
export async function pause({ slice }: Pick<Run, 'slice'>, signal: AbortSignal): Promise<void> {
  await nextTurn()
  throwIfCancelled(signal)
  slice.renew()
}

export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new StatementCancelled('the statement was cancelled')
}

/** Runs work to its end, giving other sessions their turn between ticks. */
export async function complete<Result>(
  work: Generator<Tick, Result>,
  run: Pick<Run, 'slice'>,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (run.slice.expired) await pause(run, signal)
  }
}
