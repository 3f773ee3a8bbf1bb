import type { AdministrationStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/** The engine carries it out and writes what it has to say. */
export async function executeAdministration(
  statement: AdministrationStatement,
  state: BatchState,
): Promise<Flow> {
  await state.host.administer(statement, state.out)
  state.host.session.rowCount = 0
  state.done()
  return 'next'
}
