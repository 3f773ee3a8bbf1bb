import { SqlError } from '../../sql-error.ts'
import type { RpcParameter } from '../../tds/index.ts'
import type { BatchParameter, ExecutionHost } from '../../tsql/index.ts'

/** A declared parameter with the value that was sent for it. */
export interface BoundParameter {
  readonly parameter: BatchParameter
  /** Position in the request, for its RETURNVALUE. */
  readonly ordinal: number
  /** The client wants its final value. */
  readonly isOutput: boolean
}

/**
 * Gives each declared parameter the value sent under its name, or at its position. Without `sent`,
 * all are NULL: the statement is only described.
 *
 * @throws SqlError 8178 (a value is missing), 8144 (too many), 8145 (an unknown name)
 */
export async function bindParameters(
  declarations: string,
  sent: { readonly values: readonly RpcParameter[]; readonly firstOrdinal: number } | undefined,
  host: ExecutionHost,
): Promise<readonly BoundParameter[]> {
  if (declarations.trim() === '') return []
  const { convert, parseParameterList, resolveTypeName } = await import('../../tsql/index.ts')
  const { collationId } = host.session
  const declared = parseParameterList(declarations).map(({ name, type, isOutput }) => ({
    name,
    isOutput,
    type: resolveTypeName(type, collationId),
  }))
  refuseStrays(declared, sent?.values ?? [], declarations)
  return declared.map(({ name, type, isOutput }, index) => {
    const position = positionOf(name, index, sent?.values ?? [])
    const value = sent?.values[position]
    if (sent !== undefined && value === undefined) throw missingParameter(name, declarations)
    return {
      parameter: {
        name,
        type,
        value: value === undefined ? null : convert(value.value, value.type, type),
      },
      ordinal: (sent?.firstOrdinal ?? 0) + position,
      isOutput: isOutput && value?.isOutput === true,
    }
  })
}

function positionOf(name: string, index: number, values: readonly RpcParameter[]): number {
  const named = values.findIndex((value) => sameName(value.name, name))
  if (named >= 0) return named
  return values[index]?.name === '' ? index : -1
}

function refuseStrays(
  declared: readonly { readonly name: string }[],
  values: readonly RpcParameter[],
  declarations: string,
): void {
  if (values.length > declared.length) {
    throw new SqlError(8144, 'Procedure or function  has too many arguments specified.', {
      state: 2,
    })
  }
  const stray = values.find(
    (value) => value.name !== '' && !declared.some(({ name }) => sameName(name, value.name)),
  )
  if (stray === undefined) return
  throw new SqlError(8145, `${stray.name} is not a parameter for procedure (${declarations}).`)
}

function missingParameter(name: string, declarations: string): SqlError {
  return new SqlError(
    8178,
    `The parameterized query '(${declarations})' expects the parameter '${name}', which was not supplied.`,
  )
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
