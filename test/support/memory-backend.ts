import { PlatformError } from '../../src/base/index.ts'
import type {
  AcceptedClone,
  Clone,
  CreateCloneRequest,
  CreateImageRequest,
  Health,
  ImageDetail,
  Operation,
  PlatformEvent,
  RestBackend,
} from '../../src/server/index.ts'

const NOW = '2026-01-02T03:04:05.000Z'

/**
 * Stands in for the daemon: one image `northwind`, clones kept in a map, operations that end as soon
 * as somebody waits for them.
 */
export class MemoryBackend implements RestBackend {
  readonly clones = new Map<string, Clone>()
  readonly requests: CreateCloneRequest[] = []
  readonly imageRequests: CreateImageRequest[] = []
  readonly listeners = new Set<(event: PlatformEvent) => void>()
  /** Outcome of the next operation that is waited for. */
  operationError: Operation['error']

  async createClone(request: CreateCloneRequest): Promise<AcceptedClone> {
    this.requests.push(request)
    if (request.image !== 'northwind') {
      throw new PlatformError('IMAGE_NOT_FOUND', `no image "${request.image}"`)
    }
    const clone = makeClone(request.name ?? 'brave-otter')
    this.clones.set(clone.id, clone)
    return { clone, operation: makeOperation('running', clone) }
  }

  async listClones(): Promise<readonly Clone[]> {
    return [...this.clones.values()]
  }

  async inspectClone(reference: string): Promise<Clone> {
    for (const clone of this.clones.values()) {
      if (clone.id.startsWith(reference) || clone.name === reference) return clone
    }
    throw new PlatformError('CLONE_NOT_FOUND', `no clone "${reference}"`)
  }

  async removeClone(reference: string): Promise<AcceptedClone> {
    const clone = await this.inspectClone(reference)
    this.clones.delete(clone.id)
    return { clone, operation: makeOperation('running', clone) }
  }

  async createImage(request: CreateImageRequest): Promise<never> {
    this.imageRequests.push(request)
    throw new PlatformError('FILE_NOT_FOUND', 'no file')
  }

  async listImages(): Promise<readonly []> {
    return []
  }

  async inspectImage(reference: string): Promise<ImageDetail> {
    throw new PlatformError('IMAGE_NOT_FOUND', `no image "${reference}"`)
  }

  async removeImage(reference: string): Promise<void> {
    throw new PlatformError('IMAGE_IN_USE', `image ${reference} has clones`)
  }

  async inspectOperation(id: string): Promise<Operation> {
    throw new PlatformError('OPERATION_NOT_FOUND', `no operation "${id}"`)
  }

  async listOperations(): Promise<readonly Operation[]> {
    return []
  }

  async waitForOperation(): Promise<Operation> {
    const [clone = makeClone('gone')] = this.clones.values()
    const status = this.operationError === undefined ? 'succeeded' : 'failed'
    const operation = makeOperation(status, clone)
    return this.operationError === undefined
      ? operation
      : { ...operation, error: this.operationError }
  }

  subscribe(
    listener: (event: PlatformEvent) => void,
    { signal, lastEventId = 0 }: { signal: AbortSignal; lastEventId?: number },
  ): void {
    this.listeners.add(listener)
    signal.addEventListener('abort', () => this.listeners.delete(listener))
    const subject = { kind: 'clone', id: 'a1', name: 'brave-otter' } as const
    listener({ id: lastEventId + 1, time: NOW, type: 'clone.ready', subject, attributes: {} })
  }

  async health(): Promise<Health> {
    const store = { driver: 'copy', reason: 'asked for', freeBytes: 1, totalBytes: 2 }
    const parts = { isolation: 'none', queue: 'embedded', engine: 'sandbox' }
    return { status: 'ok', version: '0.0.0', uptimeSeconds: 1, store, ...parts }
  }
}

function makeClone(name: string): Clone {
  const text = `Server=127.0.0.1,15000`
  return {
    id: 'a1b2c3d4e5f6'.repeat(5),
    name,
    image: 'northwind',
    imageId: 'ffff',
    database: 'Northwind',
    status: 'ready',
    createdAt: NOW,
    host: '127.0.0.1',
    port: 15_000,
    user: 'sa',
    password: 'Secret-1234',
    connectionStrings: { adonet: text, jdbc: text, odbc: text, url: text },
    engine: 'sandbox',
    store: { driver: 'copy', exclusiveBytes: 0, apparentBytes: 0 },
  }
}

function makeOperation(status: Operation['status'], clone: Clone): Operation {
  const subject = { kind: 'clone', id: clone.id, name: clone.name } as const
  return {
    id: 'op1',
    type: 'clone.create',
    status,
    subject,
    progress: 0,
    createdAt: NOW,
    steps: [],
  }
}
