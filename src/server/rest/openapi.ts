import { z } from 'zod'
import { REST_ROUTES, type Route } from './routes.ts'
import { errorAnswer } from './schemas.ts'

const JSON_TYPE = 'application/json'
const SCHEMA_PREFIX = '#/components/schemas/'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the REST routes, made from the table the router uses. */
export function createOpenApiDocument(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of REST_ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Slipway',
      version,
      summary: 'SQL Server database clones, in containers, in under a second',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: componentSchemas() },
  }
}

function describeRoute(route: Route): Json {
  return {
    operationId: route.handler.name,
    summary: route.summary,
    parameters: [...pathParameters(route.path), ...(route.canWait === true ? [PREFER] : [])],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { [JSON_TYPE]: { schema: reference(route.body) } },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, schema]) => [status, answer(schema, route)]),
      ),
      default: {
        description: 'An error: what was wrong and how to fix it',
        content: { [JSON_TYPE]: { schema: reference(errorAnswer) } },
      },
    },
  }
}

const PREFER = {
  name: 'Prefer',
  in: 'header',
  description: '`wait=N`: answer when the operation has ended, or after N seconds (RFC 7240)',
  schema: { type: 'string', examples: ['wait=30'] },
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: 'Name, id, or the first digits of an id',
    schema: { type: 'string' },
  }))
}

function answer(schema: z.ZodType | undefined, route: Route): Json {
  const description = schema === undefined ? 'Done' : route.summary
  if (schema === undefined) return { description }
  return {
    description,
    content: { [route.contentType ?? JSON_TYPE]: { schema: reference(schema) } },
  }
}

function reference(schema: z.ZodType): Json {
  return { $ref: `${SCHEMA_PREFIX}${String(z.globalRegistry.get(schema)?.id)}` }
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: 'input',
    uri: (id) => `${SCHEMA_PREFIX}${id}`,
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]),
  )
}
