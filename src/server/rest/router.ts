import { type Express, json } from 'express'
import { PlatformError } from '../../base/index.ts'
import type { RestBackend } from './backend.ts'
import { createOpenApiDocument } from './openapi.ts'
import { REST_ROUTES } from './routes.ts'

/** Adds the REST routes to `app`, then the answers for a wrong method and an unknown path. */
export function addRestRoutes(app: Express, backend: RestBackend, version: string): void {
  app.use(json())
  for (const route of REST_ROUTES) {
    app[route.method](expressPath(route.path), (request, response) =>
      route.handler(backend, request, response),
    )
  }
  const document = createOpenApiDocument(version)
  app.get('/v1/openapi.json', (_request, response) => {
    response.json(document)
  })
  for (const path of new Set(REST_ROUTES.map((route) => route.path))) refuseOtherMethods(app, path)
  app.use((request) => {
    throw new PlatformError('ROUTE_NOT_FOUND', `no route ${request.method} ${request.path}`)
  })
}

function refuseOtherMethods(app: Express, path: string): void {
  const allowed = REST_ROUTES.filter((route) => route.path === path).map((route) =>
    route.method.toUpperCase(),
  )
  app.all(expressPath(path), (request, response) => {
    response.set('Allow', allowed.join(', '))
    throw new PlatformError(
      'METHOD_NOT_ALLOWED',
      `${request.path} does not take ${request.method}, only ${allowed.join(' and ')}`,
    )
  })
}

function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}
