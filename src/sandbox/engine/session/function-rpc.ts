import { SqlError } from '../../sql-error.ts'
import type { ResultSink, RpcCall, RpcParameter } from '../../tds/index.ts'
import type { ModuleParameter, ModuleSource } from '../../tsql/index.ts'
import type { RpcContext } from './rpc-arguments.ts'

/**
 * A client calls a scalar function as it calls procedures: its result comes back as a value of its own.
 * @throws SqlError 8144 (too many arguments)
 */
export async function callFunction(
  source: ModuleSource,
  { parameters: sent }: RpcCall,
  out: ResultSink,
  { host, signal, endRequest }: RpcContext,
): Promise<void> {
  const { declaredTypeOrTable, parseModule, runBatch } = await import('../../tsql/index.ts')
  const { body, parameters } = parseModule(source.text, source)
  const type = body.kind === 'scalar-function' ? declaredTypeOrTable(body.returns, host) : 'table'
  if (type === 'table') throw new TypeError(`${source.name} is no scalar function`)
  if (sent.length > parameters.length) throw tooManyArguments(source)
  const given = parameters.map((parameter, index) => argumentFor(parameter, index, sent))
  const places = given.map((argument, index) => (argument === undefined ? 'DEFAULT' : `@${index}`))
  const { database, schema } = source
  const isElsewhere = database !== host.session.database
  const name = [...(isElsewhere ? [database] : []), schema, source.name].map(quoted).join('.')
  const { failed, isEnded, variables } = await runBatch(
    `SET @result = ${name}(${places.join(', ')})`,
    host,
    out,
    {
      parameters: [
        { name: '@result', type, value: null },
        ...given.flatMap((argument, index) =>
          argument === undefined
            ? []
            : [{ name: `@${index}`, type: argument.type, value: argument.value }],
        ),
      ],
      inProcedure: true,
      signal,
    },
  )
  if (isEnded) endRequest()
  if (!failed) out.returnValue(0, '', type, variables.get('@result') ?? null, 'function')
}

function argumentFor(
  { name }: ModuleParameter,
  index: number,
  sent: readonly RpcParameter[],
): RpcParameter | undefined {
  const named = sent.find((argument) => argument.name.toLowerCase() === name.toLowerCase())
  const positional = sent[index]?.name === '' ? sent[index] : undefined
  const found = named ?? positional
  return found?.isDefault === true ? undefined : found
}

function quoted(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}

function tooManyArguments({ name }: ModuleSource): SqlError {
  return new SqlError(8144, `Procedure or function ${name} has too many arguments specified.`, {
    state: 2,
    procedure: name,
  })
}
