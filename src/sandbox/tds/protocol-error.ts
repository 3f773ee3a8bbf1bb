import { SqlError } from '../sql-error.ts'

const STREAM_INCORRECT = 'The incoming tabular data stream (TDS) protocol stream is incorrect.'
const RPC_INCORRECT =
  'The incoming tabular data stream (TDS) remote procedure call (RPC) protocol stream is incorrect.'
const CONTACT_VENDOR =
  'structurally invalid; the connection has been closed. Please contact the vendor of the client library.'

/** The bytes of a client break the protocol. The connection cannot be trusted any more: it ends. */
export class ProtocolError extends SqlError {}

/** 4002: a message is shorter than its own lengths say. */
export function streamEndedError(): ProtocolError {
  return new ProtocolError(4002, `${STREAM_INCORRECT} The stream ended unexpectedly.`, {
    severity: 16,
  })
}

/** 4004's kin: a packet header that no client sends. */
export function packetError(detail: string): ProtocolError {
  return new ProtocolError(4002, `${STREAM_INCORRECT} ${detail}`, { severity: 16 })
}

/** 17828: PRELOGIN cannot be read. */
export function preloginError(): ProtocolError {
  return new ProtocolError(
    17828,
    `The prelogin packet used to open the connection is ${CONTACT_VENDOR}`,
    {
      severity: 20,
    },
  )
}

/** 17832: LOGIN7 cannot be read. */
export function loginPacketError(): ProtocolError {
  return new ProtocolError(
    17832,
    `The login packet used to open the connection is ${CONTACT_VENDOR}`,
    {
      severity: 20,
    },
  )
}

/** Which value of a request is being read, for error texts. */
export interface ValuePosition {
  /** Of the parameter, 1-based. */
  readonly ordinal: number
  readonly name: string
  /** In a table-valued parameter: 1-based; row 0 is its metadata. */
  readonly cell?: { readonly row: number; readonly column: number }
}

/** 8009, in a table 8032: the type byte is none we know. */
export function unknownTypeError(position: ValuePosition, code: number): ProtocolError {
  const { number, where } = placed(position, { scalar: 8009, table: 8032 })
  return new ProtocolError(number, `${where}: Data type ${hex(code)} is unknown.`, {
    severity: 16,
    state: 4,
  })
}

/** 8016, in a table 8037: the type has a length that it cannot have. */
export function invalidTypeLengthError(position: ValuePosition, code: number): ProtocolError {
  const { number, where } = placed(position, { scalar: 8016, table: 8037 })
  return new ProtocolError(
    number,
    `${where}: Data type ${hex(code)} has an invalid data length or metadata length.`,
    { severity: 16 },
  )
}

/** 8028, in a table 8046: the value is not as long as its type says. */
export function invalidValueLengthError(position: ValuePosition, typeName: string): ProtocolError {
  const { number, where } = placed(position, { scalar: 8028, table: 8046 })
  return new ProtocolError(
    number,
    `${where}: The supplied length is not valid for data type ${typeName}. Check the source data for invalid lengths. An example of an invalid length is data of nchar type with an odd length in bytes.`,
    { severity: 16 },
  )
}

/** 8029 and those behind it: the metadata of a table-valued parameter breaks a rule of its own. */
export function tableParameterError(
  number: 8029 | 8047 | 8050 | 8056,
  position: ValuePosition,
): ProtocolError {
  const { where } = placed(position, { scalar: number, table: number })
  const problem = TABLE_PARAMETER_PROBLEMS[number]
  return new ProtocolError(
    number,
    `${where}: Data type 0xF3 (user-defined table type) ${problem}`,
    {
      severity: 16,
    },
  )
}

const TABLE_PARAMETER_PROBLEMS = {
  8029: 'unexpected token encountered processing a table-valued parameter.',
  8047: 'has a non-zero length database name specified. Database name is not allowed with a table-valued parameter, only schema name and type name are valid.',
  8050: 'has an invalid column count specified.',
  8056: 'has too many optional metadata tokens specified.',
} as const

function placed(
  { ordinal, name, cell }: ValuePosition,
  numbers: { readonly scalar: number; readonly table: number },
): { readonly number: number; readonly where: string } {
  if (cell === undefined) {
    return { number: numbers.scalar, where: `${RPC_INCORRECT} Parameter ${ordinal} ("${name}")` }
  }
  const { row, column } = cell
  const where = `${RPC_INCORRECT} Table-valued parameter ${ordinal} ("${name}"), row ${row}, column ${column}`
  return { number: numbers.table, where }
}

function hex(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(2, '0')}`
}
