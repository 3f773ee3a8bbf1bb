import { describeClone } from '../clone/index.ts'
import type { DaemonParts } from './daemon-parts.ts'

export async function listClones(parts: DaemonParts) {
  return Promise.all(parts.catalog.clones.list().map((clone) => describeClone(parts, clone)))
}
