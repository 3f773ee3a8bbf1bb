import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { EmbeddedQueue } from '../../../../src/operation/index.ts'

/** Runs what the queue starts until `finish` is called for it, and notes the order. */
class Workshop {
  readonly started: string[] = []
  readonly #finish = new Map<string, () => void>()

  readonly processor = (id: string, signal: AbortSignal): Promise<void> => {
    this.started.push(id)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#finish.set(id, resolve)
    signal.addEventListener('abort', () => resolve())
    return promise
  }

  async finish(id: string): Promise<void> {
    this.#finish.get(id)?.()
    await nextTurn()
  }
}

describe('EmbeddedQueue', () => {
  it('runs a lane one at a time in order and lanes side by side', async () => {
    const queue = new EmbeddedQueue()
    const work = new Workshop()
    queue.process(work.processor)
    queue.enqueue('a1', 'a')
    queue.enqueue('a2', 'a')
    queue.enqueue('b1', 'b')
    assert.deepEqual(work.started, ['a1', 'b1'])
    await work.finish('b1')
    assert.deepEqual(work.started, ['a1', 'b1'])
    await work.finish('a1')
    assert.deepEqual(work.started, ['a1', 'b1', 'a2'])
  })

  it('runs no more than its limit and gives each lane its turn', async () => {
    const queue = new EmbeddedQueue({ maxRunning: 2 })
    const work = new Workshop()
    queue.process(work.processor)
    for (const id of ['a1', 'a2', 'b1', 'c1']) queue.enqueue(id, id.slice(0, 1))
    assert.deepEqual(work.started, ['a1', 'b1'])
    await work.finish('a1')
    assert.deepEqual(work.started, ['a1', 'b1', 'c1'])
    await work.finish('b1')
    assert.deepEqual(work.started, ['a1', 'b1', 'c1', 'a2'])
  })

  it('keeps what is enqueued until it is told how to run it', () => {
    const queue = new EmbeddedQueue()
    const work = new Workshop()
    queue.enqueue('a1', 'a')
    assert.deepEqual(work.started, [])
    queue.process(work.processor)
    assert.deepEqual(work.started, ['a1'])
  })

  it('takes a cancelled entry out of its lane', async () => {
    const queue = new EmbeddedQueue()
    const work = new Workshop()
    queue.process(work.processor)
    for (const id of ['a1', 'a2', 'a3']) queue.enqueue(id, 'a')
    assert.equal(queue.cancel('a2'), 'removed')
    assert.equal(queue.cancel('a2'), 'unknown')
    await work.finish('a1')
    assert.deepEqual(work.started, ['a1', 'a3'])
  })

  it('aborts a running operation that is cancelled, then goes on with its lane', async () => {
    const queue = new EmbeddedQueue()
    const work = new Workshop()
    queue.process(work.processor)
    queue.enqueue('a1', 'a')
    queue.enqueue('a2', 'a')
    assert.equal(queue.cancel('a1'), 'running')
    await nextTurn()
    assert.deepEqual(work.started, ['a1', 'a2'])
  })

  it('waits at close for what it interrupts and starts nothing more', async () => {
    const queue = new EmbeddedQueue()
    const reasons: unknown[] = []
    const started: string[] = []
    queue.process(async (id, signal) => {
      started.push(id)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await nextTurn()
      reasons.push(signal.reason.code)
    })
    queue.enqueue('a1', 'a')
    queue.enqueue('a2', 'a')
    await queue.close()
    queue.enqueue('b1', 'b')
    assert.deepEqual(reasons, ['SHUTTING_DOWN'])
    assert.deepEqual(started, ['a1'])
  })
})
