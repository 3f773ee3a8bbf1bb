import type { Request } from 'express'
import type { z } from 'zod'
import { PlatformError } from '../../base/index.ts'

const MAX_WAIT_SECONDS = 600
const PREFER_WAIT = /(?:^|[,;\s])wait\s*=\s*"?(\d+)"?(?=$|[,;\s])/i

/**
 * The request's JSON body as `schema` describes it.
 *
 * @throws PlatformError INVALID_BODY with one line that names each wrong field
 */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  if (request.body === undefined) {
    throw new PlatformError(
      'INVALID_BODY',
      'the request has no JSON body (Content-Type: application/json)',
    )
  }
  const parsed = schema.safeParse(request.body)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.length === 0 ? 'body' : issue.path.join('.')}: ${issue.message}`,
  )
  throw new PlatformError('INVALID_BODY', problems.join('; '), {
    details: { fields: parsed.error.issues.map((issue) => issue.path.join('.')) },
  })
}

/** Milliseconds of `Prefer: wait=N` (RFC 7240, section 4.3); undefined when the client did not ask. */
export function preferredWaitMs(request: Request): number | undefined {
  const seconds = PREFER_WAIT.exec(request.get('prefer') ?? '')?.[1]
  if (seconds === undefined) return undefined
  return Math.min(Number(seconds), MAX_WAIT_SECONDS) * 1000
}

/** A path parameter, which the router guarantees to be one string. */
export function pathParameter(request: Request, name: string): string {
  const value = request.params[name]
  if (typeof value === 'string') return value
  throw new PlatformError('INVALID_ARGUMENT', `the path has no ${name}`)
}
