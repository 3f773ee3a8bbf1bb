/**
 * Rows as text: CSV (RFC 4180) and JSON Lines. Values are exact: nothing is rounded, and a number that
 * a reader of JSON could round is text there.
 *
 * @module
 */
export { csvHeader, csvRowWriter } from './csv.ts'
export { jsonRowWriter } from './json-lines.ts'
export { type ExportColumn, type RowWriter, textChunks } from './row-writer.ts'
export { valueText } from './value-text.ts'
