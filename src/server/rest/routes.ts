import type { z } from 'zod'
import {
  createClone,
  createImage,
  type Handler,
  health,
  inspectClone,
  inspectImage,
  inspectOperation,
  listClones,
  listImages,
  listOperations,
  removeClone,
  removeImage,
} from './handlers.ts'
import * as schemas from './schemas.ts'
import { streamEvents } from './stream-events.ts'

/** A route with all that the router and the OpenAPI document need to know of it. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete'
  /** OpenAPI form: `/v1/clones/{clone}`. */
  readonly path: string
  readonly summary: string
  readonly handler: Handler
  readonly body?: z.ZodType
  /** Body of each success status; undefined for one without a body. */
  readonly answers: Readonly<Record<number, z.ZodType | undefined>>
  /** The route honours `Prefer: wait=N`. */
  readonly canWait?: boolean
  readonly contentType?: string
}

export const REST_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/images',
    summary: 'Import the files of a database as an image',
    handler: createImage,
    body: schemas.createImageBody,
    answers: { 202: schemas.acceptedImageAnswer, 201: schemas.acceptedImageAnswer },
    canWait: true,
  },
  {
    method: 'get',
    path: '/v1/images',
    summary: 'List images',
    handler: listImages,
    answers: { 200: schemas.imagesAnswer },
  },
  {
    method: 'get',
    path: '/v1/images/{image}',
    summary: 'Inspect an image: its database, files, tables and row counts',
    handler: inspectImage,
    answers: { 200: schemas.imageDetailAnswer },
  },
  {
    method: 'delete',
    path: '/v1/images/{image}',
    summary: 'Remove an image that has no clones',
    handler: removeImage,
    answers: { 204: undefined },
  },
  {
    method: 'post',
    path: '/v1/clones',
    summary: 'Create a clone of an image, attached to a SQL Server instance of its own',
    handler: createClone,
    body: schemas.createCloneBody,
    answers: { 202: schemas.acceptedCloneAnswer, 201: schemas.acceptedCloneAnswer },
    canWait: true,
  },
  {
    method: 'get',
    path: '/v1/clones',
    summary: 'List clones',
    handler: listClones,
    answers: { 200: schemas.clonesAnswer },
  },
  {
    method: 'get',
    path: '/v1/clones/{clone}',
    summary: 'Inspect a clone: its address, credentials and connection strings',
    handler: inspectClone,
    answers: { 200: schemas.cloneAnswer },
  },
  {
    method: 'delete',
    path: '/v1/clones/{clone}',
    summary: 'Remove a clone with its instance and files',
    handler: removeClone,
    answers: { 202: schemas.acceptedCloneAnswer, 204: undefined },
    canWait: true,
  },
  {
    method: 'get',
    path: '/v1/operations',
    summary: 'List operations, the newest first',
    handler: listOperations,
    answers: { 200: schemas.operationsAnswer },
  },
  {
    method: 'get',
    path: '/v1/operations/{operation}',
    summary: 'Inspect an operation: its steps, progress and error',
    handler: inspectOperation,
    answers: { 200: schemas.operationAnswer },
    canWait: true,
  },
  {
    method: 'get',
    path: '/v1/events',
    summary: 'Follow what happens, as server-sent events',
    handler: streamEvents,
    answers: { 200: schemas.eventAnswer },
    contentType: 'text/event-stream',
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'Whether the daemon works, and on what',
    handler: health,
    answers: { 200: schemas.healthAnswer },
  },
]
