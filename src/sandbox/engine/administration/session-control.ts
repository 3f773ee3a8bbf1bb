import { SqlError } from '../../sql-error.ts'
import type { AdministrationStatement } from '../../tsql/index.ts'
import { inform } from '../messages.ts'
import type { AdministrationContext } from './administer.ts'

const LAST_SYSTEM_SPID = 50

/** KILL. */
export function killSession(
  { spid }: Extract<AdministrationStatement, { kind: 'kill' }>,
  { instance, session }: AdministrationContext,
): void {
  if (spid === session.spid) throw new SqlError(6104, 'Cannot use KILL to kill your own process.')
  if (spid <= LAST_SYSTEM_SPID)
    throw new SqlError(6107, 'Only user processes can be killed.', { severity: 14 })
  const victim = instance.sessions.get(spid)
  if (victim === undefined) {
    throw new SqlError(6106, `Process ID ${spid} is not an active process ID.`, { state: 2 })
  }
  victim.kill()
  const { hostName } = session.state
  const { clientProcessId } = session.state.origin
  instance.log.write(
    `spid${session.spid}`,
    `Process ID ${spid} was killed by hostname ${hostName}, host process ID ${clientProcessId}.`,
  )
}

/** SHUTDOWN: the process ends as it does for SIGTERM, once this statement has been answered. */
export function shutDown({ instance, session, out }: AdministrationContext): void {
  const { loginName } = session.state
  inform(out, 6006, `Server shut down by request from login ${loginName}.`, 10)
  instance.log.write(`spid${session.spid}`, `Server shut down by request from login ${loginName}.`)
  setImmediate(instance.requestShutdown)
}
