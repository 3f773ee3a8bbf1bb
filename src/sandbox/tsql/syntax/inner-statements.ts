import type { Statement } from './ast.ts'

/** The statements directly inside one that controls others; none for all others. */
export function innerStatements(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'if':
      return statement.otherwise === undefined
        ? [statement.then]
        : [statement.then, statement.otherwise]
    case 'while':
      return [statement.body]
    case 'block':
      return statement.statements
    case 'try':
      return [...statement.body, ...statement.catch]
    default:
      return []
  }
}
