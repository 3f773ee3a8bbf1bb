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

/** 8009: a parameter's type byte is none we know. */
export function unknownTypeError(ordinal: number, name: string, code: number): ProtocolError {
  const hex = code.toString(16).toUpperCase().padStart(2, '0')
  return new ProtocolError(
    8009,
    `${RPC_INCORRECT} Parameter ${ordinal} ("${name}"): Data type 0x${hex} is unknown.`,
    { severity: 16, state: 4 },
  )
}

/** 8016: a parameter's type has a length that it cannot have. */
export function invalidTypeLengthError(ordinal: number, name: string, code: number): ProtocolError {
  const hex = code.toString(16).toUpperCase().padStart(2, '0')
  return new ProtocolError(
    8016,
    `${RPC_INCORRECT} Parameter ${ordinal} ("${name}"): Data type 0x${hex} has an invalid data length or metadata length.`,
    { severity: 16 },
  )
}

/** 8016 too: the value is not as long as its type says. */
export function invalidValueLengthError(ordinal: number, name: string): ProtocolError {
  return new ProtocolError(
    8016,
    `${RPC_INCORRECT} Parameter ${ordinal} ("${name}"): The value has an invalid data length.`,
    { severity: 16 },
  )
}
