/**
 * Cursors: a query's result kept open, and a place in it.
 *
 * Decision: a cursor is live, with rows read again when they are fetched, when each of its rows is one row of
 * one table that can be changed. Any other result is copied when the cursor is opened, as SQL Server does
 * when a cursor cannot be of the kind that was asked for.
 *
 * @module
 */
export { Cursor, type CursorSettings, type FetchResult, type FetchStatus } from './cursor.ts'
export { CursorNames } from './cursor-names.ts'
export { type CursorModel, type CursorOptions, cursorSettings } from './cursor-settings.ts'
export type { FetchDirection, FetchPlace } from './place.ts'
export { forgetCursors, sessionCursors } from './session-cursors.ts'
