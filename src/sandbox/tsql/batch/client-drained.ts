import { throwIfCancelled } from '../query/index.ts'
import type { BatchState } from './batch-state.ts'

/**
 * Waits until the client has taken what was written. It may be gone for good: an abort ends the wait.
 * @throws StatementCancelled
 */
export async function clientDrained({
  out,
  signal,
}: Pick<BatchState, 'out' | 'signal'>): Promise<void> {
  throwIfCancelled(signal)
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = () => resolve()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([out.drained(), promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
  throwIfCancelled(signal)
}
