/**
 * The daemon's configuration, validated once at start.
 *
 * @module
 */
export { type Config, configSchema, type PortRange } from './config.ts'
export { loadConfig } from './load-config.ts'
