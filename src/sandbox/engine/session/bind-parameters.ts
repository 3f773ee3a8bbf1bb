import { SqlError } from '../../sql-error.ts'
import type { RpcParameter } from '../../tds/index.ts'
import type {
  BatchParameter,
  BatchTableParameter,
  ExecutionHost,
  ParameterDeclaration,
} from '../../tsql/index.ts'

/** A declared parameter with the value that was sent for it. */
export interface BoundParameter {
  readonly parameter: BatchParameter
  /** Position in the request, for its RETURNVALUE. */
  readonly ordinal: number
  /** The client wants its final value. */
  readonly isOutput: boolean
}

export interface BoundParameters {
  readonly scalars: readonly BoundParameter[]
  readonly tables: readonly BatchTableParameter[]
}

/** The values of a call, and the position in the request of the first one. */
export interface SentValues {
  readonly values: readonly RpcParameter[]
  readonly firstOrdinal: number
}

/**
 * Gives each declared parameter the value sent under its name, or at its position. Without `sent`,
 * all are NULL: the statement is only described.
 *
 * @throws SqlError 206 (a table for a value, or the reverse), 8178 (a value is missing), 8144 (too many),
 * 8145 (an unknown name), 2715 (no such type)
 */
export async function bindParameters(
  declarations: string,
  sent: SentValues | undefined,
  host: ExecutionHost,
): Promise<BoundParameters> {
  const scalars: BoundParameter[] = []
  const tables: BatchTableParameter[] = []
  if (declarations.trim() === '') return { scalars, tables }
  const { convert, declaredTypeOrTable, parseParameterList } = await import('../../tsql/index.ts')
  const declared = parseParameterList(declarations).map((declaration) => ({
    declaration,
    type: declaredTypeOrTable(declaration.type, host),
  }))
  refuseStrays(declared, sent?.values ?? [], declarations)
  for (const [index, { declaration, type }] of declared.entries()) {
    const { name, isOutput } = declaration
    const position = positionOf(name, index, sent?.values ?? [])
    const value = sent?.values[position]
    if (type === 'table') {
      tables.push(tableParameter(declaration, value))
      continue
    }
    if (sent !== undefined && value === undefined) throw missingParameter(name, declarations)
    if (value?.table !== undefined) throw operandClash('table', type.name)
    scalars.push({
      parameter: {
        name,
        type,
        value: value === undefined ? null : convert(value.value, value.type, type),
      },
      ordinal: (sent?.firstOrdinal ?? 0) + position,
      isOutput: isOutput && value?.isOutput === true,
    })
  }
  return { scalars, tables }
}

/** A table that was left out is empty. */
function tableParameter(
  { name, type, isReadOnly }: ParameterDeclaration,
  sent: RpcParameter | undefined,
): BatchTableParameter {
  if (sent !== undefined && sent.table === undefined && !sent.isDefault) {
    throw operandClash(sent.type.name, type.name)
  }
  return { name, type, isReadOnly, sent: sent?.table }
}

function operandClash(from: string, to: string): SqlError {
  return new SqlError(206, `Operand type clash: ${from} is incompatible with ${to}`, { state: 2 })
}

function positionOf(name: string, index: number, values: readonly RpcParameter[]): number {
  const named = values.findIndex((value) => sameName(value.name, name))
  if (named >= 0) return named
  return values[index]?.name === '' ? index : -1
}

function refuseStrays(
  declared: readonly { readonly declaration: ParameterDeclaration }[],
  values: readonly RpcParameter[],
  declarations: string,
): void {
  if (values.length > declared.length) {
    throw new SqlError(8144, 'Procedure or function  has too many arguments specified.', {
      state: 2,
    })
  }
  const stray = values.find(
    (value) =>
      value.name !== '' &&
      !declared.some(({ declaration }) => sameName(declaration.name, value.name)),
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
