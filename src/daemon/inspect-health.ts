import type { DaemonParts } from './daemon-parts.ts'

export async function inspectHealth({ clock, health, instances, operations, store }: DaemonParts) {
  const { startedAt, version, storeReason, isolation } = health
  return {
    status: 'ok' as const,
    version,
    uptimeSeconds: Math.floor((clock.now().getTime() - startedAt.getTime()) / 1000),
    store: { driver: store.capabilities.name, reason: storeReason, ...(await store.space()) },
    isolation,
    queue: operations.queueName,
    engine: instances.engine.name,
  }
}
