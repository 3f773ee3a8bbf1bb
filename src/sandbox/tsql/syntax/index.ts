/**
 * Text to syntax tree: `lex` makes tokens, `parse` makes the nodes of `ast.ts`.
 *
 * @module
 */
export type { AdministrationStatement, ObjectName } from './ast.ts'
