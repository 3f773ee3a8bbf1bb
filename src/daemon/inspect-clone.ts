import { describeClone } from '../clone/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

/** @throws PlatformError CLONE_NOT_FOUND, INVALID_ARGUMENT (an ambiguous id prefix) */
export async function inspectClone(parts: DaemonParts, reference: string) {
  return describeClone(parts, parts.catalog.clones.resolve(reference))
}
