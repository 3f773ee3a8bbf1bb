import { SqlError } from '../../../sql-error.ts'
import type { Expression, ModuleParameter } from '../../syntax/index.ts'
import { bindExpression } from '../bind/bind-expression.ts'
import { convertTo } from '../bind/conversion.ts'
import { declaredType } from '../bind/declared-type.ts'
import type { Environment } from '../bind/environment.ts'
import type { Bound } from '../plan/bound.ts'

/**
 * The arguments of a call as values of the function's parameters; DEFAULT takes the parameter's own.
 * @throws SqlError 313 (too few), 8144 (too many)
 */
export function bindArguments(
  written: string,
  parameters: readonly ModuleParameter[],
  call: { readonly arguments: readonly Expression[]; readonly environment: Environment },
): readonly Bound[] {
  const { environment } = call
  if (call.arguments.length > parameters.length) {
    throw new SqlError(8144, `Procedure or function ${written} has too many arguments specified.`, {
      state: 3,
    })
  }
  return parameters.map((parameter, position) => {
    const argument = call.arguments[position]
    if (argument === undefined) throw tooFew(written)
    const isDefault = argument.kind === 'literal' && argument.literalType === 'default'
    const expression = isDefault ? parameter.initial : argument
    if (expression === undefined) throw tooFew(written)
    const type = declaredType(parameter.type, environment.statement.host)
    return convertTo(bindExpression(expression, environment), type, environment.statement)
  })
}

function tooFew(written: string): SqlError {
  return new SqlError(
    313,
    `An insufficient number of arguments were supplied for the procedure or function ${written}.`,
    { state: 3 },
  )
}
