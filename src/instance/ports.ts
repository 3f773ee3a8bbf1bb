import { once } from 'node:events'
import { createServer } from 'node:net'
import { PlatformError, systemErrorCode } from '../base/index.ts'
import type { Catalog } from '../catalog/index.ts'

/** Whether nothing listens on the port of that address now. */
export async function isPortFree(host: string, port: number): Promise<boolean> {
  const probe = createServer()
  try {
    probe.listen({ host, port, exclusive: true })
    await once(probe, 'listening')
    return true
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EADDRINUSE' || code === 'EACCES') return false
    throw new PlatformError('INVALID_CONFIG', `instances cannot listen on ${host}:${port}`, {
      cause: error,
    })
  } finally {
    probe.close()
  }
}

/**
 * Gives out ports of a range, one after another, so that one just released is used again last. A port
 * is taken by the caller's write to the catalog, whose UNIQUE constraint is the reservation.
 */
export class PortRangeAllocator {
  readonly #catalog: Catalog
  readonly #host: string
  readonly #first: number
  readonly #count: number
  #next = 0

  constructor(options: {
    readonly catalog: Catalog
    readonly host: string
    readonly range: { readonly first: number; readonly last: number }
  }) {
    this.#catalog = options.catalog
    this.#host = options.host
    this.#first = options.range.first
    this.#count = options.range.last - options.range.first + 1
  }

  /**
   * Calls `write` with a port that no instance holds and nothing listens on, and with the next one when
   * it throws PORT_IN_USE.
   *
   * @throws PlatformError NO_FREE_PORT, and what `write` throws
   */
  async reserve<T>(write: (port: number) => T): Promise<T> {
    for (let tried = 0; tried < this.#count; tried += 1) {
      const port = this.#first + (this.#next++ % this.#count)
      if (this.#catalog.instances.ports().has(port)) continue
      if (!(await isPortFree(this.#host, port))) continue
      try {
        return write(port)
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'PORT_IN_USE') throw error
      }
    }
    const last = this.#first + this.#count - 1
    throw new PlatformError('NO_FREE_PORT', `every port of ${this.#first}-${last} is taken`)
  }
}
