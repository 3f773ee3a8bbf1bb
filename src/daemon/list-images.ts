import { describeImage } from '../image/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

export async function listImages({ catalog }: DaemonParts) {
  const cloneCounts = catalog.clones.countsByImage()
  return catalog.images.list().map((image) => describeImage(image, cloneCounts.get(image.id) ?? 0))
}
