import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LockManager } from '../../../../../src/sandbox/engine/transactions/lock-manager.ts'
import { SessionTransaction } from '../../../../../src/sandbox/engine/transactions/session-transaction.ts'

function session() {
  const state = { spid: 51, transactionCount: 0, options: new Map() }
  const transaction = new SessionTransaction(state, new LockManager())
  const undone: number[] = []
  const change = (number: number) => transaction.record(() => undone.push(number))
  return { state, transaction, undone, change }
}

describe('SessionTransaction', () => {
  it('takes everything back, the last change first', () => {
    const { state, transaction, undone, change } = session()
    transaction.begin()
    transaction.begin()
    change(1)
    change(2)
    transaction.rollback()
    assert.deepEqual([undone, state.transactionCount], [[2, 1], 0])
  })

  it('keeps what the outermost COMMIT committed', () => {
    const { transaction, undone, change } = session()
    transaction.begin()
    transaction.begin()
    change(1)
    transaction.commit()
    transaction.commit()
    transaction.begin()
    transaction.rollback()
    assert.deepEqual(undone, [])
  })

  it('goes back to a savepoint, more than once', () => {
    const { state, transaction, undone, change } = session()
    transaction.begin()
    change(1)
    transaction.save('here')
    change(2)
    transaction.rollback('here')
    change(3)
    transaction.rollback('here')
    assert.deepEqual([undone, state.transactionCount], [[2, 3], 1])
    assert.throws(() => transaction.rollback('elsewhere'), {
      number: 6401,
      message: 'Cannot roll back elsewhere. No transaction or savepoint of that name was found.',
    })
  })

  it('rolls all back by the name of the outermost transaction, not of an inner one', () => {
    const { state, transaction } = session()
    transaction.begin('outer')
    transaction.begin('inner')
    assert.throws(() => transaction.rollback('inner'), { number: 6401 })
    transaction.rollback('outer')
    assert.equal(state.transactionCount, 0)
  })

  it('undoes one statement of a transaction', () => {
    const { transaction, undone, change } = session()
    transaction.begin()
    change(1)
    const statement = transaction.openStatement()
    change(2)
    statement.undo()
    assert.deepEqual(undone, [2])
    transaction.rollback()
    assert.deepEqual(undone, [2, 1])
  })

  it('commits a statement outside a transaction when the outermost one is complete', () => {
    const { transaction, undone, change } = session()
    const outer = transaction.openStatement()
    change(1)
    transaction.openStatement().complete()
    outer.undo()
    assert.deepEqual(undone, [1])
    const second = transaction.openStatement()
    change(2)
    second.complete()
    second.undo()
    assert.deepEqual(undone, [1])
  })

  it('leaves nothing to undo to a statement whose trigger rolled back', () => {
    const { transaction, undone, change } = session()
    const statement = transaction.openStatement()
    transaction.begin()
    change(1)
    transaction.rollback()
    change(2) // committed by itself
    statement.undo()
    assert.deepEqual(undone, [1])
  })

  it('lets a doomed transaction only be rolled back as a whole', () => {
    const { transaction } = session()
    transaction.begin()
    transaction.save('here')
    transaction.doom()
    assert.equal(transaction.state, -1)
    assert.throws(() => transaction.commit(), { number: 3930 })
    assert.throws(() => transaction.openStatement(), { number: 3930 })
    assert.throws(() => transaction.rollback('here'), { number: 3931 })
    transaction.rollback()
    assert.equal(transaction.state, 0)
  })

  it('takes back what a statement changes behind the end of its session', () => {
    const { transaction, undone, change } = session()
    const statement = transaction.openStatement()
    change(1)
    transaction.close()
    change(2)
    statement.complete()
    assert.deepEqual(undone, [1, 2])
  })

  it('has nothing to end or save where nothing began', () => {
    const { transaction } = session()
    assert.throws(() => transaction.commit(), { number: 3902 })
    assert.throws(() => transaction.rollback(), { number: 3903 })
    assert.throws(() => transaction.save('x'), { number: 628 })
    transaction.doom()
    assert.equal(transaction.state, 0)
  })
})
