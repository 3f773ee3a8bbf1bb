import { describeImageDetail } from '../image/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/** @throws PlatformError IMAGE_NOT_FOUND, INVALID_ARGUMENT (an ambiguous id prefix) */
export async function inspectImage(parts: DaemonParts, reference: string) {
  return describeImageDetail(parts, parts.catalog.images.resolve(reference))
}
