import type { LoginRequest } from './backend.ts'
import { type FeatureRequests, readFeatureExt } from './feature-ext.ts'
import { DEFAULT_PACKET_SIZE, MAX_PACKET_SIZE, MIN_PACKET_SIZE } from './packet.ts'
import { loginPacketError } from './protocol-error.ts'

/*
 * LOGIN7, [MS-TDS] 2.2.6.4: fixed fields, then pairs of offset (2) and length in characters (2), then
 * what the pairs point at.
 */
const OFFSETS = {
  length: 0,
  tdsVersion: 4,
  packetSize: 8,
  clientProcessId: 16,
  optionFlags2: 25,
  optionFlags3: 27,
  hostName: 36,
  userName: 40,
  password: 44,
  applicationName: 48,
  serverName: 52,
  extension: 56,
  libraryName: 60,
  language: 64,
  database: 68,
} as const

/** Bytes up to the end of the pair for ibSSPI and ibAtchDBFile, which TDS 7.0 had already. */
const MIN_FIXED_SIZE = 86
const INTEGRATED_SECURITY_FLAG = 0x80
const EXTENSION_FLAG = 0x10
/** The version that brought the extension block. */
const TDS_7_4 = 0x74

/** The fields of LOGIN7 that mean something to a server. */
export interface Login7 extends Omit<LoginRequest, 'remoteAddress'> {
  /** Undefined where the client has no extension block and expects no FEATUREEXTACK. */
  readonly features: FeatureRequests | undefined
}

/** @throws ProtocolError 17832 when an offset or length points out of the message */
export function readLogin7(payload: Buffer): Login7 {
  if (payload.length < MIN_FIXED_SIZE) throw loginPacketError()
  const text = (at: number): string => variableField(payload, at, 2).toString('utf16le')
  return {
    tdsVersion: payload.readUInt32LE(OFFSETS.tdsVersion),
    packetSize: negotiatedPacketSize(payload.readUInt32LE(OFFSETS.packetSize)),
    clientProcessId: payload.readUInt32LE(OFFSETS.clientProcessId),
    integratedSecurity: (payload.readUInt8(OFFSETS.optionFlags2) & INTEGRATED_SECURITY_FLAG) !== 0,
    hostName: text(OFFSETS.hostName),
    userName: text(OFFSETS.userName),
    password: revealPassword(variableField(payload, OFFSETS.password, 2)),
    applicationName: text(OFFSETS.applicationName),
    serverName: text(OFFSETS.serverName),
    libraryName: text(OFFSETS.libraryName),
    language: text(OFFSETS.language),
    database: text(OFFSETS.database),
    features: readExtension(payload),
  }
}

function negotiatedPacketSize(asked: number): number {
  if (asked === 0) return DEFAULT_PACKET_SIZE
  return Math.min(Math.max(asked, MIN_PACKET_SIZE), MAX_PACKET_SIZE)
}

function variableField(payload: Buffer, at: number, unitBytes: number): Buffer {
  const start = payload.readUInt16LE(at)
  const end = start + payload.readUInt16LE(at + 2) * unitBytes
  if (end > payload.length) throw loginPacketError()
  return payload.subarray(start, end)
}

/** Each byte has its halves swapped and is then XORed with 0xA5. */
function revealPassword(field: Buffer): string {
  const bytes = Buffer.alloc(field.length)
  for (let index = 0; index < field.length; index++) {
    const plain = (field[index] ?? 0) ^ 0xa5
    bytes[index] = ((plain & 0x0f) << 4) | (plain >> 4)
  }
  return bytes.toString('utf16le')
}

/** The pair points at four bytes, which hold the offset of the block itself. */
function readExtension(payload: Buffer): FeatureRequests | undefined {
  const hasExtension = (payload.readUInt8(OFFSETS.optionFlags3) & EXTENSION_FLAG) !== 0
  // Some clients set the flag whatever version they speak.
  const level = payload.readUInt32LE(OFFSETS.tdsVersion) >>> 24
  if (!hasExtension || (level >= 0x70 && level < TDS_7_4)) return undefined
  const pointer = variableField(payload, OFFSETS.extension, 1)
  if (pointer.length < 4) throw loginPacketError()
  const start = pointer.readUInt32LE(0)
  if (start >= payload.length) throw loginPacketError()
  return readFeatureExt(payload.subarray(start))
}
