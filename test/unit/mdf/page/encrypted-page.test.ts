import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { DatabaseReader, PAGE_SIZE, PageFile } from '../../../../src/mdf/index.ts'
import { isEncryptedPage } from '../../../../src/mdf/page/encrypted-page.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'
import { buildPage, hex } from '../page-builder.ts'

const MARK_OFFSET = 4
const MARK = 0x208
const BODY = 96

/** The page as transparent data encryption leaves it: a header in the clear, a mark, a cipher's output. */
function encrypt(page: Buffer): void {
  page.writeUInt16LE(MARK, MARK_OFFSET)
  const cipher = createCipheriv('aes-128-cbc', Buffer.alloc(16, 7), Buffer.alloc(16))
  cipher.setAutoPadding(false)
  cipher.update(page.subarray(BODY)).copy(page, BODY)
}

describe('isEncryptedPage', () => {
  const records = Array.from({ length: 20 }, () => hex('10 00 08 00 01000000 0100 00'))

  it('tells an encrypted page from one that is only marked', () => {
    const page = buildPage({ pageNumber: 1, type: 1, records })
    assert.equal(isEncryptedPage(page), false)
    page.writeUInt16LE(MARK, MARK_OFFSET)
    assert.equal(isEncryptedPage(page), false)
    encrypt(page)
    assert.equal(isEncryptedPage(page), true)
  })

  it('makes an encrypted database be refused by name', {
    skip: skipWithoutCorpus('northwnd.mdf'),
  }, () => {
    const bytes = readFileSync(corpusFile('northwnd.mdf'))
    const source = PageFile.overBytes(bytes, 'encrypted.mdf')
    const first = DatabaseReader.open([source]).bootPage.firstSysIndexes?.pageNumber ?? 0
    encrypt(bytes.subarray(first * PAGE_SIZE, (first + 1) * PAGE_SIZE))
    assert.throws(() => DatabaseReader.open([source]), {
      code: 'UNSUPPORTED_STORAGE',
      message: /encrypted\.mdf is encrypted \(TDE\)/,
    })
  })
})
