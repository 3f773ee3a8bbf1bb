import { SqlVariant } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { argument, type EngineProcedure, requiredText } from './engine-procedure.ts'

const PROCEDURE = 'sp_set_session_context'

/** sp_set_session_context @key, @value, @read_only: what SESSION_CONTEXT answers. @throws SqlError 201, 15664 */
const setSessionContext: EngineProcedure = async (args, { session }) => {
  const key = requiredText(args, { name: 'key', position: 0, procedure: PROCEDURE })
  const { context } = session.state
  if (context.get(key)?.isReadOnly === true) {
    throw new SqlError(
      15_664,
      `Cannot set key '${key}' in the session context. The key has been set as read_only for this session.`,
      { procedure: PROCEDURE },
    )
  }
  const given = args.find(({ name }) => name.toLowerCase() === '@value') ?? args[1]
  const value = given?.value ?? null
  const isVariant = value === null || value instanceof SqlVariant || given === undefined
  context.set(key, {
    value: isVariant ? value : new SqlVariant(given.type, value),
    isReadOnly: Number(argument(args, 'read_only', 2) ?? 0) === 1,
  })
  return 0
}

/** Procedures that keep something for the session. */
export const CONTEXT_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_set_session_context: setSessionContext,
}
