import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PlatformError } from '../../../../../src/base/index.ts'
import { pageError } from '../../../../../src/sandbox/engine/databases/page-error.ts'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'

describe('pageError', () => {
  it("tells a damaged page with SQL Server's error 824", () => {
    const details = {
      path: '/data/a.mdf',
      fileId: 1,
      pageNumber: 369,
      reason: 'checksum',
      expected: '0x61781939',
      actual: '0x00000001',
    }
    const error = pageError(new PlatformError('FILE_DAMAGED', 'damaged', { details }), 7)
    assert.ok(error instanceof SqlError)
    assert.equal(error.number, 824)
    assert.equal(error.severity, 24)
    assert.match(
      error.message,
      /incorrect checksum \(expected: 0x61781939; actual: 0x00000001\)\. It occurred during a read of page \(1:369\) in database ID 7 at offset 0x000000002e2000 in file '\/data\/a\.mdf'/,
    )
  })

  it('leaves other failures as they are', () => {
    const other = new TypeError('a fault of ours')
    assert.equal(pageError(other, 5), other)
  })
})
