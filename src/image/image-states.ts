import { type Clock, defineStateMachine, PlatformError } from '../base/index.ts'
import type { Catalog, ErrorRecord, ImageRecord, ImageStatus } from '../catalog/index.ts'

/** An import that fails leaves no image. `removing` again finishes a removal that was interrupted. */
export const imageStates = defineStateMachine({
  importing: ['ready'],
  ready: ['removing'],
  removing: ['removing'],
})

/**
 * Moves an image to a status and publishes the event `image.<status>`.
 *
 * @throws PlatformError INVALID_STATE_TRANSITION, IMAGE_NOT_FOUND
 */
export function setImageStatus(
  { catalog, clock }: { readonly catalog: Catalog; readonly clock: Clock },
  id: string,
  status: ImageStatus,
): void {
  catalog.transaction(() => {
    const image = catalog.images.find(id)
    if (image === undefined) throw new PlatformError('IMAGE_NOT_FOUND', `no image ${id}`)
    imageStates.assert(image.status, status, `image ${image.name}`)
    catalog.images.setStatus(id, status)
    publishImageEvent({ catalog, clock }, { image, type: `image.${status}` })
  })
}

/** Publishes an event about an image. */
export function publishImageEvent(
  { catalog, clock }: { readonly catalog: Catalog; readonly clock: Clock },
  event: { readonly image: ImageRecord; readonly type: string; readonly error?: ErrorRecord },
): void {
  const { image, type, error } = event
  catalog.events.append({
    time: clock.now().toISOString(),
    type,
    subject: { kind: 'image', id: image.id, name: image.name },
    attributes: {
      database: image.databaseName,
      ...(error && { code: error.code, message: error.message }),
    },
  })
}
