import { PlatformError } from './platform-error.ts'

export interface StateMachine<State extends string> {
  readonly states: readonly State[]
  can(from: State, to: State): boolean
  /** @throws PlatformError INVALID_STATE_TRANSITION when `subject` may not go from `from` to `to`. */
  assert(from: State, to: State, subject: string): void
}

/** A state machine from its transition table; the table is the documentation. */
export function defineStateMachine<const State extends string>(
  table: {
    readonly [From in State]: readonly NoInfer<State>[]
  },
): StateMachine<State> {
  const can = (from: State, to: State): boolean => table[from].includes(to)
  return {
    states: Object.keys(table) as State[], // the keys of the table are State by its type
    can,
    assert(from, to, subject) {
      if (can(from, to)) return
      throw new PlatformError('INVALID_STATE_TRANSITION', `${subject} is ${from}, cannot be ${to}`)
    },
  }
}
