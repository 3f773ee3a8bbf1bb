import type { ResultSink } from '../../tds/index.ts'
import type { AdministrationStatement } from '../../tsql/index.ts'
import type { Instance } from '../instance/instance.ts'
import type { Session } from '../session/session.ts'
import { alterDatabase } from './alter-database.ts'
import { alterLogin } from './alter-login.ts'
import { createDatabase } from './create-database.ts'
import { runDbcc } from './dbcc.ts'
import { dropDatabases } from './drop-database.ts'
import { killSession, shutDown } from './session-control.ts'

/** Who executes an administration statement, and where its messages go. */
export interface AdministrationContext {
  readonly instance: Instance
  readonly session: Session
  readonly out: ResultSink
}

/** Carries out a statement on the instance. @throws SqlError as SQL Server */
export async function administer(
  statement: AdministrationStatement,
  context: AdministrationContext,
): Promise<void> {
  switch (statement.kind) {
    case 'create-database':
      return createDatabase(statement, context)
    case 'drop-database':
      return dropDatabases(statement, context)
    case 'alter-database':
      return alterDatabase(statement, context)
    case 'alter-login':
      return alterLogin(statement, context)
    case 'kill':
      return killSession(statement, context)
    case 'shutdown':
      return shutDown(context)
    case 'dbcc':
      return runDbcc(statement, context)
    case 'checkpoint': // there is nothing that has not been written
    case 'reconfigure':
      return
  }
}
