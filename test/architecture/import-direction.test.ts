import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const SRC = path.resolve(import.meta.dirname, '../../src')
const SPECIFIER = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g
/** Imports of values, which load what they name; those of types alone load nothing. */
const STATIC_IMPORT =
  /^(?:import|export) (?!type )(?:\{(?!(?:\s*type \w+(?: as \w+)?,?)+\s*\})[^}]*\}|\* as \w+|\w+) from '(\.{1,2}\/[^']+)'/gm

/** The rooms from the ground up; a room may import those of the lower storeys (design, section 3). */
const STOREYS = [
  ['base', 'config', 'platform'],
  ['mdf'],
  ['catalog'],
  ['store', 'container'],
  ['instance', 'image', 'operation'],
  ['clone'],
  ['daemon'],
] as const

const BESIDE: Readonly<Record<string, readonly string[]>> = {
  base: [],
  config: ['base'],
  platform: ['base'],
  mdf: ['base'],
  server: ['base', 'config'],
  client: ['base', 'server'],
  cli: ['base', 'config', 'mdf', 'client', 'server'],
  sandbox: ['base', 'mdf', 'platform'],
}

function allowedImports(room: string): readonly string[] {
  const beside = BESIDE[room]
  if (beside !== undefined) return beside
  const storey = STOREYS.findIndex((rooms) => (rooms as readonly string[]).includes(room))
  assert.notEqual(storey, -1, `src/${room} is not a room of the design`)
  return STOREYS.slice(0, storey).flat()
}

test('a folder imports only the folders below it, through their index.ts', () => {
  const violations: string[] = []
  for (const file of globSync('*/**/*.ts', { cwd: SRC })) {
    const from = file.split(path.sep)[0] ?? ''
    for (const [, specifier = ''] of readFileSync(path.join(SRC, file), 'utf8').matchAll(
      SPECIFIER,
    )) {
      const target = path.relative(SRC, path.resolve(SRC, path.dirname(file), specifier))
      const to = target.split(path.sep)[0] ?? ''
      if (to === from || target.startsWith('..')) continue
      if (!allowedImports(from).includes(to)) {
        violations.push(`${file}: ${from} may not import ${to}`)
      } else if (target !== path.join(to, 'index.ts')) {
        violations.push(`${file}: reaches inside ${to} (${specifier})`)
      }
    }
  }
  assert.deepEqual(violations, [])
})

test('process.platform is read only by the platform room, driver selection and main.ts', () => {
  const readers = globSync('**/*.ts', { cwd: SRC })
    .filter((file) => readFileSync(path.join(SRC, file), 'utf8').includes('process.platform'))
    .filter((file) => !file.startsWith(`platform${path.sep}`))
    .filter((file) => !/(?:select-\w[\w-]*|main)\.ts$/.test(file))
  assert.deepEqual(readers, [])
})

test('the engine is ready for a login before it loads what runs T-SQL', () => {
  const lazy = path.join('sandbox', 'tsql', 'index.ts')
  const reached = new Map([[path.join('sandbox', 'main.ts'), '']])
  for (const file of reached.keys()) {
    const text = readFileSync(path.join(SRC, file), 'utf8')
    for (const [, specifier = ''] of text.matchAll(STATIC_IMPORT)) {
      const target = path.join(path.dirname(file), specifier)
      if (!reached.has(target)) reached.set(target, file)
    }
  }
  const way: string[] = []
  for (let file = reached.has(lazy) ? lazy : ''; file !== ''; file = reached.get(file) ?? '') {
    way.push(file)
  }
  assert.deepEqual(way, [])
})
