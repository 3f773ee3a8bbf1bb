/**
 * Log files (ldf): their virtual log files and blocks (format reference 8). Log records are not read:
 * applying them is SQL Server's work.
 *
 * @module
 */
export { activeLogBlocks, type LogBlock } from './log-blocks.ts'
export { type LogFile, readLogFile, type VirtualLogFile } from './log-file.ts'
