import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { convert } from '../values/index.ts'
import type { ArgumentInfo, CallContext, ScalarFunction } from './contract.ts'

/** A call site: what was known when it was bound. */
export interface CallSite {
  readonly args: readonly ArgumentInfo[]
  readonly keyword: string
  readonly resultType: SqlType
}

export interface FunctionDefinition {
  /** Fewest and most arguments; one number for exactly that many. */
  readonly arguments: number | readonly [min: number, max: number]
  readonly takesKeyword?: boolean
  /** Default true. */
  readonly deterministic?: boolean
  /** Type each argument is converted to first; undefined keeps it as it is. The last one repeats. */
  readonly parameters?: readonly (SqlType | undefined)[]
  readonly result:
    | SqlType
    | ((args: readonly ArgumentInfo[], keyword: string, context: CallContext) => SqlType)
  /** By default any NULL argument gives NULL without a call; true leaves NULLs to `evaluate`. */
  readonly acceptsNull?: boolean
  evaluate(values: readonly SqlValue[], context: CallContext, site: CallSite): SqlValue
}

/** A scalar function whose arguments are checked for NULL and converted before it runs. */
export function defineFunction(definition: FunctionDefinition): ScalarFunction {
  const { result, parameters = [], acceptsNull = false } = definition
  const counts = definition.arguments
  const [minArguments, maxArguments] = typeof counts === 'number' ? [counts, counts] : counts
  return {
    minArguments,
    maxArguments,
    ...(definition.takesKeyword === true ? { takesKeyword: true } : {}),
    deterministic: definition.deterministic ?? true,
    resultType: (args, keyword, context) =>
      typeof result === 'function' ? result(args, keyword, context) : result,
    compile(args, keyword, resultType) {
      const site = { args, keyword, resultType }
      const converters = args.map((arg, i) =>
        converterTo(arg, i < parameters.length ? parameters[i] : parameters.at(-1)),
      )
      return (values, context) => {
        const converted: SqlValue[] = []
        for (const [i, value] of values.entries()) {
          if (value === null && !acceptsNull) return null
          const convertArgument = converters[i]
          converted.push(
            value === null || convertArgument === undefined ? value : convertArgument(value),
          )
        }
        return definition.evaluate(converted, context, site)
      }
    },
  }
}

function converterTo(
  { type }: ArgumentInfo,
  target: SqlType | undefined,
): ((value: SqlValue) => SqlValue) | undefined {
  if (target === undefined) return undefined
  const isSame =
    type.name === target.name && type.maxLength === target.maxLength && type.scale === target.scale
  return isSame ? undefined : (value) => convert(value, type, target)
}
