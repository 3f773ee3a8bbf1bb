import type { HostProcedure, ObjectName } from '../../tsql/index.ts'
import type { ViewContext } from '../catalog/catalog-view.ts'
import { CATALOG_PROCEDURES } from './catalog-procedures.ts'
import { CHANGE_PROCEDURES } from './change-procedures.ts'
import { CONTEXT_PROCEDURES } from './context-procedures.ts'
import { DESCRIBE_PROCEDURES } from './describe-result.ts'
import type { EngineProcedure } from './engine-procedure.ts'
import { HELP_PROCEDURES } from './help-procedures.ts'
import { HELP_TABLE_PROCEDURES } from './help-table-procedures.ts'
import { LOCK_PROCEDURES } from './lock-procedures.ts'
import { PROPERTY_PROCEDURES } from './property-procedures.ts'
import { SERVER_PROCEDURES } from './server-procedures.ts'

const PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  ...SERVER_PROCEDURES,
  ...HELP_PROCEDURES,
  ...HELP_TABLE_PROCEDURES,
  ...PROPERTY_PROCEDURES,
  ...CATALOG_PROCEDURES,
  ...DESCRIBE_PROCEDURES,
  ...CHANGE_PROCEDURES,
  ...CONTEXT_PROCEDURES,
  ...LOCK_PROCEDURES,
}
/** Schemas a system procedure is found under. */
const SCHEMAS = new Set(['', 'sys', 'dbo'])

/** A system procedure by its name in any case, bound to the context it runs in. */
export function findProcedure(name: ObjectName, context: ViewContext): HostProcedure | undefined {
  if (!SCHEMAS.has(name.schema.toLowerCase())) return undefined
  const procedure = PROCEDURES[name.name.toLowerCase()]
  if (procedure === undefined) return undefined
  return (args, out, signal) => procedure(args, { ...context, out, signal })
}
