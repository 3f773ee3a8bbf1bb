import type { SqlValue } from '../../../../mdf/index.ts'

/** Values in the order of the operator's `columns`. Never changed once it was handed on. */
export type Row = readonly SqlValue[]

/**
 * Yielded between rows by operators that worked a while: lets the driver look at the clock, give the
 * event loop its turn and notice an attention.
 */
export const TICK = Symbol('tick')
export type Tick = typeof TICK

export type RowStream = Generator<Row | Tick, void>

/** Inner loops yield a tick after this many steps without a row. */
export const STEPS_PER_TICK = 512

/** The row of a query without FROM. */
export const NO_VALUES: Row = []
