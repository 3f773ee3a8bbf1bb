import { type Clock, defineStateMachine, PlatformError } from '../base/index.ts'
import type { Catalog, CloneRecord, CloneStatus, ErrorRecord } from '../catalog/index.ts'

/**
 * `stopped`: its instance does not run, its files are kept. `failed`: it could not be created, and
 * holds a name only. `removing` again is another attempt at a removal that failed.
 */
export const cloneStates = defineStateMachine({
  creating: ['ready', 'failed', 'removing'],
  ready: ['stopped', 'removing'],
  stopped: ['stopped', 'ready', 'removing'],
  failed: ['removing'],
  removing: ['removing'],
})

/**
 * Moves a clone to a status, with the error that brought it there, and publishes the event
 * `clone.<status>`.
 *
 * @throws PlatformError INVALID_STATE_TRANSITION, CLONE_NOT_FOUND
 */
export function setCloneStatus(
  { catalog, clock }: { readonly catalog: Catalog; readonly clock: Clock },
  change: { readonly id: string; readonly status: CloneStatus; readonly error?: ErrorRecord },
): void {
  const { id, status, error } = change
  catalog.transaction(() => {
    const clone = catalog.clones.find(id)
    if (clone === undefined) throw new PlatformError('CLONE_NOT_FOUND', `no clone ${id}`)
    cloneStates.assert(clone.status, status, `clone ${clone.name}`)
    catalog.clones.setStatus(id, status, error)
    publishCloneEvent(
      { catalog, clock },
      { clone, type: `clone.${status}`, ...(error && { error }) },
    )
  })
}

/** Publishes an event about a clone. */
export function publishCloneEvent(
  { catalog, clock }: { readonly catalog: Catalog; readonly clock: Clock },
  event: { readonly clone: CloneRecord; readonly type: string; readonly error?: ErrorRecord },
): void {
  const { clone, type, error } = event
  catalog.events.append({
    time: clock.now().toISOString(),
    type,
    subject: { kind: 'clone', id: clone.id, name: clone.name },
    attributes: {
      imageId: clone.imageId,
      ...(error && { code: error.code, message: error.message }),
    },
  })
}
