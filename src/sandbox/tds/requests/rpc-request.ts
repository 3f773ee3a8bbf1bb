import { SqlError } from '../../sql-error.ts'
import type { RpcCall, RpcParameter } from '../backend.ts'
import { ByteReader } from '../byte-reader.ts'
import type { Protocol } from '../protocol.ts'
import { packetError, type ValuePosition } from '../protocol-error.ts'
import { FIXED_TYPES } from '../types/facets.ts'
import { readParameterType } from '../types/parameter-type.ts'
import { readParameterValue } from '../types/parameter-value.ts'
import { readTableParameter } from '../types/table-parameter.ts'
import { WIRE_TYPES } from '../types/wire-type.ts'
import { skipAllHeaders } from './all-headers.ts'

/** Procedures that clients name by number, [MS-TDS] 2.2.6.6. */
const NUMBERED_PROCEDURES: Readonly<Record<number, string>> = {
  1: 'sp_cursor',
  2: 'sp_cursoropen',
  3: 'sp_cursorprepare',
  4: 'sp_cursorexecute',
  5: 'sp_cursorprepexec',
  6: 'sp_cursorunprepare',
  7: 'sp_cursorfetch',
  8: 'sp_cursoroption',
  9: 'sp_cursorclose',
  10: 'sp_executesql',
  11: 'sp_prepare',
  12: 'sp_execute',
  13: 'sp_prepexec',
  14: 'sp_prepexecrpc',
  15: 'sp_unprepare',
}

/** Length of a name that means: a number follows instead. */
const PROCEDURE_NUMBER_MARK = 0xffff
const PARAMETER_FLAGS = { byReference: 0x01, defaultValue: 0x02, encrypted: 0x08 } as const
const MAX_PARAMETERS = 2100

/** What ends one call of several in a request. */
const SEPARATORS = { before72: 0x80, batch: 0xff, noExecute: 0xfe } as const
const TDS_7_2 = 0x72

/**
 * RPCRequest, [MS-TDS] 2.2.6.6: one call or several, read one by one, as there may be very many.
 * @throws ProtocolError 4002, 8009, 8016, 8028 … when the bytes are not understood
 * @throws SqlError 701 (too large a table), 8003 (too many parameters), 40517 (a kind of parameter this server does
 * not have)
 */
export function* readRpcRequest(payload: Buffer, protocol: Protocol): Generator<RpcCall, void> {
  const input = new ByteReader(payload)
  skipAllHeaders(input, protocol)
  while (input.remaining > 0) yield readCall(input, protocol)
}

function readCall(input: ByteReader, protocol: Protocol): RpcCall {
  const procedure = readProcedure(input)
  input.u16() // recompile, leave metadata out, reuse metadata: all of them may be ignored
  const parameters: RpcParameter[] = []
  while (input.remaining > 0) {
    const nameLength = input.u8()
    if (isSeparator(nameLength, protocol)) break
    const name = input.ucs2(nameLength * 2)
    parameters.push(readParameter(input, { ordinal: parameters.length + 1, name }))
    if (parameters.length > MAX_PARAMETERS) throw tooManyParametersError()
  }
  return { procedure, parameters }
}

/** Parameter names have at most 128 characters, so a separator is never the length of one. */
function isSeparator(byte: number, protocol: Protocol): boolean {
  if (protocol.level < TDS_7_2) return byte === SEPARATORS.before72
  return byte === SEPARATORS.batch || byte === SEPARATORS.noExecute
}

function readProcedure(input: ByteReader): string {
  const length = input.u16()
  if (length !== PROCEDURE_NUMBER_MARK) return input.ucs2(length * 2)
  const number = input.u16()
  const name = NUMBERED_PROCEDURES[number]
  if (name === undefined) throw packetError(`There is no procedure number ${number}.`)
  return name
}

function readParameter(input: ByteReader, position: ValuePosition): RpcParameter {
  const flags = input.u8()
  if ((flags & PARAMETER_FLAGS.encrypted) !== 0) {
    throw new SqlError(40517, 'Encrypted parameters are not supported by this server.')
  }
  const base = {
    name: position.name,
    isOutput: (flags & PARAMETER_FLAGS.byReference) !== 0,
    isDefault: (flags & PARAMETER_FLAGS.defaultValue) !== 0,
  }
  if (input.peek() === WIRE_TYPES.tableValued) {
    return {
      ...base,
      type: FIXED_TYPES.int,
      value: null,
      table: readTableParameter(input, position),
    }
  }
  const parameterType = readParameterType(input, position)
  return {
    ...base,
    type: parameterType.type,
    value: readParameterValue(input, parameterType, position),
  }
}

function tooManyParametersError(): SqlError {
  return new SqlError(
    8003,
    `The incoming request has too many parameters. The server supports a maximum of ${MAX_PARAMETERS} parameters. Reduce the number of parameters and resend the request.`,
  )
}
