import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'

/**
 * `npm test`: types, lint and architecture first, then every test file. Integration tests start
 * daemons and engines, so only as many files run at once as the machine has cores for.
 */
const ROOT = path.resolve(import.meta.dirname, '..')
const CONCURRENCY = 2
const only = process.argv.slice(2)

process.chdir(ROOT)
if (only.length === 0) runOrExit('npm', ['run', '-s', 'check'])
const files =
  only.length > 0 ? only : globSync('test/{unit,conformance,integration,e2e}/**/*.test.ts').sort()
runOrExit(process.execPath, ['--test', `--test-concurrency=${CONCURRENCY}`, ...files])

function runOrExit(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
