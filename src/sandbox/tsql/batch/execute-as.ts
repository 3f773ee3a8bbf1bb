import { SqlError } from '../../sql-error.ts'
import type { ExecuteAsStatement } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'
import type { Flow } from './execute-statements.ts'

/**
 * EXECUTE AS: every login is a member of sysadmin and dbo in every database, so that there is nobody else to
 * be, and REVERT has nothing to undo.
 * @throws SqlError 15517 (another user), 15406 (another login)
 */
export function executeAs({ principal, name, line }: ExecuteAsStatement, state: BatchState): Flow {
  const written = name.startsWith('@') ? `${state.findVariable(name)?.value ?? ''}` : name
  const { loginName } = state.host.session
  const own = principal === 'user' ? ['dbo'] : ['sa', loginName.toLowerCase()]
  if (principal === 'caller' || own.includes(written.toLowerCase())) return 'next'
  const kind = principal === 'user' ? 'database' : 'server'
  throw new SqlError(
    principal === 'user' ? 15_517 : 15_406,
    `Cannot execute as the ${kind} principal because the principal "${written}" does not exist, this type of principal cannot be impersonated, or you do not have permission.`,
    { line },
  )
}
