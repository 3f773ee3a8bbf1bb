import type { Request, Response } from 'express'
import { PlatformError } from '../../base/index.ts'
import type { BackupSelection, Operation, RestBackend } from './backend.ts'
import { parseBody, pathParameter, preferredWaitMs } from './parse.ts'
import { createCloneBody, createImageBody, parseTtl } from './schemas.ts'

/** One route's work: parse, call one backend method, write. Errors are thrown. */
export type Handler = (backend: RestBackend, request: Request, response: Response) => Promise<void>

export const createClone: Handler = async (backend, request, response) => {
  const { image, name, database, ttl } = parseBody(createCloneBody, request)
  const ttlSeconds = ttl === undefined ? undefined : parseTtl(ttl)
  if (ttl !== undefined && ttlSeconds === undefined) {
    throw new PlatformError('INVALID_BODY', 'ttl: at most 365 days')
  }
  const accepted = await backend.createClone({
    image,
    ...(name === undefined ? {} : { name }),
    ...(database === undefined ? {} : { database }),
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
  })
  const operation = await waitAsPreferred(backend, accepted.operation, request, response)
  const created = operation.status === 'succeeded'
  const clone =
    operation === accepted.operation
      ? accepted.clone
      : await backend.inspectClone(accepted.clone.id)
  response
    .status(created ? 201 : 202)
    .location(`/v1/clones/${clone.id}`)
    .json({ clone, operation })
}

export const listClones: Handler = async (backend, _request, response) => {
  response.json({ clones: await backend.listClones() })
}

export const inspectClone: Handler = async (backend, request, response) => {
  response.json(await backend.inspectClone(pathParameter(request, 'clone')))
}

export const removeClone: Handler = async (backend, request, response) => {
  const accepted = await backend.removeClone(pathParameter(request, 'clone'))
  const operation = await waitAsPreferred(backend, accepted.operation, request, response)
  if (operation.status === 'succeeded') response.status(204).end()
  else
    response
      .status(202)
      .location(`/v1/operations/${operation.id}`)
      .json({ ...accepted, operation })
}

export const createImage: Handler = async (backend, request, response) => {
  const { name, files, backup } = parseBody(createImageBody, request)
  const accepted = await backend.createImage({
    name,
    files,
    ...(backup === undefined ? {} : { backup: toSelection(backup) }),
  })
  const operation = await waitAsPreferred(backend, accepted.operation, request, response)
  const created = operation.status === 'succeeded'
  const image = created ? await backend.inspectImage(accepted.image.id) : accepted.image
  response
    .status(created ? 201 : 202)
    .location(`/v1/images/${image.id}`)
    .json({ image, operation })
}

function toSelection({
  position,
  databaseName,
}: {
  readonly position?: number | undefined
  readonly databaseName?: string | undefined
}): BackupSelection {
  return {
    ...(position === undefined ? {} : { position }),
    ...(databaseName === undefined ? {} : { databaseName }),
  }
}

export const listImages: Handler = async (backend, _request, response) => {
  response.json({ images: await backend.listImages() })
}

export const inspectImage: Handler = async (backend, request, response) => {
  response.json(await backend.inspectImage(pathParameter(request, 'image')))
}

export const removeImage: Handler = async (backend, request, response) => {
  await backend.removeImage(pathParameter(request, 'image'))
  response.status(204).end()
}

export const listOperations: Handler = async (backend, _request, response) => {
  response.json({ operations: await backend.listOperations() })
}

export const inspectOperation: Handler = async (backend, request, response) => {
  const id = pathParameter(request, 'operation')
  const waitMs = preferredWaitMs(request)
  const operation =
    waitMs === undefined
      ? await backend.inspectOperation(id)
      : await backend.waitForOperation(id, { waitMs, signal: goneSignal(response) })
  response.json(operation)
}

export const health: Handler = async (backend, _request, response) => {
  response.json(await backend.health())
}

/**
 * The operation as it stands after the time the client prefers to wait.
 *
 * @throws PlatformError the operation's own error when it failed meanwhile
 */
async function waitAsPreferred(
  backend: RestBackend,
  accepted: Operation,
  request: Request,
  response: Response,
): Promise<Operation> {
  const waitMs = preferredWaitMs(request)
  if (waitMs === undefined) return accepted
  const operation = await backend.waitForOperation(accepted.id, {
    waitMs,
    signal: goneSignal(response),
  })
  response.set('Preference-Applied', `wait=${waitMs / 1000}`)
  if (operation.error === undefined) return operation
  const { code, message, details } = operation.error
  throw new PlatformError(code, message, {
    details: { ...details, operationId: operation.id, subject: operation.subject },
  })
}

/** Aborts when the client hangs up before the answer. */
export function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController()
  response.on('close', () => controller.abort())
  return controller.signal
}
