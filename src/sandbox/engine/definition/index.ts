/**
 * CREATE, ALTER and DROP in databases that are kept in memory. Every change of a catalog is written to the
 * session's transaction, so that a statement that fails half-way leaves nothing behind.
 *
 * @module
 */
export { define } from './define.ts'
export type { DefinitionContext } from './definition-context.ts'
export { userTypeInfo } from './resolve-type.ts'
export { tableVariable } from './table-variable.ts'
