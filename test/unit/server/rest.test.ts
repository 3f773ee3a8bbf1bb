import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createServer, type Server } from '../../../src/server/index.ts'
import { MemoryBackend } from '../../support/memory-backend.ts'

const silent = { error() {}, warn() {}, info() {}, debug() {} } as never

// The HTTP server and its clients are real; the daemon behind it stands in (MemoryBackend).
describe('REST routes', () => {
  const backend = new MemoryBackend()
  let server: Server
  let url = ''

  before(async () => {
    const config = { listenHost: '127.0.0.1', listenPort: 0 }
    server = createServer({ backend, config, logger: silent, version: '1.2.3' })
    url = (await server.listen()).url
  })
  after(() => server.close())
  beforeEach(() => {
    backend.clones.clear()
    backend.requests.length = 0
    backend.operationError = undefined
  })

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('answers POST /v1/clones with 202, the clone and its operation', async () => {
    const response = await post('/v1/clones', { image: 'northwind', name: 'mine', ttl: '2h' })
    assert.equal(response.status, 202)
    const body = await json(response)
    assert.equal(body['clone']['port'], 15_000)
    assert.equal(body['operation']['status'], 'running')
    assert.equal(response.headers.get('location'), `/v1/clones/${body['clone']['id']}`)
    assert.deepEqual(backend.requests, [{ image: 'northwind', name: 'mine', ttlSeconds: 7200 }])
  })

  it('answers 201 when the clone is ready within Prefer: wait', async () => {
    const response = await post('/v1/clones', { image: 'northwind' }, { Prefer: 'wait=5' })
    assert.equal(response.status, 201)
    assert.equal(response.headers.get('preference-applied'), 'wait=5')
  })

  it("answers with the operation's own error when it fails within Prefer: wait", async () => {
    backend.operationError = { code: 'STORE_FULL', message: 'the store is full', details: {} }
    const response = await post('/v1/clones', { image: 'northwind' }, { Prefer: 'wait=5' })
    assert.equal(response.status, 507)
    assert.equal((await json(response))['code'], 'STORE_FULL')
  })

  it('passes on which set of a backup is meant', async () => {
    const image = { name: 'shop', files: ['/shop.bak'] }
    const backup = { position: 2, databaseName: 'Shop' }
    assert.equal((await post('/v1/images', { ...image, backup })).status, 404)
    assert.equal((await post('/v1/images', image)).status, 404)
    assert.deepEqual(backend.imageRequests, [{ ...image, backup }, image])
    for (const wrong of [{ position: 0 }, { position: '1' }, { databaseName: '' }, { set: 1 }]) {
      const response = await post('/v1/images', { ...image, backup: wrong })
      assert.equal(response.status, 400, JSON.stringify(wrong))
      assert.match((await json(response))['message'], /^backup/)
    }
  })

  const badBodies: [title: string, body: unknown, status: number, message: RegExp][] = [
    ['text that is not JSON', '{"image": ', 400, /^the request body is not JSON/],
    ['an array', [], 400, /^body: /],
    ['a missing image', {}, 400, /^image: /],
    ['an unknown field', { image: 'northwind', colour: 'red' }, 400, /colour/],
    ['a name in upper case', { image: 'northwind', name: 'Mine' }, 400, /^name: .*lower-case/],
    ['a ttl of nothing', { image: 'northwind', ttl: 0 }, 400, /^ttl: /],
    ['a ttl beyond a year', { image: 'northwind', ttl: '9999d' }, 400, /^ttl: at most 365 days/],
    ['an unknown image', { image: 'nope' }, 404, /^no image "nope"$/],
  ]
  for (const [title, body, status, message] of badBodies) {
    it(`refuses ${title} with ${status} and one line`, async () => {
      const response = await post('/v1/clones', body)
      const answer = await json(response)
      assert.equal(response.status, status)
      assert.match(answer['message'], message)
      assert.ok(!answer['message'].includes('\n'))
      assert.equal(backend.clones.size, 0)
    })
  }

  it('refuses a body of another content type, as a web page could send it', async () => {
    const response = await post('/v1/clones', '{"image":"northwind"}', {
      'Content-Type': 'text/plain',
    })
    assert.equal(response.status, 400)
    assert.match((await json(response))['message'], /application\/json/)
  })

  it('removes a clone by name', async () => {
    await post('/v1/clones', { image: 'northwind', name: 'mine' })
    const response = await fetch(`${url}/v1/clones/mine`, { method: 'DELETE' })
    assert.equal(response.status, 202)
    assert.equal((await fetch(`${url}/v1/clones/mine`)).status, 404)
  })

  it('answers an unknown path with 404 and a wrong method with 405 and Allow', async () => {
    assert.equal((await json(await fetch(`${url}/v1/nothing`)))['code'], 'ROUTE_NOT_FOUND')
    const response = await fetch(`${url}/v1/clones`, { method: 'PUT' })
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'POST, GET')
  })

  it('streams events and resumes after Last-Event-ID', async () => {
    const abort = new AbortController()
    const headers = { 'Last-Event-ID': '41' }
    const response = await fetch(`${url}/v1/events`, { headers, signal: abort.signal })
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('data:')) break
    }
    assert.match(text, /id: 42\nevent: clone\.ready\ndata: \{"id":42,/)
    abort.abort()
  })

  it('describes every route in the OpenAPI document, with references that resolve', async () => {
    const document = await json(await fetch(`${url}/v1/openapi.json`))
    assert.equal(document['openapi'], '3.1.0')
    assert.deepEqual(Object.keys(document['paths']['/v1/clones']), ['post', 'get'])
    const text = JSON.stringify(document)
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    assert.ok(references.length > 20)
    for (const [, name = ''] of references) assert.ok(document['components']['schemas'][name], name)
  })

  it('answers a foreign host name with 400, against DNS rebinding', async () => {
    const status = await new Promise((resolve) => {
      httpRequest(`${url}/v1/clones`, { headers: { Host: 'evil.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    assert.equal(status, 400)
  })
})

// biome-ignore lint/suspicious/noExplicitAny: answers are indexed freely here; a wrong shape fails the assertion
type Json = any

function json(response: Response): Promise<Json> {
  return response.json()
}
