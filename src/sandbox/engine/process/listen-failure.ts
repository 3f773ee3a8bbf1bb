import { systemErrorCode } from '../../../base/index.ts'
import type { ErrorLog } from './error-log.ts'
import type { EngineSettings } from './settings.ts'

/** Windows socket errors, in which SQL Server reports them on Linux too. */
interface SocketError {
  readonly number: number
  readonly text: string
}

const SOCKET_ERRORS: Readonly<Record<string, SocketError>> = {
  EADDRINUSE: {
    number: 10_048,
    text: 'Only one usage of each socket address (protocol/network address/port) is normally permitted.',
  },
  EADDRNOTAVAIL: { number: 10_049, text: 'The requested address is not valid in its context.' },
  EACCES: {
    number: 10_013,
    text: 'An attempt was made to access a socket in a way forbidden by its access permissions.',
  },
}
const OTHER: SocketError = { number: 10_022, text: 'An invalid argument was supplied.' }

/** Writes SQL Server's chain of errors for a port it cannot listen on; the process then ends. */
export function logListenFailure(error: unknown, settings: EngineSettings, log: ErrorLog): void {
  const { number, text } = SOCKET_ERRORS[systemErrorCode(error) ?? ''] ?? OTHER
  const family = settings.ipAddress.includes(':') ? 'ipv6' : 'ipv4'
  const address = `[ ${addressText(settings)} <${family}> ${settings.tcpPort}]`
  const isTaken = number === SOCKET_ERRORS['EADDRINUSE']?.number
  const source = 'spid19s'
  log.writeError(
    source,
    { number: 26_023, severity: 16, state: 1 },
    `Server TCP provider failed to listen on ${address}. ` +
      (isTaken ? 'Tcp port is already in use.' : `Error: ${hexadecimal(number)}.`),
  )
  log.writeError(
    source,
    { number: 17_182, severity: 16, state: 1 },
    `TDSSNIClient initialization failed with error ${hexadecimal(number)}, status code 0xa. Reason: ` +
      `Unable to initialize the TCP/IP listener. ${text} (listening on ${address} failed with ${number})`,
  )
  log.writeError(
    source,
    { number: 17_826, severity: 18, state: 3 },
    'Could not start the network library because of an internal error in the network library. To ' +
      'determine the cause, review the errors immediately preceding this one in the error log.',
  )
  log.writeError(
    source,
    { number: 17_120, severity: 16, state: 1 },
    'SQL Server could not spawn FRunCommunicationsManager thread. Check the SQL Server error log ' +
      'and the operating system error log for information about possible related problems.',
  )
}

/** The address as the log shows it: 'any' for all of them. */
export function addressText({ ipAddress }: Pick<EngineSettings, 'ipAddress'>): string {
  return ipAddress === '0.0.0.0' || ipAddress === '::' ? "'any'" : ipAddress
}

function hexadecimal(number: number): string {
  return `0x${number.toString(16)}`
}
