/**
 * The sandbox engine behind the TDS server: instance, databases, sessions, catalog views, system
 * procedures and administration, and the process they live in.
 *
 * Decision: nothing here writes a database's files yet; master's record (`master.json`) is the only
 * durable state.
 *
 * @module
 */
export { runEngine } from './process/run-engine.ts'
