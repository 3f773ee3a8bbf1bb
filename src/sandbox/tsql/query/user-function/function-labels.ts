import { innerStatements, labelKey, type Statement } from '../../syntax/index.ts'

/** Which of the statements is the label or has it inside; -1 when none, or no label is wanted. */
export function placeOfLabel(statements: readonly Statement[], wanted: string | undefined): number {
  return wanted === undefined
    ? -1
    : statements.findIndex((statement) => hasLabel(statement, wanted))
}

export function hasLabel(statement: Statement, wanted: string | undefined): boolean {
  if (statement.kind === 'label') return labelKey(statement.name) === wanted
  return innerStatements(statement).some((inner) => hasLabel(inner, wanted))
}
