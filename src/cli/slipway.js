#!/usr/bin/env node
// @ts-check
// Starts the command line on the Node that runs TypeScript: this one, or the one npm installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const FIRST_NODE_WITH_TYPESCRIPT = 24
const here = path.dirname(fileURLToPath(import.meta.url))
const main = path.join(here, 'main.ts')

if (Number(process.versions.node.split('.')[0]) >= FIRST_NODE_WITH_TYPESCRIPT) {
  await import(main)
} else {
  const node = path.join(here, '../../node_modules/.bin/node')
  if (!existsSync(node)) {
    console.error('slipway: needs Node 24; run `npm install` in its folder once, which brings it')
    process.exit(1)
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code) => process.exit(code ?? 1))
}
