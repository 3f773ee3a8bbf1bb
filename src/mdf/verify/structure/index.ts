/**
 * The structural half of verifying a database: trees, heaps, rows, large values, and index rows
 * against the rows they stand for.
 *
 * @module
 */
export { verifyStructures } from './verify-structures.ts'
