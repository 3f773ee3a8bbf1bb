import { checkName, describeImage, inspectDatabase, publishImageEvent } from '../image/index.ts'
import { describeOperation } from '../operation/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/**
 * Looks at the files first, so that what can't become an image leaves no trace; then reserves the name
 * and records the import.
 *
 * @throws PlatformError INVALID_ARGUMENT, IMAGE_NAME_IN_USE, and as `inspectFileSet`
 */
export async function createImage(
  parts: DaemonParts,
  request: { readonly name: string; readonly files: readonly string[] },
) {
  const { catalog, clock, operations } = parts
  checkName(request.name)
  const image = inspectDatabase({ ...request, createdAt: clock.now().toISOString() })
  const operation = catalog.transaction(() => {
    catalog.images.insert(image)
    publishImageEvent(parts, { image, type: 'image.importing' })
    return operations.submit('image.import', { kind: 'image', id: image.id, name: image.name })
  })
  return { image: describeImage(image, 0), operation: describeOperation(operation) }
}
