import type { CallContext } from '../../functions/index.ts'
import type { MemoryGrant } from './memory.ts'
import type { TimeSlice } from './time-slice.ts'

/** One execution of a statement: what its operators and expressions share. */
export interface Run {
  readonly call: CallContext
  readonly memory: MemoryGrant
  readonly slice: TimeSlice
}
