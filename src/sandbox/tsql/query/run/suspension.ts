import type { Tick } from './row.ts'
import type { Run } from './run.ts'

/** Work that leaves its result where a second evaluation finds it. */
export type PendingWork = Generator<Tick, void>

/**
 * Thrown out of an expression when the subquery it runs used up the time slice. Expressions are plain
 * functions and can't pause; the operator around them can, so it finishes `work` between ticks and
 * evaluates the expression again, which then finds the subquery's result remembered.
 */
class Suspension {
  readonly work: PendingWork

  constructor(work: PendingWork) {
    this.work = work
  }
}

/** Runs a subquery inside an expression; suspends when it takes long. */
export function runOrSuspend(work: PendingWork, run: Run): void {
  while (work.next().done !== true) {
    if (run.slice.expired) throw new Suspension(work)
  }
}

/** Evaluates an expression that may suspend, passing ticks on while its subqueries run. */
export function* resumable<T>(evaluate: () => T): Generator<Tick, T> {
  for (;;) {
    let pending: PendingWork
    try {
      return evaluate()
    } catch (thrown) {
      if (!(thrown instanceof Suspension)) throw thrown
      pending = thrown.work
    }
    yield* pending
  }
}

/** Evaluates an expression where no tick can be passed on: its subqueries keep the event loop. */
export function settled<T>(evaluate: () => T): T {
  const evaluation = resumable(evaluate)
  for (;;) {
    const step = evaluation.next()
    if (step.done === true) return step.value
  }
}
