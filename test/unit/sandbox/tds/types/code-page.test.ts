import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeCodePage, encodeCodePage } from '../../../../../src/sandbox/tds/types/code-page.ts'

/** Bytes as Python's codecs give them. */
const KNOWN: readonly (readonly [number, string, string])[] = [
  [437, 'é█', '82db'],
  [850, 'éØ', '829d'],
  [874, 'ไทย', 'e4b7c2'],
  [932, '日本語ｱ', '93fa967b8ceab1'],
  [936, '中文', 'd6d0cec4'],
  [949, '한국어', 'c7d1b1b9beee'],
  [950, '中文', 'a4a4a4e5'],
  [1250, 'łŁ', 'b3a3'],
  [1251, 'Привет', 'cff0e8e2e5f2'],
  [1252, 'Käse €', '4be473652080'],
  [65_001, 'é日', 'c3a9e697a5'],
]

describe('encodeCodePage and decodeCodePage', () => {
  for (const [codePage, text, bytes] of KNOWN) {
    it(`agree on ${text} in code page ${codePage}`, () => {
      assert.equal(encodeCodePage(text, codePage).toString('hex'), bytes)
      assert.equal(decodeCodePage(Buffer.from(bytes, 'hex'), codePage), text)
    })
  }

  it('give a question mark for each character that the page does not have', () => {
    assert.equal(encodeCodePage('a日😀b\0', 1252).toString('latin1'), 'a??b\0')
  })
})
