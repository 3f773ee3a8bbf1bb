import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { PlatformError } from '../../../src/base/index.ts'
import {
  type Catalog,
  type EventRecord,
  type OperationRecord,
  openCatalog,
} from '../../../src/catalog/index.ts'
import {
  EmbeddedQueue,
  type OperationContext,
  type OperationHandler,
  Operations,
} from '../../../src/operation/index.ts'
import { createQuietLogger } from '../../support/quiet-logger.ts'

const SUBJECT = { kind: 'clone', id: 'c1', name: 'brave-otter' } as const
describe('Operations', () => {
  let stateRoot: string
  let catalog: Catalog
  let operations: Operations

  beforeEach(async () => {
    stateRoot = await mkdtemp(path.join(os.tmpdir(), 'slipway-operations-'))
    catalog = await openCatalog({ stateRoot })
    operations = createOperations(catalog)
  })
  afterEach(async () => {
    await operations.close()
    catalog.close()
    await rm(stateRoot, { recursive: true })
  })

  it('runs the steps in order and records the end together with what it means', async () => {
    const events = collectEvents(catalog)
    const meant: string[] = []
    operations.register('clone.create', {
      ...handlerOf(async (context) => {
        await context.step('first', async () => {
          assert.equal(stepStatus(catalog, 'first'), 'running')
        })
        await context.step('second', async () => {
          assert.equal(stepStatus(catalog, 'first'), 'done')
        })
      }),
      succeeded: (operation) => meant.push(operation.id),
    })
    operations.start()
    const ended = await submitAndWait(operations)
    assert.equal(ended.status, 'succeeded')
    assert.equal(ended.progress, 1)
    assert.deepEqual(meant, [ended.id])
    assert.deepEqual(
      ended.steps.map((step) => step.status),
      ['done', 'done'],
    )
    assert.deepEqual(
      events.map((event) => event.type),
      ['operation.progress', 'operation.progress', 'operation.succeeded'],
    )
  })

  it('records a failure with its error and the step it happened in', async () => {
    const failures: string[] = []
    operations.register('clone.create', {
      ...handlerOf((context) =>
        context.step('first', async () => {
          throw new PlatformError('STORE_FULL', 'prepare clone c1: no space')
        }),
      ),
      failed: (_operation, error) => failures.push(error.code),
    })
    operations.start()
    const ended = await submitAndWait(operations)
    assert.equal(ended.status, 'failed')
    assert.equal(ended.error?.code, 'STORE_FULL')
    assert.match(ended.error?.fix ?? '', /raise the store size limit/)
    assert.deepEqual(
      ended.steps.map((step) => step.status),
      ['failed', 'pending'],
    )
    assert.deepEqual(failures, ['STORE_FULL'])
  })

  it('leaves an operation unrecorded when its meaning cannot be recorded', async () => {
    operations.register('clone.create', {
      ...handlerOf(async () => {}),
      succeeded: () => {
        throw new Error('disk full')
      },
    })
    operations.start()
    const { id } = operations.submit('clone.create', SUBJECT)
    await delay(20)
    assert.equal(operations.inspect(id).status, 'running')
  })

  it('does not enqueue what was rolled back', async () => {
    let runs = 0
    operations.register(
      'clone.create',
      handlerOf(async () => {
        runs += 1
      }),
    )
    operations.start()
    assert.throws(() =>
      catalog.transaction(() => {
        operations.submit('clone.create', SUBJECT)
        throw new Error('name taken')
      }),
    )
    await delay(20)
    assert.equal(runs, 0)
    assert.deepEqual(operations.list(), [])
  })

  it('takes up again, in order, what was interrupted, and says so', async () => {
    const blocked = createOperations(catalog)
    blocked.register('clone.create', handlerOf(untilAborted))
    blocked.start()
    const first = blocked.submit('clone.create', SUBJECT)
    const second = blocked.submit('clone.create', SUBJECT)
    await blocked.close()
    assert.equal(blocked.inspect(first.id).status, 'running')

    const runs: unknown[] = []
    operations.register('clone.create', {
      ...handlerOf(async () => {}),
      run: async (operation, context) => {
        runs.push([operation.id, context.resumed])
      },
    })
    operations.start()
    const signal = AbortSignal.timeout(5_000)
    assert.equal((await operations.waitFor(second.id, { signal })).status, 'succeeded')
    assert.deepEqual(runs, [
      [first.id, true],
      [second.id, false],
    ])
  })

  it('cancels a running and a waiting operation', async () => {
    operations.register('clone.create', handlerOf(untilAborted))
    operations.start()
    const running = operations.submit('clone.create', SUBJECT)
    const waiting = operations.submit('clone.create', SUBJECT)
    operations.cancel(waiting)
    operations.cancel(running)
    const signal = AbortSignal.timeout(5_000)
    for (const { id } of [running, waiting]) {
      assert.equal((await operations.waitFor(id, { signal })).status, 'cancelled')
    }
  })

  it('gives back an operation that has not ended when the caller stops waiting', async () => {
    operations.register('clone.create', handlerOf(untilAborted))
    operations.start()
    const { id } = operations.submit('clone.create', SUBJECT)
    const operation = await operations.waitFor(id, { signal: AbortSignal.timeout(10) })
    assert.equal(operation.status, 'running')
  })

  it('refuses to inspect an unknown operation', () => {
    assert.throws(() => operations.inspect('nope'), { code: 'OPERATION_NOT_FOUND' })
  })
})

function createOperations(catalog: Catalog): Operations {
  return new Operations({ catalog, queue: new EmbeddedQueue(), logger: createQuietLogger().logger })
}

function handlerOf(run: (context: OperationContext) => Promise<void>): OperationHandler {
  return {
    steps: ['first', 'second'],
    run: (_operation, context) => run(context),
    succeeded: () => {},
    failed: () => {},
  }
}

async function untilAborted(context: OperationContext): Promise<void> {
  await new Promise((resolve) => context.signal.addEventListener('abort', resolve))
  context.signal.throwIfAborted()
}

function submitAndWait(operations: Operations): Promise<OperationRecord> {
  const { id } = operations.submit('clone.create', SUBJECT)
  return operations.waitFor(id, { signal: AbortSignal.timeout(5_000) })
}

function stepStatus(catalog: Catalog, name: string): string | undefined {
  return catalog.operations.list()[0]?.steps.find((step) => step.name === name)?.status
}

function collectEvents(catalog: Catalog): EventRecord[] {
  const events: EventRecord[] = []
  const { signal } = new AbortController()
  catalog.events.subscribe((event) => events.push(event), { signal })
  return events
}
