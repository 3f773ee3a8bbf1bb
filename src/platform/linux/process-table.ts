import { readdir, readFile } from 'node:fs/promises'
import { systemErrorCode } from '../../base/index.ts'

/** USER_HZ: what /proc counts in on every machine Node runs on. */
const CLOCK_TICKS_PER_SECOND = 100

/** One process, from /proc/PID/stat (proc_pid_stat(5)). */
export interface ProcessStat {
  readonly pid: number
  /** False for a zombie: it has ended and only waits for its parent to notice. */
  readonly alive: boolean
  readonly sessionId: number
  /** Clock ticks between boot and the start; with the pid and the boot it names one process forever. */
  readonly startTicks: number
  /** Processor time of the process and of its ended children that were waited for. */
  readonly cpuMs: number
}

/** The process, or undefined where there is none of that pid. */
export async function readProcess(pid: number): Promise<ProcessStat | undefined> {
  const text = await readProcFile(`/proc/${pid}/stat`)
  return text === undefined ? undefined : parseProcessStat(text)
}

/** Parses one line of /proc/PID/stat. The command name in it may hold spaces and parentheses. */
export function parseProcessStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const field = (number: number): number => Number(fields[number - 3]) // the manual counts from 1
  const state = fields[0] ?? ''
  return {
    pid: Number.parseInt(text, 10),
    alive: !'ZXx'.includes(state),
    sessionId: field(6),
    startTicks: field(22),
    cpuMs: ((field(14) + field(15) + field(16) + field(17)) * 1000) / CLOCK_TICKS_PER_SECOND,
  }
}

/** Every process id there is now. */
export async function listProcessIds(): Promise<readonly number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
}

/**
 * The environment a process was started with, as `NAME=VALUE` strings; undefined when the process has
 * ended or belongs to somebody else.
 */
export async function readProcessEnvironment(pid: number): Promise<readonly string[] | undefined> {
  return (await readProcFile(`/proc/${pid}/environ`))?.split('\0')
}

/** The arguments a process was started with, as one string that ends each of them with NUL. */
export function readCommandLine(pid: number): Promise<string | undefined> {
  return readProcFile(`/proc/${pid}/cmdline`)
}

/** Memory of the process that is in RAM; 0 when it has ended. */
export async function readResidentBytes(pid: number): Promise<number> {
  const status = await readProcFile(`/proc/${pid}/status`)
  return Number(status?.match(/^VmRSS:\s+(\d+) kB$/m)?.[1] ?? 0) * 1024
}

/** Changes with every start of the machine. */
export async function readBootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trimEnd()
}

async function readProcFile(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(systemErrorCode(error) ?? '')) {
      return undefined
    }
    throw error
  }
}
