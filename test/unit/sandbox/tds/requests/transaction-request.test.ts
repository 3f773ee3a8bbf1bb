import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { negotiateProtocol } from '../../../../../src/sandbox/tds/protocol.ts'
import { readTransactionRequest } from '../../../../../src/sandbox/tds/requests/transaction-request.ts'
import { ALL_HEADERS } from '../raw-client.ts'

const TDS_7_4 = negotiateProtocol(0x74000004, false)

function read(body: string): unknown {
  assert.ok(TDS_7_4)
  const bytes = Buffer.from(body.replaceAll(' ', ''), 'hex')
  return readTransactionRequest(Buffer.concat([ALL_HEADERS, bytes]), TDS_7_4)
}

describe('readTransactionRequest', () => {
  it('reads begin, commit, rollback and save', () => {
    assert.deepEqual(read('0500 04 04 61006200'), {
      kind: 'begin',
      name: 'ab',
      isolationLevel: 4,
      beginAgain: false,
    })
    assert.deepEqual(read('0700 00 01 02 00'), {
      kind: 'commit',
      name: '',
      isolationLevel: 2,
      beginAgain: true,
    })
    assert.deepEqual(read('0800 02 6100 00'), {
      kind: 'rollback',
      name: 'a',
      isolationLevel: 0,
      beginAgain: false,
    })
    assert.deepEqual(read('0900 02 6100'), {
      kind: 'save',
      name: 'a',
      isolationLevel: 0,
      beginAgain: false,
    })
  })

  it('refuses distributed transactions, 8501', () => {
    assert.throws(() => read('0000'), { number: 8501 })
  })

  it('refuses a request that is cut off', () => {
    assert.throws(() => read('0500 04 04 6100'), { number: 4002 })
  })
})
