/**
 * Engines and instances: an instance is one SQL Server process tree in a container of its own, started
 * by the engine process contract (design, section 4) and administered in T-SQL over TDS.
 *
 * @module
 */
export { attachDatabase } from './databases.ts'
export { discoverEngine, type Engine } from './engine.ts'
export { Instances, type InstanceTarget } from './instances.ts'
export { PortRangeAllocator } from './ports.ts'
export type { SqlConnection } from './sql-connection.ts'
export { warmUpEngine } from './warm-up.ts'
