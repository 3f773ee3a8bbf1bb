import {
  type GotoStatement,
  innerStatements,
  type LabelStatement,
  labelKey,
  type Statement,
} from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/** The statements around look for the label, and enter what it is in. */
export function executeGoto({ label }: GotoStatement, state: BatchState): Flow {
  state.wantedLabel = labelKey(label)
  return 'goto'
}

export function executeLabel({ name }: LabelStatement, state: BatchState): Flow {
  if (state.wantedLabel === labelKey(name)) state.wantedLabel = undefined
  return 'next'
}

/** Which of the statements is the wanted label or has it inside; -1 when none. */
export function placeOfLabel(
  statements: readonly Statement[],
  { wantedLabel }: BatchState,
): number {
  if (wantedLabel === undefined) return -1
  return statements.findIndex((statement) => hasLabel(statement, wantedLabel))
}

export function hasLabel(statement: Statement, key: string): boolean {
  if (statement.kind === 'label') return labelKey(statement.name) === key
  return innerStatements(statement).some((inner) => hasLabel(inner, key))
}
