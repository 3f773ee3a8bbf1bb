import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KeyedLock } from '../../../src/base/index.ts'

describe('KeyedLock', () => {
  it('lets readers of a key share and keeps a writer alone, in order of arrival', async () => {
    const lock = new KeyedLock()
    const log: string[] = []
    const gates = new Map<string, () => void>()
    const work = (name: string) => () => {
      log.push(`+${name}`)
      return new Promise<void>((resolve) => {
        gates.set(name, () => {
          log.push(`-${name}`)
          resolve()
        })
      })
    }
    const all = [
      lock.withLock('a', 'shared', work('r1')),
      lock.withLock('a', 'shared', work('r2')),
      lock.withLock('a', 'exclusive', work('w')),
      lock.withLock('a', 'shared', work('r3')),
    ]
    const settle = () => new Promise((resolve) => setImmediate(resolve))
    await settle()
    assert.deepEqual(log, ['+r1', '+r2'])
    gates.get('r1')?.()
    await settle()
    assert.deepEqual(log, ['+r1', '+r2', '-r1'])
    gates.get('r2')?.()
    await settle()
    assert.deepEqual(log.slice(3), ['-r2', '+w'])
    gates.get('w')?.()
    await settle()
    assert.deepEqual(log.slice(5), ['-w', '+r3'])
    gates.get('r3')?.()
    await Promise.all(all)
  })

  it('never makes one key wait for another', async () => {
    const lock = new KeyedLock()
    await lock.withLock('a', 'exclusive', () => lock.withLock('b', 'exclusive', async () => {}))
  })

  it('releases the lock when the work throws', async () => {
    const lock = new KeyedLock()
    await assert.rejects(lock.withLock('a', 'exclusive', () => Promise.reject(new Error('no'))))
    await lock.withLock('a', 'exclusive', async () => {})
  })
})
