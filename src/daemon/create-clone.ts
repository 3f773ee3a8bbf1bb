import { createId, createPassword, PlatformError } from '../base/index.ts'
import type { CloneRecord } from '../catalog/index.ts'
import { describeClone, generateCloneName, publishCloneEvent } from '../clone/index.ts'
import { checkName } from '../image/index.ts'
import { describeOperation } from '../operation/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

export interface CreateCloneRequest {
  /** Image name or id. */
  readonly image: string
  readonly name?: string
  readonly database?: string
  readonly ttlSeconds?: number
}

const SYSTEM_DATABASES = ['master', 'model', 'msdb', 'tempdb']
/** sysname holds so many characters. */
const LONGEST_DATABASE_NAME = 128
const NAME_ATTEMPTS = 20

/**
 * Reserves name, port and password and records the operation, in one transaction.
 *
 * @throws PlatformError IMAGE_NOT_FOUND, IMAGE_NOT_READY, CLONE_NAME_IN_USE, NO_FREE_PORT,
 *   INVALID_ARGUMENT
 */
export async function createClone(parts: DaemonParts, request: CreateCloneRequest) {
  const { catalog, imageLocks, ports } = parts
  checkRequest(request)
  const { id: imageId } = catalog.images.resolve(request.image)
  const accepted = await imageLocks.withLock(imageId, 'shared', () =>
    ports.reserve((port) => catalog.transaction(() => reserve(parts, { request, imageId, port }))),
  )
  return {
    clone: await describeClone(parts, accepted.clone),
    operation: describeOperation(accepted.operation),
  }
}

function checkRequest({ name, database, ttlSeconds }: CreateCloneRequest): void {
  if (name !== undefined) checkName(name)
  if (database !== undefined) checkDatabaseName(database)
  if (ttlSeconds === undefined || (Number.isFinite(ttlSeconds) && ttlSeconds > 0)) return
  throw new PlatformError(
    'INVALID_ARGUMENT',
    'the lifetime of a clone is a number of seconds above 0',
  )
}

function checkDatabaseName(name: string): void {
  const fits = name.length > 0 && name.length <= LONGEST_DATABASE_NAME
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in a name
  const printable = !/[\u0000-\u001f]/.test(name) && name === name.trim()
  if (fits && printable && !SYSTEM_DATABASES.includes(name.toLowerCase())) return
  throw new PlatformError(
    'INVALID_ARGUMENT',
    `"${name}" cannot be the name of the database: use 1 to ${LONGEST_DATABASE_NAME} printable characters, and none of ${SYSTEM_DATABASES.join(', ')}`,
  )
}

function reserve(
  parts: DaemonParts,
  wanted: {
    readonly request: CreateCloneRequest
    readonly imageId: string
    readonly port: number
  },
) {
  const { catalog, instances, operations } = parts
  const clone = insertClone(parts, wanted)
  catalog.instances.insert({
    id: createId(),
    cloneId: clone.id,
    engine: instances.engine.name,
    port: wanted.port,
    password: createPassword(),
  })
  publishCloneEvent(parts, { clone, type: 'clone.creating' })
  const operation = operations.submit('clone.create', {
    kind: 'clone',
    id: clone.id,
    name: clone.name,
  })
  return { clone, operation }
}

function insertClone(
  { catalog, clock }: DaemonParts,
  { request, imageId }: { readonly request: CreateCloneRequest; readonly imageId: string },
): CloneRecord {
  const image = catalog.images.resolve(imageId)
  if (image.status !== 'ready') {
    throw new PlatformError('IMAGE_NOT_READY', `image ${image.name} is ${image.status}`)
  }
  const now = clock.now()
  const { ttlSeconds } = request
  const fields = {
    id: createId(),
    imageId,
    databaseName: request.database ?? image.databaseName,
    status: 'creating',
    createdAt: now.toISOString(),
    ...(ttlSeconds !== undefined && {
      expiresAt: new Date(now.getTime() + ttlSeconds * 1000).toISOString(),
    }),
  } as const
  for (let attempt = 0; ; attempt += 1) {
    const clone = { ...fields, name: request.name ?? generateCloneName(attempt) }
    try {
      catalog.clones.insert(clone)
      return clone
    } catch (error) {
      if (request.name !== undefined || attempt === NAME_ATTEMPTS || !isNameTaken(error))
        throw error
    }
  }
}

function isNameTaken(error: unknown): boolean {
  return error instanceof PlatformError && error.code === 'CLONE_NAME_IN_USE'
}
