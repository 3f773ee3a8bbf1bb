// @ts-check
// Makes a fresh machine ready: npm packages (a Node that runs TypeScript among them) and, where it
// may, Debian packages; and bundles the sandbox engine, which starts three times as fast from one file as
// from its sources. Plain JavaScript, because it runs on the machine's own Node 20.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Longer than an engine will run before it has loaded all of itself. */
const BUNDLE_KEPT_MS = 7 * 24 * 3600 * 1000

/** @typedef {{ readonly name: string, readonly present: string, readonly why: string }} DebianPackage */

/** @type {readonly DebianPackage[]} */
const RUN_PACKAGES = [
  {
    name: 'xfsprogs',
    present: '/usr/sbin/mkfs.xfs',
    why: 'copy-on-write clones on a disk without reflinks',
  },
]

/** Real clients for the tests. @type {readonly DebianPackage[]} */
const TEST_PACKAGES = [
  { name: 'freetds-bin', present: '/usr/bin/tsql', why: 'the FreeTDS tests' },
  { name: 'libjtds-java', present: '/usr/share/java/jtds.jar', why: 'the jTDS tests' },
  { name: 'default-jdk-headless', present: '/usr/bin/javac', why: 'the jTDS tests' },
  {
    name: 'python3-pymssql',
    present: '/usr/lib/python3/dist-packages/pymssql',
    why: 'the pymssql tests',
  },
]

installNpmPackages()
installDebianPackages([...RUN_PACKAGES, ...(process.argv.includes('--test') ? TEST_PACKAGES : [])])

bundleSandbox()

/** Files of the bundle are named by what is in them: engines that run go on with those they began with. */
function bundleSandbox() {
  const folder = path.join(ROOT, 'dist/sandbox')
  const made = `${folder}.${process.pid}`
  const options = [
    '--bundle',
    '--platform=node',
    '--target=node24',
    '--format=esm',
    '--splitting',
    '--external:koffi',
    `--outdir=${made}`,
    '--log-level=error',
  ]
  const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild')
  if (!existsSync(esbuild) || !run(esbuild, ['src/sandbox/main.ts', ...options])) {
    console.error('setup: going on without a bundled sandbox engine: it will start more slowly')
    return
  }
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) removeIfOld(path.join(folder, name))
  // The one that names the others comes last.
  const names = readdirSync(made).sort((a, b) => Number(a === 'main.js') - Number(b === 'main.js'))
  for (const name of names) renameSync(path.join(made, name), path.join(folder, name))
  rmSync(made, { recursive: true })
}

/** @param {string} file */
function removeIfOld(file) {
  if (Date.now() - statSync(file).mtimeMs > BUNDLE_KEPT_MS) rmSync(file)
}

function installNpmPackages() {
  const installed = path.join(ROOT, 'node_modules/.package-lock.json')
  const lock = path.join(ROOT, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.error('setup: installing npm packages')
  if (run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])) return
  console.error('setup: npm install failed; see its message above')
  process.exit(1)
}

/** @param {readonly DebianPackage[]} packages */
function installDebianPackages(packages) {
  const missing = packages.filter(({ present }) => !existsSync(present))
  if (missing.length === 0 || !existsSync('/usr/bin/apt-get')) return
  const names = missing.map(({ name }) => name)
  if (process.getuid?.() === 0) {
    console.error(`setup: installing ${names.join(' ')}`)
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...names]
    if (run('apt-get', ['update', '-qq']) && run('apt-get', install)) return
  }
  const reasons = [...new Set(missing.map(({ why }) => why))].join(', ')
  console.error(
    `setup: going on without ${reasons}; to have it: apt-get install ${names.join(' ')}`,
  )
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    shell: process.platform === 'win32', // npm is a .cmd there
  })
  return status === 0
}
