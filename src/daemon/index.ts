/**
 * The use cases, one verb per file, and what keeps the daemon's records true.
 *
 * Decision: a clean shutdown (SIGTERM, SIGINT) ends the instances too: a machine that is going down
 * needs the store unmounted, and a developer who stops the daemon wants nothing left behind. Their
 * clones are `stopped` meanwhile; the next start brings them back in the background, on their ports and
 * with their data. A daemon that is killed leaves the instances serving, and the next one adopts them.
 *
 * Decision: the lock of an image is taken before the store is touched, and a clone's lane (its lock)
 * before its files, its container and its database, in that order. There is no global lock.
 *
 * @module
 */
export { Daemon } from './daemon.ts'
export type { DaemonParts, HealthFacts } from './daemon-parts.ts'
export { openStateRoot, type StateRoot } from './state-root.ts'
