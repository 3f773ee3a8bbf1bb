import { SqlError } from '../../sql-error.ts'
import type { ProcedureArgument } from '../host.ts'
import type { ModuleParameter } from '../syntax/index.ts'

/**
 * Which argument each parameter of a procedure gets; undefined takes its default.
 * @throws SqlError 8143 (given twice), 8144 (too many), 8145 (no such parameter), 8146 (none at all)
 */
export function matchArguments<Argument extends Pick<ProcedureArgument, 'name'>>(
  procedure: string,
  parameters: readonly ModuleParameter[],
  args: readonly Argument[],
): ReadonlyMap<ModuleParameter, Argument> {
  if (parameters.length === 0 && args.length > 0) {
    throw failure(
      8146,
      `Procedure ${procedure} has no parameters and arguments were supplied.`,
      procedure,
    )
  }
  const matched = new Map<ModuleParameter, Argument>()
  for (const [position, argument] of args.entries()) {
    const parameter =
      argument.name === ''
        ? parameters[position]
        : parameters.find(({ name }) => name.toLowerCase() === argument.name.toLowerCase())
    if (parameter === undefined) throw noParameter(procedure, argument.name)
    if (matched.has(parameter)) {
      throw failure(8143, `Parameter '${parameter.name}' was supplied multiple times.`, procedure)
    }
    matched.set(parameter, argument)
  }
  return matched
}

function noParameter(procedure: string, name: string): SqlError {
  return name === ''
    ? failure(
        8144,
        `Procedure or function ${procedure} has too many arguments specified.`,
        procedure,
        2,
      )
    : failure(8145, `${name} is not a parameter for procedure ${procedure}.`, procedure)
}

/** 201: neither an argument nor a default. */
export function notSupplied(procedure: string, parameter: string): SqlError {
  return failure(
    201,
    `Procedure or function '${procedure}' expects parameter '${parameter}', which was not supplied.`,
    procedure,
    4,
  )
}

/** 8162: OUTPUT was written for a parameter that gives nothing back. */
export function notAnOutput(procedure: string, parameter: string): SqlError {
  return failure(
    8162,
    `The formal parameter "${parameter}" was not declared as an OUTPUT parameter, but the actual parameter passed in requested output.`,
    procedure,
    2,
  )
}

function failure(number: number, message: string, procedure: string, state = 1): SqlError {
  return new SqlError(number, message, { state, procedure, line: 0 })
}
