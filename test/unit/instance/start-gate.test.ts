import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { StartGate } from '../../../src/instance/start-gate.ts'

describe('StartGate', () => {
  it('lets so many through at once, the others in order, also after a failure', async () => {
    const gate = new StartGate(2)
    const started: string[] = []
    const ends = new Map<string, PromiseWithResolvers<void>>()
    const pass = (name: string) =>
      gate.pass(() => {
        started.push(name)
        const end = Promise.withResolvers<void>()
        ends.set(name, end)
        return end.promise
      })
    const passed = ['a', 'b', 'c', 'd'].map(pass)
    await nextTurn()
    assert.deepEqual(started, ['a', 'b'])
    ends.get('b')?.reject(new Error('it did not start'))
    await assert.rejects(passed[1] ?? Promise.resolve())
    await nextTurn()
    assert.deepEqual(started, ['a', 'b', 'c'])
    for (const name of ['a', 'c']) ends.get(name)?.resolve()
    await nextTurn()
    assert.deepEqual(started, ['a', 'b', 'c', 'd'])
    ends.get('d')?.resolve()
    await passed[3]
  })
})
