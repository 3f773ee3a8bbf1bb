/**
 * Expressions that catalogs keep as text, over the rows of a table.
 *
 * @module
 */
export { expressionText } from './expression-text.ts'
export { type RowValue, rowCondition, rowValue } from './row-expression.ts'
