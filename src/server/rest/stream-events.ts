import { goneSignal, type Handler } from './handlers.ts'

const HEARTBEAT_MS = 15_000

/**
 * GET /v1/events: server-sent events (WHATWG HTML, section 9.2). A client that reconnects sends
 * Last-Event-ID and misses nothing that is still kept.
 */
export const streamEvents: Handler = async (backend, request, response) => {
  const lastEventId = Number(request.get('last-event-id') ?? Number.NaN)
  const signal = goneSignal(response)
  response.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  response.write(': slipway events\n\n')
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
  signal.addEventListener('abort', () => clearInterval(heartbeat))
  backend.subscribe(
    (event) => {
      response.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    },
    { signal, ...(Number.isInteger(lastEventId) ? { lastEventId } : {}) },
  )
}
