/**
 * Changing rows: whole rows made of what statements give, constraints checked, foreign keys followed.
 *
 * @module
 */
export { applyChanges, type PlannedChange } from './apply-changes.ts'
export { type ChangeVerb, IDENTITY_TYPE, RowMaker, type WritableTable } from './row-maker.ts'
