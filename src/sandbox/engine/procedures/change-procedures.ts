import { rename } from '../definition/rename.ts'
import { inform } from '../messages.ts'
import { type EngineProcedure, requiredText, textArgument } from './engine-procedure.ts'

const PROCEDURE = 'sp_rename'
const CAUTION =
  'Caution: Changing any part of an object name could break scripts and stored procedures.'

const renameItem: EngineProcedure = async (args, { instance, session, database, out }) => {
  const required = { procedure: PROCEDURE }
  const name = requiredText(args, { name: 'objname', position: 0, ...required })
  const newName = requiredText(args, { name: 'newname', position: 1, ...required })
  const itemType = textArgument(args, 'objtype', 2) ?? ''
  const memory = instance.memoryDatabase(database.name)
  const { transaction } = session
  const scope = transaction.openStatement()
  try {
    rename({ database: memory, name, newName, itemType, log: transaction })
    scope.complete()
  } catch (error) {
    scope.undo()
    throw error
  }
  inform(out, 15477, CAUTION)
  return 0
}

/** Procedures that change what is in a database. */
export const CHANGE_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_rename: renameItem,
}
