import { ERRORS, type ErrorCode, PlatformError } from '../base/index.ts'
import type {
  AcceptedClone,
  AcceptedImage,
  BackupSelection,
  Clone,
  Health,
  ImageDetail,
  ImageSummary,
  Operation,
} from '../server/index.ts'

/** Address of a daemon with default settings. */
export const DEFAULT_URL = 'http://127.0.0.1:7433'

/** How long one request waits on the server before the client asks again. */
const WAIT_SECONDS = 20

export interface FollowOptions {
  /** Called with each state the operation is seen in. */
  readonly onProgress?: (operation: Operation) => void
}

/** Body of `createClone`; `ttl` in seconds or as text: "2h". */
export interface NewClone {
  readonly image: string
  readonly name?: string
  readonly database?: string
  readonly ttl?: number | string
}

/**
 * A typed client of the REST endpoint. Every method throws the PlatformError the daemon answered
 * with, or DAEMON_UNREACHABLE.
 */
export class SlipwayClient {
  readonly #url: string

  constructor(options: { readonly url: string }) {
    this.#url = options.url.replace(/\/+$/, '')
  }

  /** @param backup which set, when the file is a backup */
  createImage(
    name: string,
    files: readonly string[],
    backup?: BackupSelection,
  ): Promise<AcceptedImage> {
    return this.#request('POST', '/v1/images', { body: { name, files, backup } })
  }

  async listImages(): Promise<readonly ImageSummary[]> {
    const { images } = await this.#request<{ images: ImageSummary[] }>('GET', '/v1/images')
    return images
  }

  inspectImage(reference: string): Promise<ImageDetail> {
    return this.#request('GET', `/v1/images/${encodeURIComponent(reference)}`)
  }

  removeImage(reference: string): Promise<void> {
    return this.#request('DELETE', `/v1/images/${encodeURIComponent(reference)}`)
  }

  createClone(clone: NewClone): Promise<AcceptedClone> {
    return this.#request('POST', '/v1/clones', { body: clone })
  }

  async listClones(): Promise<readonly Clone[]> {
    const { clones } = await this.#request<{ clones: Clone[] }>('GET', '/v1/clones')
    return clones
  }

  inspectClone(reference: string): Promise<Clone> {
    return this.#request('GET', `/v1/clones/${encodeURIComponent(reference)}`)
  }

  removeClone(reference: string): Promise<AcceptedClone> {
    return this.#request('DELETE', `/v1/clones/${encodeURIComponent(reference)}`)
  }

  health(): Promise<Health> {
    return this.#request('GET', '/healthz')
  }

  /**
   * Waits for an operation to end.
   *
   * @throws PlatformError the operation's own error when it failed, CANCELLED when it was cancelled
   */
  async followOperation(id: string, options: FollowOptions = {}): Promise<Operation> {
    for (;;) {
      const operation = await this.#request<Operation>('GET', `/v1/operations/${id}`, {
        waitSeconds: options.onProgress === undefined ? WAIT_SECONDS : 1,
      })
      options.onProgress?.(operation)
      if (operation.status === 'succeeded') return operation
      if (operation.error !== undefined) throw toError(operation.error)
      if (operation.status === 'cancelled') {
        throw new PlatformError('CANCELLED', `operation ${id} was cancelled`)
      }
    }
  }

  async #request<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    options: { readonly body?: unknown; readonly waitSeconds?: number } = {},
  ): Promise<T> {
    const response = await this.#fetch(path, {
      method,
      headers: {
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(options.waitSeconds === undefined ? {} : { Prefer: `wait=${options.waitSeconds}` }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    const text = await response.text()
    const answer: unknown = text === '' ? undefined : parseAnswer(text, this.#url)
    if (!response.ok) throw toError(answer)
    return answer as T // the daemon answers as its OpenAPI document says
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(this.#url + path, init)
    } catch (error) {
      throw new PlatformError('DAEMON_UNREACHABLE', `no daemon answers at ${this.#url}`, {
        cause: error,
      })
    }
  }
}

function parseAnswer(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new PlatformError(
      'DAEMON_UNREACHABLE',
      `what answers at ${url} is not a Slipway daemon`,
      {
        cause: error,
      },
    )
  }
}

/** The error a daemon answered with, as the class it was thrown as. */
function toError(answer: unknown): PlatformError {
  const { code, message, details } = (answer ?? {}) as Partial<PlatformError>
  const known: ErrorCode = code !== undefined && code in ERRORS ? code : 'INTERNAL'
  return new PlatformError(known, message ?? 'the daemon answered with an unknown error', {
    details: details ?? {},
  })
}
