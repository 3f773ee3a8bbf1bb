import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { LOG_LEVELS } from '../base/index.ts'

const HIGHEST_PORT = 65_535
const GIB = 1024 ** 3

const port = z.coerce.number().int().min(0).max(HIGHEST_PORT)

/** Every setting of the daemon with its default; see the README for what each one means. */
export const configSchema = z
  .strictObject({
    /** Folder that holds everything the daemon keeps. */
    stateRoot: z.string().min(1).default(defaultStateRoot),
    /** Address of the REST endpoint. Port 0 takes any free one. */
    listenHost: z.string().min(1).default('127.0.0.1'),
    listenPort: port.default(7433),
    /** Address the SQL Server instances listen on, and the host their clients are told. */
    instanceHost: z.string().min(1).default('127.0.0.1'),
    /** Range the instances' ports are reserved from, both ends included. */
    instancePorts: z
      .string()
      .regex(/^\d+-\d+$/, 'write FIRST-LAST, e.g. 15000-15999')
      .default('15000-15999')
      .transform(parsePortRange),
    redisUrl: z.url({ protocol: /^rediss?$/ }).optional(),
    /** Program every instance is started from; default: the bundled sandbox engine. */
    enginePath: z.string().min(1).optional(),
    storeDriver: z.enum(['auto', 'reflink', 'copy']).default('auto'),
    /** Most bytes the store's own XFS image file may grow to. */
    storeLimitBytes: z.coerce
      .number()
      .int()
      .min(GIB)
      .default(256 * GIB),
    /** Memory limit of one instance, in MiB; told to the engine and enforced where possible. */
    instanceMemoryMb: z.coerce.number().int().min(128).default(2048),
    logLevel: z.enum(LOG_LEVELS).default('info'),
  })
  .readonly()

export type Config = z.output<typeof configSchema>

export interface PortRange {
  readonly first: number
  readonly last: number
}

function parsePortRange(text: string, context: z.RefinementCtx): PortRange {
  const [first = 0, last = 0] = text.split('-').map(Number)
  if (first < 1 || last > HIGHEST_PORT || first > last) {
    context.addIssue({
      code: 'custom',
      message: 'the first port must be 1 or more, the last 65535 or less',
    })
  }
  return { first, last }
}

function defaultStateRoot(): string {
  if (process.getuid?.() === 0) return '/var/lib/slipway'
  const data = process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share')
  return path.join(data, 'slipway')
}
