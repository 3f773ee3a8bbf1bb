import { z } from 'zod'
import { ERRORS, type ErrorCode } from '../../base/index.ts'
import {
  type AcceptedClone,
  type AcceptedImage,
  CLONE_STATUSES,
  type Clone,
  type Health,
  type ImageDetail,
  type ImageSummary,
  OPERATION_STATUSES,
  type Operation,
  type OperationError,
  type PlatformEvent,
} from './backend.ts'

const NAME_PATTERN = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/
const MAX_NAME_LENGTH = 128
const MAX_TTL_SECONDS = 365 * 86_400
const SECONDS_OF_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

const name = z
  .string()
  .max(MAX_NAME_LENGTH)
  .regex(NAME_PATTERN, 'use lower-case letters, digits and single . _ - between them')

const ttlSeconds = z.int().min(1).max(MAX_TTL_SECONDS)

const ttl = z
  .union([
    ttlSeconds,
    z
      .string()
      .regex(/^[1-9]\d*[smhd]?$/, 'write seconds, or a number with s, m, h or d: "90s", "2h"'),
  ])
  .meta({ description: 'Lifetime: seconds, or text such as "90s", "15m", "2h", "7d".' })

/** Body of POST /v1/clones. */
export const createCloneBody = z
  .strictObject({
    image: z.string().min(1).max(MAX_NAME_LENGTH).meta({ description: 'Name or id of the image.' }),
    name: name.optional().meta({ description: 'Default: a generated name.' }),
    database: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .meta({ description: 'Name in the instance. Default: the name inside the image.' }),
    ttl: ttl.optional(),
  })
  .meta({ id: 'CreateClone' })

/** Seconds of a `ttl` that `createCloneBody` accepted; undefined when it is beyond the maximum. */
export function parseTtl(value: number | string): number | undefined {
  const text = String(value)
  const unit = SECONDS_OF_UNIT[text.slice(-1)]
  const seconds = unit === undefined ? Number(text) : Number(text.slice(0, -1)) * unit
  return seconds <= MAX_TTL_SECONDS ? seconds : undefined
}

/** Body of POST /v1/images. */
export const createImageBody = z
  .strictObject({
    name,
    files: z.tuple([z.string().min(1)], z.string().min(1)).meta({
      description:
        "Absolute paths on the daemon's machine: the mdf, then ndf and ldf files; or one backup (bak).",
    }),
    backup: z
      .strictObject({
        position: z.int().min(1).optional().meta({ description: 'Position in the file, from 1.' }),
        databaseName: z
          .string()
          .min(1)
          .max(128)
          .optional()
          .meta({ description: 'Name of the database that was backed up.' }),
      })
      .optional()
      .meta({ description: 'Which set of a backup. Default: its only full backup.' }),
  })
  .meta({ id: 'CreateImage' })

const timestamp = z.iso.datetime()
const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]) // keys by definition

const operationError: z.ZodType<OperationError> = z
  .object({
    code: errorCode,
    message: z.string(),
    fix: z.string().optional(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Error' }) as z.ZodType<OperationError> // optional() adds `| undefined` to `fix`

export const errorAnswer = operationError

export const operationAnswer = z
  .object({
    id: z.string(),
    type: z
      .string()
      .meta({ examples: ['clone.create', 'clone.remove', 'image.import', 'image.restore'] }),
    status: z.enum(OPERATION_STATUSES),
    subject: z.object({ kind: z.enum(['clone', 'image']), id: z.string(), name: z.string() }),
    progress: z.number().min(0).max(1),
    createdAt: timestamp,
    startedAt: timestamp.optional(),
    finishedAt: timestamp.optional(),
    steps: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['pending', 'running', 'done', 'failed']),
        startedAt: timestamp.optional(),
        finishedAt: timestamp.optional(),
      }),
    ),
    error: operationError.optional(),
  })
  .meta({ id: 'Operation' }) as unknown as z.ZodType<Operation>

export const cloneAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    image: z.string(),
    imageId: z.string(),
    database: z.string(),
    status: z.enum(CLONE_STATUSES),
    createdAt: timestamp,
    expiresAt: timestamp.optional(),
    host: z.string(),
    port: z.int(),
    user: z.string(),
    password: z.string(),
    connectionStrings: z.object({
      adonet: z.string(),
      jdbc: z.string(),
      odbc: z.string(),
      url: z.string(),
    }),
    engine: z.string(),
    store: z.object({
      driver: z.string(),
      exclusiveBytes: z.int().meta({ description: 'Bytes the clone owns alone.' }),
      apparentBytes: z.int().meta({ description: 'Bytes its files appear to have.' }),
    }),
    error: operationError.optional(),
  })
  .meta({ id: 'Clone' }) as unknown as z.ZodType<Clone>

const imageShape = {
  id: z.string(),
  name: z.string(),
  status: z.enum(['importing', 'ready', 'removing']),
  createdAt: timestamp,
  databaseName: z.string(),
  sqlServerVersion: z.string(),
  sizeBytes: z.int(),
  cloneCount: z.int(),
}

export const imageSummaryAnswer: z.ZodType<ImageSummary> = z
  .object(imageShape)
  .meta({ id: 'Image' })

export const imageDetailAnswer: z.ZodType<ImageDetail> = z
  .object({
    ...imageShape,
    internalVersion: z.int(),
    compatibilityLevel: z.int(),
    collation: z.string(),
    files: z.array(
      z.object({
        fileId: z.int(),
        kind: z.enum(['data', 'log']),
        logicalName: z.string(),
        name: z.string(),
        sizeBytes: z.int(),
      }),
    ),
    tables: z.array(z.object({ schema: z.string(), name: z.string(), rowCount: z.int() })),
    store: z.object({ driver: z.string(), exclusiveBytes: z.int() }),
  })
  .meta({ id: 'ImageDetail' })

export const acceptedCloneAnswer: z.ZodType<AcceptedClone> = z
  .object({ clone: cloneAnswer, operation: operationAnswer })
  .meta({ id: 'AcceptedClone' })

export const acceptedImageAnswer: z.ZodType<AcceptedImage> = z
  .object({ image: imageSummaryAnswer, operation: operationAnswer })
  .meta({ id: 'AcceptedImage' })

export const clonesAnswer = z.object({ clones: z.array(cloneAnswer) }).meta({ id: 'Clones' })
export const imagesAnswer = z.object({ images: z.array(imageSummaryAnswer) }).meta({ id: 'Images' })
export const operationsAnswer = z
  .object({ operations: z.array(operationAnswer) })
  .meta({ id: 'Operations' })

export const eventAnswer: z.ZodType<PlatformEvent> = z
  .object({
    id: z.int(),
    time: timestamp,
    type: z.string(),
    subject: z.object({
      kind: z.enum(['clone', 'image', 'operation']),
      id: z.string(),
      name: z.string(),
    }),
    attributes: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'Event' })

export const healthAnswer: z.ZodType<Health> = z
  .object({
    status: z.literal('ok'),
    version: z.string(),
    uptimeSeconds: z.number(),
    store: z.object({
      driver: z.string(),
      reason: z.string(),
      freeBytes: z.int(),
      totalBytes: z.int(),
    }),
    isolation: z.string(),
    queue: z.string(),
    engine: z.string(),
  })
  .meta({ id: 'Health' })
